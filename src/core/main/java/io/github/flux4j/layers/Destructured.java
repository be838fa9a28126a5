package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.Objects;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model taken apart: its trainable numbers as one vector, and a function that rebuilds the model from a vector. Any number of threads may
 * rebuild.
 *
 * @param flat a copy of the parameters: W row by row as {@code [out, in]}, then b, layer by layer (Flux orders W by column)
 * @param rebuild makes a new model of the same structure from a vector; refuses a vector of another length
 */
public record Destructured<L extends Layer>(INDArray flat, Function<INDArray, L> rebuild) {

    /** Takes a model apart without changing it. */
    public static <L extends Layer> Destructured<L> of(L model) {
        return new Destructured<>(
                Tensors.copy(Objects.requireNonNull(model, "model is null").flatParameters()),
                vector -> rebuild(model, vector));
    }

    private static <L extends Layer> L rebuild(L model, INDArray vector) {
        if (vector.length() != model.parameterCount()) {
            throw new IllegalArgumentException("rebuild expected a vector of length " + model.parameterCount()
                    + ", got one of shape " + Tensors.shape(vector));
        }
        L copy = Layer.copyOf(model);
        Tensors.write(Tensors.toDoubles(vector), copy.flatParameters());
        return copy;
    }
}
