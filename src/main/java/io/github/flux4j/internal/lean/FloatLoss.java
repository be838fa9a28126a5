package io.github.flux4j.internal.lean;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.FusedObjective;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;

/** The loss of predictions and its slopes by them; what it needs for that is kept and used again. */
final class FloatLoss {

    private float[] targets = {};
    private double[] wideSlopes = {};
    private Comparison comparison;

    /**
     * The loss of {@code [rows, columns]} predictions.
     *
     * @param weights one weight an example, or null
     * @param slopes receives ∂loss/∂prediction
     */
    double evaluate(
            Objective objective,
            float[] predictions,
            Operand y,
            double[] weights,
            int rows,
            int columns,
            float[] slopes) {
        int n = rows * columns;
        readTargets(y, n);
        if (objective instanceof FusedObjective fused) {
            return fused.evaluate(predictions, targets, weights, rows, columns, slopes);
        }
        Comparison batch = comparison(weights, rows, columns);
        for (int i = 0; i < n; i++) {
            batch.predictions()[i] = predictions[i];
            batch.targets()[i] = targets[i];
        }
        double loss = objective.evaluate(batch, wideSlopes);
        for (int i = 0; i < n; i++) {
            slopes[i] = (float) wideSlopes[i];
        }
        return loss;
    }

    private Comparison comparison(double[] weights, int rows, int columns) {
        if (comparison == null
                || comparison.rows() != rows
                || comparison.columns() != columns
                || comparison.weights() != weights) {
            int n = rows * columns;
            double epsilon = Math.ulp((float) 1);
            boolean fits = comparison != null && comparison.predictions().length >= n;
            double[] p = fits ? comparison.predictions() : new double[n];
            double[] y = fits ? comparison.targets() : new double[n];
            wideSlopes = wideSlopes.length >= n ? wideSlopes : new double[n];
            comparison = new Comparison(p, y, weights, rows, columns, epsilon);
        }
        return comparison;
    }

    private void readTargets(Operand y, int n) {
        if (targets.length < n) {
            targets = new float[n];
        }
        FloatView view = FloatView.of(y);
        if (view.isDense() && !view.isTransposed()) {
            view.memory().read(0, targets, n);
        } else {
            convert(Tensors.toDoubles(y.array()));
        }
    }

    private void convert(double[] y) {
        for (int i = 0; i < y.length; i++) {
            targets[i] = (float) y[i];
        }
    }
}
