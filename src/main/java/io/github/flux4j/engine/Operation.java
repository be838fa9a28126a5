package io.github.flux4j.engine;

/** One operation of a model as a plain value; a model is a list of them, in the order in which data flows. */
public sealed interface Operation {

    /**
     * {@code y = x·Wᵀ + b}: x {@code [n, inputs]}, y {@code [n, outputs]}. In the flat parameters: W {@code [outputs, inputs]},
     * row by row, then b {@code [outputs]} where there is a bias.
     */
    record Affine(int inputs, int outputs, boolean bias) implements Operation {
        /** How many of the flat parameters are this operation's. */
        public int parameters() {
            return outputs * inputs + (bias ? outputs : 0);
        }

        /** The lengths of the arrays that these are: of W, and of b where there is one. */
        public int[] arrays() {
            return bias ? new int[] {outputs * inputs, outputs} : new int[] {outputs * inputs};
        }
    }

    /**
     * {@code y = f(x)}, element by element; any width.
     *
     * @param name the function; the names of Flux's own functions mean those and no others
     */
    record Pointwise(String name, ScalarLoop loop) implements Operation {}

    /** A layer's own mathematics on whole rows, such as softmax or a normalisation. */
    record Rows(Kernel kernel) implements Operation {}
}
