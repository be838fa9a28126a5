package io.github.flux4j.engine;

/** Where a loss without a loop for Float32 computes in Float64; kept by an engine and used again. For one thread at a time. */
public final class Widened {

    private double[] predictions = {};
    private double[] targets = {};
    private double[] gradient = {};

    /** The loss of numbers that are widened first, and its gradient, narrowed. */
    double evaluate(
            Objective objective, float[] p, float[] y, double[] weights, int rows, int columns, float[] slopes) {
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
