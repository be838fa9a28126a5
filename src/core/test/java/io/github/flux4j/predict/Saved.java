package io.github.flux4j.predict;

import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.network.Rows;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models of flux4j as model files: their numbers under the names of the structure that is given beside them. */
final class Saved {

    /** How flux4j calls a layer's arrays, and how files do. */
    private static final Map<String, String> NAMES = Map.of(
            "weight", "weight",
            "bias", "bias",
            "scale", "weight",
            "diag.scale", "weight",
            "diag.bias", "bias",
            "γ", "weight",
            "β", "bias",
            "μ", "running_mean",
            "σ²", "running_var");

    private Saved() {}

    static ModelFile file(Layer model, Map<String, Object> structure) {
        Map<String, Object> document = SampleFiles.document(structure);
        document.put("type", model.dataType() == DataType.DOUBLE ? "float64" : "float32");
        List<Place> places = SampleFiles.structure(document).networks().get(0).leaves();
        List<Layer> layers = layers(model).toList();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        IntStream.range(0, layers.size()).forEach(i -> put(layers.get(i), places.get(i), tensors));
        return ModelWriter.file(document, tensors);
    }

    private static Stream<Layer> layers(Layer model) {
        return model.layers().isEmpty()
                ? Stream.of(model)
                : model.layers().stream().flatMap(Saved::layers);
    }

    private static void put(Layer layer, Place place, Map<String, Tensor> tensors) {
        State.of(layer).arrays().forEach((path, array) -> tensors.put(place.tensor(NAMES.get(path)), tensor(array)));
    }

    private static Tensor tensor(INDArray array) {
        double[] values = Tensors.toDoubles(array);
        int[] shape = array.rank() == 1 ? new int[] {values.length} : new int[] {array.rows(), array.columns()};
        return array.dataType() == DataType.DOUBLE ? Tensor.of(values, shape) : Tensor.of(Rows.narrow(values), shape);
    }
}
