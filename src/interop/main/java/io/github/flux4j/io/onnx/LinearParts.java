package io.github.flux4j.io.onnx;

import io.github.flux4j.engine.Join;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Linear models of {@code ai.onnx.ml}, and what bends at numbers of its own. */
final class LinearParts {

    /** Bounds above it would cost digits of small numbers, since the bound is taken off first. */
    private static final double FAR = 32;

    private static final double NONE = 1e30; // some exporters write the greatest number where there is no bound

    private LinearParts() {}

    /** A row of coefficients for each target. */
    static NetworkPart regressor(Map<String, Constant> constants) throws IOException {
        return dense(constants, (int) constants.get("targets").number("targets"), Activation.IDENTITY, 1);
    }

    /** A row of coefficients for each class. */
    static NetworkPart classifier(Map<String, Constant> constants, Activation activation) throws IOException {
        int classes = constants.get("intercepts").values().length;
        if (classes < 2) {
            throw new IOException(
                    "expected coefficients and an intercept for each class, but there is one for two classes");
        }
        return dense(constants, classes, activation, 1);
    }

    /** σ(z) and σ(−z), which add up to 1: the softmax of the halves. */
    static NetworkPart twoClasses(Map<String, Constant> constants) throws IOException {
        double[] all = constants.get("coefficients").values();
        double[] intercepts = constants.get("intercepts").values();
        boolean areOpposite = intercepts.length == 2 && all.length % 2 == 0 && intercepts[0] == -intercepts[1];
        for (int i = 0; areOpposite && i < all.length / 2; i++) {
            areOpposite = all[i] == -all[i + all.length / 2];
        }
        if (!areOpposite) {
            throw new IOException(
                    "expected two classes with probabilities that add up to 1, but this file scores each class against all others and divides by the sum, which no layer does");
        }
        return dense(constants, 2, Activation.SOFTMAX, 0.5);
    }

    private static NetworkPart dense(Map<String, Constant> constants, int out, Activation activation, double factor)
            throws IOException {
        double[] all = constants.get("coefficients").values();
        if (out < 1 || all.length == 0 || all.length % out != 0) {
            throw new IOException(
                    "expected as many coefficients for each of " + out + " outputs, but there are " + all.length);
        }
        Constant weight = new Constant(times(all, factor), List.of((long) out, (long) all.length / out), false);
        Constant intercepts = constants.get("intercepts");
        NetworkPart dense = DenseParts.dense(
                weight, true, intercepts == null ? null : Constant.of(times(intercepts.values(), factor)));
        return width -> dense.draft(width).with(activation);
    }

    private static double[] times(double[] values, double factor) {
        return DoubleStream.of(values).map(value -> value * factor).toArray();
    }

    /** Fills gaps, which no network is given: nothing, if only NaN is a gap. */
    static NetworkPart imputer(Map<String, Constant> constants) throws IOException {
        if (!Double.isNaN(constants.get("replaced").values()[0])) {
            throw new IOException("expected NaN as the replaced number, but it is "
                    + constants.get("replaced").values()[0]);
        }
        return NetworkPart.Draft::nothing;
    }

    /** {@code min(max(x, low), high)}, as relu(x − low) + low, and from above the same upside down; either may be missing. */
    static NetworkPart clip(Map<String, Constant> constants) throws IOException {
        Double low = bound(constants.get("low"));
        Double high = bound(constants.get("high"));
        if (low != null && high != null && low > high) {
            throw new IOException(
                    "expected a lower bound not above the upper one, but they are " + low + " and " + high);
        }
        if (low == null && high == null) {
            return NetworkPart.Draft::nothing;
        }
        return width -> {
            if (width == 0) {
                throw new IOException("nothing says how many columns there are; expected a layer before it");
            }
            return NetworkPart.Draft.layers(width, false, type -> clipped(type, width, low, high));
        };
    }

    /** Each bound takes off what is beyond it; a factor and a summand remain to be applied. */
    private static Layer clipped(DataType type, int width, Double low, Double high) {
        List<Layer> layers = new ArrayList<>();
        double summand = low == null ? 0 : low;
        if (low != null) {
            layers.add(scale(type, width, 1, -low, Activation.RELU));
        }
        if (high != null) {
            layers.add(scale(type, width, -1, high - summand, Activation.RELU));
        }
        layers.add(scale(type, width, high == null ? 1 : -1, high == null ? low : high, Activation.IDENTITY));
        return Chain.of(layers.toArray(Layer[]::new));
    }

    private static Double bound(Constant constant) throws IOException {
        if (constant == null) {
            return null;
        }
        double bound = constant.number("a bound");
        if (Math.abs(bound) >= NONE) {
            return null;
        }
        if (Math.abs(bound) > FAR) {
            throw new IOException("expected bounds of −" + FAR + " to " + FAR + ", but one is " + bound);
        }
        return bound;
    }

    private static Scale scale(DataType type, int width, double factor, double summand, Activation activation) {
        double[] factors = DoubleStream.generate(() -> factor).limit(width).toArray();
        double[] summands = DoubleStream.generate(() -> summand).limit(width).toArray();
        return ScaleParts.layer(type, factors, summands, activation);
    }

    /** A slope below 0 for each column: {@code a·x + (1 − a)·relu(x)}. */
    static NetworkPart slopes(Map<String, Constant> constants) throws IOException {
        Constant slopes = constants.get("a");
        if (slopes.values().length == 1) {
            Activation one = Activation.leakyrelu(slopes.number("the slope"));
            return width -> NetworkPart.Draft.activation(width, one);
        }
        int size = slopes.values().length;
        double[] a = slopes.row(size, "slopes");
        double[] rest = DoubleStream.of(a).map(slope -> 1 - slope).toArray();
        return width -> {
            NetworkPart.requireWidth(size, width);
            return NetworkPart.Draft.layers(
                    size,
                    slopes.isDouble(),
                    type -> Layer.parallel(Join.SUM, factors(type, a), Chain.of(Activation.RELU, factors(type, rest))));
        };
    }

    private static Scale factors(DataType type, double... factors) {
        return ScaleParts.layer(type, factors, null, Activation.IDENTITY);
    }
}
