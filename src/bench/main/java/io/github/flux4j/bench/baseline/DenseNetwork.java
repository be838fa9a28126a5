package io.github.flux4j.bench.baseline;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain of dense layers, what it minimises and how its parameters move, told without any library's types.
 *
 * <p>Parameters are always one array: for each layer W {@code [outputs, inputs]} row by row, then b.
 */
public record DenseNetwork(List<Layer> layers, Loss loss, Rule rule) {

    /** {@code y = activation(x·Wᵀ + b)}. */
    public record Layer(int inputs, int outputs, Activation activation) {

        /** How many numbers W and b have. */
        public int parameterCount() {
            return (inputs + 1) * outputs;
        }
    }

    public enum Activation {
        IDENTITY,
        RELU,
        TANH,
        SIGMOID
    }

    /** Means over all elements; the cross-entropy sums over columns and means over rows. */
    public enum Loss {
        MSE,
        MAE,
        LOGIT_CROSS_ENTROPY
    }

    /** How parameters move, given a gradient. */
    public sealed interface Rule {}

    /** {@code p ← p − η·g}. */
    public record Descent(double eta) implements Rule {
        @Override
        public String toString() {
            return "Descent(" + eta + ")";
        }
    }

    /**
     * {@code p ← p − η·m̂/(√v̂ + ε)}, with m and v running means of g and g² (factors β₁ and β₂), divided by 1 − βᵗ (Kingma and Ba 2015,
     * algorithm 1).
     *
     * @param epsilonElsewhere whether ε is added to √v, before the correction of m and v: then it is ε/√(1 − β₂ᵗ) in the formula above
     */
    public record Adam(double eta, double beta1, double beta2, double epsilon, boolean epsilonElsewhere)
            implements Rule {

        /** Flux's defaults. */
        public Adam() {
            this(0.001, 0.9, 0.999, 1e-8, false);
        }

        public Adam withEpsilonElsewhere() {
            return new Adam(eta, beta1, beta2, epsilon, true);
        }

        @Override
        public String toString() {
            return "Adam(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
        }
    }

    /** A chain with these layer sizes; the last layer has no activation. */
    public static DenseNetwork of(Activation hidden, Loss loss, Rule rule, int... sizes) {
        List<Layer> layers = IntStream.range(1, sizes.length)
                .mapToObj(i -> new Layer(sizes[i - 1], sizes[i], i + 1 < sizes.length ? hidden : Activation.IDENTITY))
                .toList();
        return new DenseNetwork(layers, loss, rule);
    }

    public int inputs() {
        return layers.get(0).inputs();
    }

    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    public int parameterCount() {
        return layers.stream().mapToInt(Layer::parameterCount).sum();
    }
}
