package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.documents.Leaves;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.files.SafeTensorsWriter;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.predict.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Saves and loads a model's numbers without its structure, as a safetensors file that programs in other languages read and write.
 *
 * <p>Arrays have the names and shapes of PyTorch's {@code nn.Sequential} of the same layers ({@code 0.weight [out, in]}, {@code 0.bias [out]}, {@code
 * 1.running_mean}), where an activation counts as a layer. Thread-safe, but don't train the model meanwhile.
 */
public final class Weights {

    /** The number of batches that a BatchNorm of PyTorch's has seen; neither its output nor its training depends on it. */
    private static final String COUNTER = "num_batches_tracked";

    private Weights() {}

    /**
     * Saves parameters and running statistics, in the model's type.
     *
     * @throws IllegalArgumentException if a number is not finite, or a part of your own has a name that can't be written
     * @throws IOException if the file can't be written; an existing file is unchanged
     */
    public static void save(Layer model, Path file) throws IOException {
        Objects.requireNonNull(model, "model is null");
        Map<String, Tensor> tensors = Leaves.tensors(model, ModelDocument.places(model));
        SafeTensorsWriter.write(new SafeTensors(Map.of(), tensors), Objects.requireNonNull(file, "file is null"));
    }

    /**
     * Loads the numbers of any safetensors file into a model, and converts Float32 and Float64.
     *
     * @throws ModelFileException if it isn't one, or its arrays aren't exactly the model's, in names and shapes (PyTorch's {@code num_batches_tracked} aside);
     *     the model is unchanged then
     */
    public static void load(Layer model, Path file) throws IOException {
        Objects.requireNonNull(model, "model is null");
        State.of(model); // refuses a closed one
        Map<String, INDArray> arrays = Leaves.live(model, ModelDocument.places(model));
        Map<String, Tensor> tensors = new LinkedHashMap<>(
                SafeTensors.read(Objects.requireNonNull(file, "file is null")).tensors());
        tensors.keySet().removeIf(name -> isCounter(name, arrays));
        try {
            requireSameNames(arrays, tensors);
            for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
                requireFits(array.getKey(), array.getValue(), tensors.get(array.getKey()));
            }
        } catch (ModelFileException e) {
            throw e.in(file.toString());
        }
        State.change(
                model,
                () -> arrays.forEach(
                        (name, array) -> Tensors.write(tensors.get(name).doubles(), array)));
    }

    private static boolean isCounter(String name, Map<String, INDArray> arrays) {
        boolean isBatchNorms = arrays.containsKey(name.replaceFirst(COUNTER + "$", "running_mean"));
        return name.endsWith(COUNTER) && isBatchNorms && !arrays.containsKey(name);
    }

    private static void requireSameNames(Map<String, INDArray> arrays, Map<String, Tensor> tensors)
            throws ModelFileException {
        if (!arrays.keySet().equals(tensors.keySet())) {
            throw new ModelFileException(
                    "the file must have exactly the model's tensors, but " + difference(arrays, tensors)
                            + "; build the model with the same layers, or rename the tensors in the program that wrote the file");
        }
    }

    private static String difference(Map<String, INDArray> arrays, Map<String, Tensor> tensors) {
        TreeSet<String> missing = new TreeSet<>(arrays.keySet());
        missing.removeAll(tensors.keySet());
        TreeSet<String> extra = new TreeSet<>(tensors.keySet());
        extra.removeAll(arrays.keySet());
        return missing.isEmpty()
                ? "there is also " + some(extra)
                : "there is no " + some(missing) + (extra.isEmpty() ? "" : ", and there is also " + some(extra));
    }

    /** A few names, printed safely since the file may be a stranger's. */
    private static String some(TreeSet<String> names) {
        String first = ModelFileException.shown(names.first());
        return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
    }

    private static void requireFits(String name, INDArray array, Tensor tensor) throws ModelFileException {
        int[] shape = Arrays.stream(array.shape()).mapToInt(size -> (int) size).toArray();
        if (tensor.type() == Tensor.Type.I64 || !Arrays.equals(tensor.shape(), shape)) {
            throw new ModelFileException("shape " + Arrays.toString(shape) + " was expected for tensor "
                    + ModelFileException.shown(name) + ", but it is " + tensor
                    + "; build the model with the same sizes, and a row of each weight per output");
        }
        if (array.dataType() == DataType.FLOAT) {
            requireFloat32(name, tensor);
        }
    }

    private static void requireFloat32(String name, Tensor tensor) throws ModelFileException {
        for (float number : tensor.floats()) {
            if (!Float.isFinite(number)) {
                throw new ModelFileException("tensor " + ModelFileException.shown(name)
                        + " has numbers too large for Float32; load them into f64(model)");
            }
        }
    }
}
