package io.github.flux4j.engine;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model, ready to run on the memory of its {@link Blueprint}. Arrays have one example per row; callers have checked shapes, and the program converts data
 * types other than the model's.
 *
 * <p>Any thread may predict; a gradient needs parameters that nobody else changes. If they change during a prediction, the caller discards what it returns or
 * throws, and asks again.
 */
public interface Program {

    /** Returns the name of the engine that runs it. */
    String engine();

    /** Returns what else to say of how it computes, after the reason for the engine; empty by default. */
    default String remark() {
        return "";
    }

    /** Predicts for x into a new array {@code [rows, outputs]}. Thread-safe. */
    INDArray predict(INDArray x);

    /**
     * Predicts for {@code rows} examples in plain arrays, row after row. Thread-safe.
     *
     * @param y receives the predictions
     */
    void predict(double[] x, int rows, double[] y);

    /**
     * Predicts for {@code rows} examples in plain arrays, row after row. Thread-safe.
     *
     * @param y receives the predictions
     */
    void predict(float[] x, int rows, float[] y);

    /**
     * Computes a batch's loss in training mode, and its gradient with respect to the parameters. Other changes, such as to running statistics, wait for {@link
     * Kernel#commit}.
     *
     * @param weights one weight per example, or null
     * @param gradient receives the gradient: shape and data type of the blueprint's parameters; null where those are
     */
    double gradient(Operand x, Operand y, double @Nullable [] weights, Objective loss, @Nullable INDArray gradient);

    /**
     * Makes a forward pass in training mode, with a backward pass later, once somebody else's formula has its gradients.
     *
     * @throws UnsupportedOperationException if the engine has no such passes
     */
    default Recording record(INDArray x) {
        throw new UnsupportedOperationException("the engine " + engine()
                + " can't wait between forward and backward, which a formula needs; let the engine lean run the model");
    }

    /** A completed forward pass, for one backward pass. Not thread-safe. */
    interface Recording {

        /** Returns the predictions, a new array {@code [rows, outputs]}. */
        INDArray predictions();

        /**
         * Makes the backward pass.
         *
         * @param slopes the gradient by the predictions
         * @param gradient receives the gradient by the parameters; null where there are none
         * @return the gradient by x, a new array
         */
        INDArray backward(INDArray slopes, @Nullable INDArray gradient);
    }
}
