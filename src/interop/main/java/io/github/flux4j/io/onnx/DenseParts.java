package io.github.flux4j.io.onnx;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Fully connected layers from their stored numbers. */
final class DenseParts {

    private DenseParts() {}

    /** {@code alpha·x·W + beta·b}, or with Wᵀ. */
    static NetworkPart gemm(Map<String, Constant> constants) throws IOException {
        boolean isOutIn = constants.get("transB").is(1);
        double beta = constants.get("beta").number("beta");
        return dense(
                times(constants.get("weight"), constants.get("alpha").number("alpha")),
                isOutIn,
                times(constants.get("bias"), beta));
    }

    /** {@code x·W + b}. */
    static NetworkPart matMul(Map<String, Constant> constants) throws IOException {
        return dense(constants.get("weight"), false, constants.get("bias"));
    }

    /** The probabilities 1 − p and p of p = σ(x): the softmax of 0 and x. */
    static NetworkPart twoClasses() throws IOException {
        NetworkPart zeroAndX = dense(new Constant(new double[] {0, 1}, List.of(2L, 1L), false), true, null);
        return width -> zeroAndX.draft(width).with(Activation.SOFTMAX);
    }

    private static Constant times(Constant constant, double factor) {
        return constant == null || factor == 1 ? constant : constant.each(value -> value * factor);
    }

    static NetworkPart dense(Constant weight, boolean isOutIn, Constant bias) throws IOException {
        if (!weight.isMatrix()) {
            throw new IOException("expected a matrix of weights, but its shape is " + weight);
        }
        int in = isOutIn ? weight.columns() : weight.rows();
        int out = isOutIn ? weight.rows() : weight.columns();
        double[] biases = bias == null ? null : bias.row(out, "biases");
        return width -> {
            NetworkPart.requireWidth(in, width);
            return NetworkPart.Draft.layer(
                    out, weight, (type, activation) -> layer(weight, isOutIn, biases, type, activation));
        };
    }

    private static Layer layer(
            Constant weight, boolean isOutIn, double[] biases, DataType type, Activation activation) {
        double[] values = isOutIn ? weight.values() : weight.transposed().values();
        int out = isOutIn ? weight.rows() : weight.columns();
        return Dense.of(
                Tensors.of(type, values, out, values.length / out),
                biases == null ? null : Tensors.of(type, biases, out),
                activation);
    }
}
