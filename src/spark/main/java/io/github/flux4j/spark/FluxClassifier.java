package io.github.flux4j.spark;

import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.jspecify.annotations.Nullable;

/**
 * Trains one model of classes on many machines, as {@link FluxRegressor} does, by default on {@code logitcrossentropy}. Labels are 0, 1, … as {@code StringIndexer}
 * makes them, and the fitted model gives probabilities. The network has an output per class, or one for two classes. With a loss whose name begins with
 * {@code logit}, outputs are logits and the network needs no softmax; with any other loss, they are probabilities. For threads see {@link FluxRegressor}.
 */
public final class FluxClassifier extends FluxEstimator<FluxClassifier> {

    private static final long serialVersionUID = 1;

    private final Param<String> probabilityCol =
            text("probabilityCol", "receives the fitted model's probabilities", "probability");

    /** Trains a network given as text, which {@code Layer.parse} reads; the seed draws its start. */
    public FluxClassifier(String network) {
        this(Identifiable.randomUID("FluxClassifier"), (ModelBytes) null);
        set(network(), parsed(network));
    }

    /** Starts from a copy of this model, which needs to consist of flux4j's own parts; Float64 stays Float64. */
    public FluxClassifier(Layer model) {
        this(Identifiable.randomUID("FluxClassifier"), sent(model));
        set(network(), model.text());
    }

    private FluxClassifier(String uid, @Nullable ModelBytes start) {
        super(uid, start, Losses.LOGITCROSSENTROPY);
    }

    public Param<String> probabilityCol() {
        return probabilityCol;
    }

    /** Sets the column for the fitted model's probabilities; default {@code probability}. */
    public FluxClassifier setProbabilityCol(String name) {
        return with(probabilityCol, name);
    }

    @Override
    FluxClassifier make(String uid, @Nullable ModelBytes start) {
        return new FluxClassifier(uid, start);
    }

    @Override
    boolean areClasses() {
        return true;
    }

    @Override
    ModelDocument described(Layer model, LossFunction function) {
        int classes = Math.max(2, model.outputSize(model.inputs()));
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        String outputs = function.text().startsWith("logit") ? "logits" : "probabilities";
        return new ModelDocument("model")
                .model(model)
                .put("target", Map.of("name", "label", "type", "classes", "classes", names, "outputs", outputs));
    }

    /** Its classes have no names but their numbers. */
    @Override
    FluxModel columns(FluxModel fitted) {
        return super.columns(fitted)
                .setProbabilityCol(getOrDefault(probabilityCol))
                .setPredictedLabelCol("");
    }

    /** A reader for the folder that {@code write().save(path)} wrote. */
    public static MLReader<FluxClassifier> read() {
        return new StageFiles.Reader<>(FluxClassifier::new);
    }

    /** Reads the folder that {@code write().save(path)} wrote. */
    public static FluxClassifier load(String path) {
        return read().load(path);
    }
}
