package io.github.flux4j.internal.documents;

import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers of a model that contain no others, in order, with their arrays under the names in a file. */
public final class Leaves {

    /** PyTorch's names of arrays, where Flux's differ. */
    private static final Map<String, String> NAMES = Map.of(
            "scale", "weight",
            "diag.scale", "weight",
            "diag.bias", "bias",
            "γ", "weight",
            "β", "bias",
            "μ", "running_mean",
            "σ²", "running_var");

    private Leaves() {}

    static List<Layer> of(Layer model) {
        return stream(model).toList();
    }

    private static Stream<Layer> stream(Layer model) {
        return model.layers().isEmpty()
                ? Stream.of(model)
                : model.layers().stream().flatMap(Leaves::stream);
    }

    /** Copies a model's arrays, by the names of these places. */
    public static Map<String, Tensor> tensors(Layer model, List<Place> places) {
        List<Layer> leaves = of(model);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            Place place = places.get(i);
            State.of(leaves.get(i))
                    .arrays()
                    .forEach((path, array) -> tensors.put(place.tensor(fileName(path)), tensor(array)));
        }
        return tensors;
    }

    /** Returns a model's own arrays, by the names of these places. */
    public static Map<String, INDArray> live(Layer model, List<Place> places) {
        List<Layer> leaves = of(model);
        Map<String, INDArray> live = new LinkedHashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            Place place = places.get(i);
            State.live(leaves.get(i)).forEach(array -> live.put(place.tensor(fileName(array.path())), array.values()));
        }
        return live;
    }

    static String fileName(String path) {
        return NAMES.getOrDefault(path, path);
    }

    /** Copies an array. */
    public static Tensor tensor(INDArray array) {
        int[] shape =
                IntStream.range(0, array.rank()).map(i -> (int) array.size(i)).toArray();
        double[] numbers = Tensors.toDoubles(array);
        return array.dataType() == DataType.DOUBLE ? Tensor.of(numbers, shape) : Tensor.of(narrowed(numbers), shape);
    }

    /** Rounds numbers to Float32. */
    public static float[] narrowed(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return narrow;
    }
}
