package io.github.flux4j.spark;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.spark.Scorer.Added;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Applies a saved model to data frames, as a Spark transformer:
 *
 * <pre>{@code
 * FluxModel mpg = FluxModel.ofFile(Path.of("mpg.flux4j")); // what fitted.save(path) or save(model, path) wrote
 * Dataset<Row> scored = mpg.transform(cars);               // with a column "prediction" more
 * }</pre>
 *
 * <p>It finds a fitted model's columns by name, unless {@link #setFeaturesCol} names a column of vectors or arrays; a plain network reads the column
 * {@code features}. Regressors add {@code prediction}, a number, or a vector for several targets. Classifiers add {@code probability}, {@code prediction} (the index
 * of the most probable class) and {@code predictedLabel} (its name). A column named "" is not added. It computes in plain Java on blocks of rows, as
 * {@link Predictor} does, so executors load no native library.
 *
 * <p>By default, a row that can't be predicted ends the job with a sentence that shows it, for instance a null that the file has no replacement for;
 * {@link #setHandleInvalid} changes that. Set it up on one thread; any thread may transform then.
 */
public final class FluxModel extends Model<FluxModel> implements MLWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final ModelBytes model;
    private final Param<String> featuresCol;
    private final Param<String> predictionCol;
    private final Param<String> probabilityCol;
    private final Param<String> predictedLabelCol;
    private final Param<String> handleInvalid;
    private transient double @Nullable [] history;

    /** A transformer for a copy of this network; rows are its input numbers. */
    public FluxModel(Layer model) {
        this(Identifiable.randomUID("FluxModel"), ModelBytes.of(model));
    }

    FluxModel(String uid, ModelBytes model) {
        this.uid = uid;
        this.model = model;
        featuresCol = new Param<>(this, "featuresCol", "a column of vectors; by name unless set, if the file can");
        predictionCol = new Param<>(this, "predictionCol", "receives the prediction");
        probabilityCol = new Param<>(this, "probabilityCol", "receives a classifier's probabilities");
        predictedLabelCol = new Param<>(this, "predictedLabelCol", "receives the name of the most probable class");
        handleInvalid = new Param<>(
                this,
                "handleInvalid",
                "a row that can't be predicted: error ends the job, skip drops it, keep leaves null");
        setDefault(handleInvalid, "error");
        setDefault(predictionCol, "prediction");
        setDefault(probabilityCol, "probability");
        setDefault(predictedLabelCol, "predictedLabel");
        model.predictor(); // a file that can't predict is refused here
    }

    /**
     * Reads a model file on this machine: a network, a fitted regressor or a fitted classifier.
     *
     * @throws IOException if it can't be read
     * @throws java.io.UncheckedIOException if it isn't a model file, or its model needs flux4j itself to predict
     */
    public static FluxModel ofFile(Path file) throws IOException {
        return new FluxModel(Identifiable.randomUID("FluxModel"), new ModelBytes(Files.readAllBytes(file)));
    }

    /** Writes the model file that {@link #ofFile} and {@code Predictor.load} read. */
    public void toFile(Path file) throws IOException {
        Files.write(file, model.bytes());
    }

    /** A copy of the network, to use on this machine. */
    public Layer model() {
        return model.layer();
    }

    /** The predictor, for single rows on this machine. */
    public Predictor predictor() {
        return model.predictor();
    }

    /** The mean loss of each epoch, each step's before its update; empty for a model that was loaded, or not fitted here. */
    public double[] objectiveHistory() {
        return history == null ? new double[0] : history.clone();
    }

    FluxModel withHistory(double @Nullable ... losses) {
        history = losses;
        return this;
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> featuresCol() {
        return featuresCol;
    }

    public Param<String> predictionCol() {
        return predictionCol;
    }

    public Param<String> probabilityCol() {
        return probabilityCol;
    }

    public Param<String> predictedLabelCol() {
        return predictedLabelCol;
    }

    /**
     * Sets the column of vectors, arrays or numbers to read features from, in the order of the file's columns; by default columns are found by name if the file has
     * names.
     */
    public FluxModel setFeaturesCol(String name) {
        set(featuresCol, name);
        return this;
    }

    public FluxModel setPredictionCol(String name) {
        set(predictionCol, name);
        return this;
    }

    public FluxModel setProbabilityCol(String name) {
        set(probabilityCol, name);
        return this;
    }

    public FluxModel setPredictedLabelCol(String name) {
        set(predictedLabelCol, name);
        return this;
    }

    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /**
     * Sets what happens to a row that can't be predicted, such as one with a null that the file has no replacement for.
     *
     * @param what {@code error} (default) ends the job with a sentence that shows the row, {@code skip} drops the row, {@code keep} leaves the added columns null
     * @throws IllegalArgumentException if it is none of these
     */
    public FluxModel setHandleInvalid(String what) {
        invalid(what);
        set(handleInvalid, what);
        return this;
    }

    private static Scorer.Invalid invalid(String what) {
        return Stream.of(Scorer.Invalid.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(what))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("handleInvalid must be error, skip or keep, but was " + what));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        Scorer scorer = new Scorer(
                new JavaSparkContext(dataset.sparkSession().sparkContext()).broadcast(model),
                vectorPlace(dataset.schema()),
                List.copyOf(added().values()),
                invalid(getOrDefault(handleInvalid)));
        return dataset.toDF().mapPartitions(scorer, Encoders.row(schema));
    }

    /** The schema with the added columns; refuses a data frame that lacks a needed column, or already has an added one. */
    @Override
    public StructType transformSchema(StructType schema) {
        if (vectorPlace(schema) < 0) {
            model.predictor().features().names().forEach(name -> Cells.place(schema, name, "a feature"));
        }
        StructType with = schema;
        for (Map.Entry<String, Added> column : added().entrySet()) {
            if (List.of(schema.fieldNames()).contains(column.getKey())) {
                throw new IllegalArgumentException("a column " + column.getKey() + " is to be added, but the data frame"
                        + " has one; drop it, or set another name");
            }
            with = with.add(column.getKey(), column.getValue().type());
        }
        return with;
    }

    private int vectorPlace(StructType schema) {
        boolean byName = model.predictor().features() != null && !isDefined(featuresCol);
        String column = isDefined(featuresCol) ? getOrDefault(featuresCol) : "features";
        return byName ? -1 : Cells.place(schema, column, "the features");
    }

    private Map<String, Added> added() {
        Map<String, Added> added = new LinkedHashMap<>();
        if (model.predictor().isClassifier()) {
            added.put(getOrDefault(probabilityCol), Added.NUMBERS);
            added.put(getOrDefault(predictionCol), Added.CLASS);
            added.put(getOrDefault(predictedLabelCol), Added.LABEL);
        } else {
            added.put(getOrDefault(predictionCol), model.predictor().outputs() == 1 ? Added.NUMBER : Added.NUMBERS);
        }
        added.remove("");
        return added;
    }

    @Override
    public FluxModel copy(ParamMap extra) {
        return copyValues(new FluxModel(uid, model).withHistory(history), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new StageFiles.Writer(this, model);
    }

    /** A reader for the folder that {@code write().save(path)} wrote. */
    public static MLReader<FluxModel> read() {
        return new StageFiles.Reader<>(FluxModel::new);
    }

    /** Reads the folder that {@code write().save(path)} wrote; {@link #ofFile} reads a model file. */
    public static FluxModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "FluxModel(" + model.predictor() + ")";
    }
}
