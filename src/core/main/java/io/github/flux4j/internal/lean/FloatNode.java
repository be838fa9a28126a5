package io.github.flux4j.internal.lean;

/** An operation at work: node k of a program computes the tape's values k + 1 from its values k, and slopes k from slopes k + 1. */
interface FloatNode {

    /** How many of the flat parameters are this node's. */
    int parameters();

    /** How many columns it gives for rows of {@code inputs}. */
    int outputs(int inputs);

    /** How many numbers it computes for a row of {@code inputs}. */
    default int numbers(int inputs) {
        return outputs(inputs);
    }

    /** Whether it reads values k where BLAS sees them, for so many rows. */
    default boolean isByBlas(int rows) {
        return false;
    }

    /** Whether BLAS might divide a product of so many rows among threads of its own. */
    default boolean isLarge(int rows) {
        return false;
    }

    /** Whether a prediction for a row is that row's alone, so that rows may be computed some at a time. */
    default boolean rowsAreIndependent() {
        return true;
    }

    /** Whether a batch's rows may be trained in shares, each by itself: not where a kernel looks at all of them. */
    default boolean mayShareRows() {
        return true;
    }

    /** Values k → values k + 1. */
    void forward(FloatTape tape, int k);

    /**
     * Slopes k + 1 → the gradient of this node's parameters and, if wanted, slopes k.
     *
     * @param inputs whether slopes k are wanted
     */
    void backward(FloatTape tape, int k, boolean inputs);
}
