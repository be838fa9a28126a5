package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks whether a vector has the layout of a model's flat parameters, as a gradient must. */
final class FlatVector {

    private FlatVector() {}

    /** Checks as {@link io.github.flux4j.engine.ModelPort#requireVector} says. */
    static void require(INDArray vector, Layer model, String what) {
        INDArray parameters = model.flatParameters();
        if (vector == null ? parameters != null : parameters == null || !fits(vector, parameters)) {
            throw unfit(vector, model, what);
        }
        if (vector != null && Lifetime.isOver(vector)) {
            Lifetime.require(vector, what);
        }
    }

    private static boolean fits(INDArray vector, INDArray parameters) {
        return vector.length() == parameters.length()
                && vector.dataType() == parameters.dataType()
                && vector != parameters
                && Tensors.isRowMajor(vector);
    }

    private static IllegalArgumentException unfit(INDArray vector, Layer model, String what) {
        int count = model.parameterCount();
        String expected =
                count == 0 ? "null" : "a vector of " + count + " " + model.dataType() + " numbers in contiguous memory";
        return new IllegalArgumentException(what + " of " + model.inOneLine() + ", which has " + count
                + " parameters, must be " + expected + ", but " + given(vector, model)
                + (count == 0 ? "" : ". Make one: Nd4j.create(model.dataType(), model.parameterCount())"));
    }

    private static String given(INDArray vector, Layer model) {
        if (vector == null) {
            return "was null";
        }
        if (vector == model.flatParameters()) {
            return "was the parameters themselves";
        }
        return "had shape " + Tensors.shape(vector) + ", strides " + Arrays.toString(vector.stride()) + " and type "
                + vector.dataType();
    }
}
