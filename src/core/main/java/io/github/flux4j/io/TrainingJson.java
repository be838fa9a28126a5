package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.documents.Leaves;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.State;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run's state as JSON; the best numbers are tensors {@code best.layers.0.weight}. */
final class TrainingJson {

    private static final String TRAINING = "training";
    private static final String BEST = "best";
    private static final String PLAN = "plan";
    private static final int MOST = 100_000;

    private TrainingJson() {}

    static void add(TrainingState state, ModelDocument document) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", (double) state.epoch());
        json.put("ended", state.ended());
        json.put("bestEpoch", (double) state.bestEpoch());
        json.put("bestLoss", json(state.bestLoss()));
        if (state.shuffling() != null) {
            json.put("shuffling", state.shuffling());
        }
        Map<String, Object> series = new LinkedHashMap<>();
        state.series()
                .forEach((name, values) ->
                        series.put(name, values.stream().map(TrainingJson::json).toList()));
        json.put("series", series);
        if (!state.plan().isEmpty()) {
            json.put(PLAN, state.plan());
        }
        document.put(TRAINING, json);
        if (state.best() != null) {
            state.best().arrays().forEach((path, array) -> document.section(BEST, path, Leaves.tensor(array)));
        }
    }

    /** JSON has no NaN and no infinity. */
    private static Object json(double number) {
        return Double.isFinite(number) ? (Object) number : String.valueOf(number);
    }

    static TrainingState state(ModelFile file) throws ModelFileException {
        JsonObject json = JsonObject.of("the training", file.document().get(TRAINING));
        json.requireOnly("epoch", "ended", "bestEpoch", "bestLoss", "shuffling", "series", PLAN);
        return new TrainingState(
                json.count("epoch"),
                json.flag("ended", false),
                series(json),
                best(file),
                json.count("bestEpoch"),
                number(json.values().get("bestLoss")),
                json.has("shuffling") ? json.text("shuffling") : null,
                json.has(PLAN) ? plan(JsonObject.of("the plan", json.values().get(PLAN))) : Map.of());
    }

    private static Map<String, String> plan(JsonObject json) throws ModelFileException {
        Map<String, String> plan = new LinkedHashMap<>();
        for (String name : json.values().keySet()) {
            plan.put(name, json.text(name));
        }
        return plan;
    }

    private static Map<String, List<Double>> series(JsonObject json) throws ModelFileException {
        JsonObject series = JsonObject.of("the series", json.values().get("series"));
        Map<String, List<Double>> all = new LinkedHashMap<>();
        for (String name : series.values().keySet()) {
            List<Double> values = new ArrayList<>();
            for (Object value : series.list(name, MOST)) {
                values.add(number(value));
            }
            all.put(name, values);
        }
        return all;
    }

    private static double number(Object value) throws ModelFileException {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text && text.matches("NaN|-?Infinity")) {
            return Double.parseDouble(text);
        }
        throw ModelFileException.foreign("the training must have a number, but has " + value);
    }

    private static State best(ModelFile file) throws ModelFileException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> tensor : file.tensors().entrySet()) {
            if (tensor.getKey().startsWith(BEST + ".")) {
                arrays.put(tensor.getKey().substring(BEST.length() + 1), array(tensor.getValue()));
            }
        }
        return arrays.isEmpty() ? null : State.of(arrays);
    }

    private static INDArray array(Tensor tensor) throws ModelFileException {
        if (tensor.length() == 0) {
            throw ModelFileException.foreign("the best model has no numbers");
        }
        DataType type = tensor.type() == Tensor.Type.F64 ? DataType.DOUBLE : DataType.FLOAT;
        long[] shape = IntStream.of(tensor.shape()).asLongStream().toArray();
        return Tensors.of(type, tensor.doubles(), shape);
    }

    static List<String> texts(ModelFile file, String key) throws ModelFileException {
        return new JsonObject("the checkpoint", file.document()).list(key, MOST, String.class);
    }
}
