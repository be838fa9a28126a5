package io.github.flux4j.engine;

/**
 * A loss as an engine sees it: a number to be made small, and its gradient with respect to the predictions.
 *
 * <p>Called from several threads at once, so it keeps nothing.
 */
public interface Objective {

    /** Whether it is a user's own code, which may do anything, such as a step of another model. */
    default boolean isOwn() {
        return true;
    }

    /**
     * The loss of a batch.
     *
     * @param batch predictions and targets
     * @param gradient receives ∂loss/∂prediction for every element, row-major as the predictions, unless null
     */
    double evaluate(LossInput batch, double[] gradient);

    /**
     * The loss of {@code [rows, columns]} Float32 predictions and targets; one that reads them as they are needs no copies.
     *
     * @param weights one weight an example, or null
     * @param gradient receives ∂loss/∂prediction
     * @param wide where one that doesn't computes
     */
    default double evaluate(
            float[] predictions,
            float[] targets,
            double[] weights,
            int rows,
            int columns,
            float[] gradient,
            Widened wide) {
        return wide.evaluate(this, predictions, targets, weights, rows, columns, gradient);
    }

    /** The same of Float64 ones, which are as they must be. */
    default double evaluate(
            double[] predictions,
            double[] targets,
            double[] weights,
            int rows,
            int columns,
            double[] gradient,
            Widened wide) {
        return evaluate(new LossInput(predictions, targets, weights, rows, columns, Math.ulp(1.0)), gradient);
    }
}
