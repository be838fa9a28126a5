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
}
