package io.github.flux4j.engine;

import java.util.function.Supplier;

/**
 * One operation of a model as a plain value; a model is a list of them, in the order in which data flows. An engine refuses a model that has
 * one it doesn't know, see {@link Blueprint#refusal}.
 */
public interface Operation {

    /** The lengths of the arrays in the flat parameters that are this operation's, one after another. */
    default int[] arrays() {
        return new int[0];
    }

    /** How many of the flat parameters are this operation's. */
    default int parameters() {
        int sum = 0;
        for (int length : arrays()) {
            sum += length;
        }
        return sum;
    }

    /** How many columns y has where x has {@code columns}. */
    default int outputs(int columns) {
        return columns;
    }

    /**
     * {@code y = x·Wᵀ + b}: x {@code [n, inputs]}, y {@code [n, outputs]}. In the flat parameters: W {@code [outputs, inputs]},
     * row by row, then b {@code [outputs]} where there is a bias.
     */
    record Affine(int inputs, int outputs, boolean bias) implements Operation {

        @Override
        public int[] arrays() {
            return bias ? new int[] {outputs * inputs, outputs} : new int[] {outputs * inputs};
        }

        @Override
        public int outputs(int columns) {
            return outputs;
        }
    }

    /**
     * {@code y = f(x)}, element by element; any width.
     *
     * @param name the function; the names of Flux's own functions mean those and no others
     * @param loops gives a loop for each thread
     */
    record Pointwise(String name, Supplier<ScalarLoop> loops) implements Operation {}

    /**
     * A layer's own mathematics on whole rows, such as softmax or a normalisation.
     *
     * @param origin what it can be made again of
     */
    record Rows(Kernel kernel, Origin origin) implements Operation {

        /** One of which nothing is known but what it computes. */
        public Rows(Kernel kernel) {
            this(kernel, Origin.UNKNOWN);
        }

        @Override
        public int[] arrays() {
            return kernel.arrays();
        }

        @Override
        public int outputs(int columns) {
            return kernel.outputs(columns);
        }
    }
}
