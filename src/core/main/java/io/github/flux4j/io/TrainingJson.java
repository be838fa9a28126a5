package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.documents.Leaves;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.files.FlatRecordJson;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.State;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a run stands, as JSON; the best numbers as tensors {@code best.layers.0.weight}. */
final class TrainingJson {

    private static final String TRAINING = "training";
    private static final String BEST = "best";
    private static final String PLAN = "plan";
    private static final String SHUFFLING = "shuffling";
    private static final int MOST = 100_000;

    private static final FlatRecordJson<TrainingState> STATE = new FlatRecordJson<>(TrainingState.class, Map.of());

    private TrainingJson() {}

    static void add(TrainingState state, ModelDocument document) {
        Map<String, Object> json = STATE.write(state, BEST);
        if (state.plan().isEmpty()) {
            json.remove(PLAN);
        }
        document.put(TRAINING, json);
        if (state.best() != null) {
            state.best().arrays().forEach((path, array) -> document.section(BEST, path, Leaves.tensor(array)));
        }
    }

    static TrainingState state(ModelFile file) throws ModelFileException {
        JsonObject json = JsonObject.of("the training", file.document().get(TRAINING));
        json.requireOnly("epoch", "ended", "bestEpoch", "bestLoss", SHUFFLING, "series", PLAN);
        Map<String, Object> given = new HashMap<>();
        given.put(BEST, best(file));
        given.put("ended", false);
        given.put(SHUFFLING, null);
        given.put(PLAN, Map.of());
        return STATE.read(json, given);
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
            throw new ModelFileException(
                    "numbers were expected of the best model, but there are none; it was not written by flux4j");
        }
        DataType type = tensor.type() == Tensor.Type.F64 ? DataType.DOUBLE : DataType.FLOAT;
        long[] shape = IntStream.of(tensor.shape()).asLongStream().toArray();
        return Tensors.of(type, tensor.doubles(), shape);
    }

    static List<String> texts(ModelFile file, String key) throws ModelFileException {
        return new JsonObject("the checkpoint", file.document()).list(key, MOST, String.class);
    }
}
