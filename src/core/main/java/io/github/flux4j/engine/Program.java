package io.github.flux4j.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model, ready to run on the memory of its {@link Blueprint}. Arrays have one example a row; callers have checked the shapes,
 * and data types other than the model's are converted.
 *
 * <p>For any thread, but a gradient only where nobody else changes the parameters meanwhile. A prediction may be asked for while they change; then
 * nobody looks at what it gives or throws, and it is asked for again.
 */
public interface Program {

    /** The engine that runs it. */
    String engine();

    /** Predictions for x, a new array {@code [rows, outputs]}. May be called from several threads. */
    INDArray predict(INDArray x);

    /**
     * Predictions for {@code rows} examples in plain arrays, row after row. May be called from several threads.
     *
     * @param y receives the predictions
     */
    void predict(double[] x, int rows, double[] y);

    /**
     * Predictions for {@code rows} examples in plain arrays, row after row. May be called from several threads.
     *
     * @param y receives the predictions
     */
    void predict(float[] x, int rows, float[] y);

    /**
     * The loss of a batch in training mode, and its gradient with respect to the parameters. Whatever else a run would change, such as running
     * statistics, waits for {@link Kernel#commit}.
     *
     * @param weights one weight an example, or null
     * @param gradient receives the gradient: shape and data type of the blueprint's parameters; null where those are
     */
    double gradient(Operand x, Operand y, double[] weights, Objective loss, INDArray gradient);

    /**
     * A forward pass in training mode whose backward pass comes later, when somebody else's formula has given the slopes.
     *
     * @throws UnsupportedOperationException if the engine has no such passes
     */
    default Recording record(INDArray x) {
        throw new UnsupportedOperationException("the engine " + engine()
                + " can't wait between forward and backward, which a formula needs; let the engine lean run the model");
    }

    /** A forward pass that was made. For one thread, and for one backward pass. */
    interface Recording {

        /** What came out, a new array {@code [rows, outputs]}. */
        INDArray predictions();

        /**
         * Goes back.
         *
         * @param slopes by the predictions
         * @param gradient receives the slopes by the parameters; null where there are none
         * @return the slopes by x, a new array
         */
        INDArray backward(INDArray slopes, INDArray gradient);
    }
}
