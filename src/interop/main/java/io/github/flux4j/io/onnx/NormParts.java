package io.github.flux4j.io.onnx;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.LayerNorm;
import java.io.IOException;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Normalisations from their stored numbers. */
final class NormParts {

    private static final float MOMENTUM = 0.1f;
    private static final float EPSILON = 1e-5f;

    private NormParts() {}

    /** Of each row, by its own mean and variance. */
    static NetworkPart rows(Map<String, Constant> constants) throws IOException {
        double epsilon = epsilon(constants);
        Constant scale = constants.get("scale");
        return width -> {
            int size = size(constants, width);
            double[] factors = row(scale, size);
            double[] summands = row(constants.get("bias"), size);
            Constant any = scale == null ? constants.get("epsilon") : scale;
            return NetworkPart.Draft.layer(size, any, (type, activation) -> {
                LayerNorm.Settings settings = new LayerNorm.Settings(size, activation, factors != null, epsilon);
                LayerNorm layer = Layer.copyAs(type, settings.build());
                write(factors, layer.scale());
                write(summands, layer.bias());
                return layer;
            });
        };
    }

    /** Of each column, by running statistics. */
    static NetworkPart columns(Map<String, Constant> constants) throws IOException {
        if (DoubleStream.of(constants.get("variance").values()).anyMatch(variance -> variance < 0)) {
            throw new IOException("expected variances of 0 and above, but one is below 0");
        }
        return batchNorm(constants, true);
    }

    /** Of each column, by the rows that are there. */
    static NetworkPart batch(Map<String, Constant> constants) throws IOException {
        return batchNorm(constants, false);
    }

    private static NetworkPart batchNorm(Map<String, Constant> constants, boolean trackStats) throws IOException {
        double epsilon = epsilon(constants);
        double momentum = momentum(constants);
        boolean affine = constants.containsKey("scale");
        return width -> {
            int size = size(constants, width);
            double[] gamma = row(constants.get("scale"), size);
            double[] beta = row(constants.get("bias"), size);
            double[] mean = row(constants.get("mean"), size);
            double[] variance = row(constants.get("variance"), size);
            Constant any = constants.getOrDefault("mean", constants.getOrDefault("scale", constants.get("epsilon")));
            return NetworkPart.Draft.layer(size, any, (type, activation) -> {
                BatchNorm layer = Layer.copyAs(
                        type, new BatchNorm.Settings(size, activation, affine, trackStats, epsilon, momentum).build());
                write(gamma, layer.gamma());
                write(beta, layer.beta());
                write(mean, layer.runningMean());
                write(variance, layer.runningVariance());
                return layer;
            });
        };
    }

    /** ONNX's is what is kept, Flux's what is new. */
    private static double momentum(Map<String, Constant> constants) throws IOException {
        Constant kept = constants.get("momentum");
        return kept == null ? MOMENTUM : set(1 - kept.number("momentum"), MOMENTUM);
    }

    /** A setting that went through Float32: the default itself, or the shortest text's number. */
    private static double set(double value, float byDefault) {
        float rounded = (float) value;
        return rounded == byDefault ? byDefault : Double.parseDouble(Float.toString(rounded));
    }

    private static double epsilon(Map<String, Constant> constants) throws IOException {
        Constant epsilon = constants.get("epsilon");
        double number = epsilon.number("ε");
        return epsilon.isDouble() ? number : set(number, EPSILON);
    }

    private static int size(Map<String, Constant> constants, int width) throws IOException {
        int most = width;
        for (String name : new String[] {"mean", "scale"}) {
            if (constants.containsKey(name) && constants.get(name).values().length > 0) {
                most = Math.max(most, constants.get(name).values().length);
            }
        }
        if (most == 0) {
            throw new IOException("nothing says how many columns it is for");
        }
        NetworkPart.requireWidth(most, width);
        return most;
    }

    /** Null for null. */
    private static double[] row(Constant constant, int size) throws IOException {
        return constant == null ? null : constant.row(size, "numbers");
    }

    private static void write(double[] values, INDArray array) {
        if (values != null) {
            Tensors.write(values, array);
        }
    }
}
