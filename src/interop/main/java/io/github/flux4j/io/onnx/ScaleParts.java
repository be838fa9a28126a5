package io.github.flux4j.io.onnx;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Element-wise factors and summands from stored numbers, and reshaping that changes nothing. */
final class ScaleParts {

    private ScaleParts() {}

    /** {@code scale ∘ x + bias}, either of which may be missing, or in place of them what is taken off or divided by. */
    static NetworkPart scale(Map<String, Constant> constants) {
        Constant factor = constants.containsKey("divisor")
                ? constants.get("divisor").each(value -> 1 / value)
                : constants.get("scale");
        Constant summand =
                constants.containsKey("less") ? constants.get("less").each(value -> -value) : constants.get("bias");
        return width -> draft(factor, summand, width);
    }

    private static NetworkPart.Draft draft(Constant factor, Constant summand, int width) throws IOException {
        Constant any = factor == null ? summand : factor;
        int size = size(factor, summand, width);
        double[] factors = factor == null ? Constant.of(1).row(size, "factors") : factor.row(size, "factors");
        double[] summands = summand == null ? null : summand.row(size, "summands");
        NetworkPart.requireWidth(size, width);
        return NetworkPart.Draft.layer(size, any, (type, activation) -> layer(type, factors, summands, activation));
    }

    /**
     * A layer with these numbers.
     *
     * @param summands null for none
     */
    static Scale layer(DataType type, double[] factors, double[] summands, Activation activation) {
        Scale.Settings settings = new Scale.Settings(factors.length, activation, summands != null);
        Scale scale = Layer.copyAs(type, settings.build());
        Tensors.write(factors, scale.scale());
        if (summands != null) {
            Tensors.write(summands, scale.bias());
        }
        return scale;
    }

    private static int size(Constant factor, Constant summand, int width) throws IOException {
        int most = Math.max(factor == null ? 1 : factor.values().length, summand == null ? 1 : summand.values().length);
        if (most > 1 || width == 1) {
            return most;
        }
        if (width == 0) {
            throw new IOException(
                    "one number stands for all columns, but nothing says how many there are; expected one for each");
        }
        return width;
    }

    /** {@code (x − offset)·scale}, as two layers, since an offset may be large. */
    static NetworkPart scaler(Map<String, Constant> constants) {
        Constant less = constants.get("offset").each(value -> -value);
        return width -> {
            NetworkPart.Draft first = draft(null, less, width);
            NetworkPart.Draft second = draft(constants.get("scale"), null, first.width());
            return NetworkPart.Draft.layer(
                    second.width(),
                    less,
                    (type, activation) ->
                            Chain.of(first.make(type), second.with(activation).make(type)));
        };
    }

    /** One column, of which it doesn't matter whether it is one. */
    static NetworkPart.Draft single(int width) throws IOException {
        NetworkPart.requireWidth(1, width);
        return NetworkPart.Draft.nothing(1);
    }

    /** To {@code [-1, columns]} and the like, which rows of so many columns have already. */
    static NetworkPart reshape(Map<String, Constant> constants) throws IOException {
        double[] shape = constants.get("shape").values();
        if (shape.length == 1 && shape[0] == -1) {
            return ScaleParts::single;
        }
        if (shape.length != 2 || !(shape[0] == -1 || shape[0] == 0)) {
            throw new IOException("expected a new shape of [-1, columns], which changes nothing, but it is "
                    + Arrays.toString(shape));
        }
        return width -> {
            boolean same = shape[1] == width && width > 0 || shape[0] == 0 && (shape[1] == -1 || shape[1] == 0);
            if (!same) {
                throw new IOException(
                        "expected a new shape of " + width + " columns as before, but it has " + (long) shape[1]);
            }
            return NetworkPart.Draft.nothing(width);
        };
    }
}
