package io.github.flux4j.engine;

import org.jspecify.annotations.Nullable;

/** Memory in which a loss without a Float32 loop computes in Float64; an engine keeps and reuses it. Not thread-safe. */
public final class Widened {

    private double[] predictions = {};
    private double[] targets = {};
    private double[] gradient = {};

    /** Widens the numbers, computes the loss and its gradient, and narrows the gradient. */
    double evaluate(
            Objective objective,
            float[] p,
            float[] y,
            double @Nullable [] weights,
            int rows,
            int columns,
            float[] slopes) {
        int n = rows * columns;
        if (gradient.length != n) {
            predictions = new double[n];
            targets = new double[n];
            gradient = new double[n];
        }
        for (int i = 0; i < n; i++) {
            predictions[i] = p[i];
            targets[i] = y[i];
        }
        double loss =
                objective.evaluate(new LossInput(predictions, targets, weights, rows, columns, Math.ulp(1f)), gradient);
        for (int i = 0; i < n; i++) {
            slopes[i] = (float) gradient[i];
        }
        return loss;
    }
}
