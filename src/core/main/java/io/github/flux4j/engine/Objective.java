package io.github.flux4j.engine;

import org.jspecify.annotations.Nullable;

/**
 * A loss as an engine sees it: a number to minimise, and its gradient with respect to the predictions. Several threads may call it at once, so it must keep no
 * state.
 */
public interface Objective {

    /** Whether it is a user's own code, which may do anything, such as a step of another model; true by default. */
    default boolean isOwn() {
        return true;
    }

    /**
     * Computes the loss of a batch.
     *
     * @param batch predictions and targets
     * @param gradient receives ∂loss/∂prediction for every element, row-major as the predictions, unless null
     */
    double evaluate(LossInput batch, double @Nullable [] gradient);

    /**
     * Computes the loss of {@code [rows, columns]} Float32 predictions and targets; by default it copies them to Float64.
     *
     * @param weights one weight per example, or null
     * @param gradient receives ∂loss/∂prediction
     * @param wide the Float64 memory for the copies
     */
    default double evaluate(
            float[] predictions,
            float[] targets,
            double @Nullable [] weights,
            int rows,
            int columns,
            float[] gradient,
            Widened wide) {
        return wide.evaluate(this, predictions, targets, weights, rows, columns, gradient);
    }

    /** Computes the loss of Float64 predictions and targets without copies. */
    default double evaluate(
            double[] predictions,
            double[] targets,
            double @Nullable [] weights,
            int rows,
            int columns,
            double[] gradient,
            Widened wide) {
        return evaluate(new LossInput(predictions, targets, weights, rows, columns, Math.ulp(1.0)), gradient);
    }
}
