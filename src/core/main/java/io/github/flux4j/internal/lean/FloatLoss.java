package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Widened;
import io.github.flux4j.internal.arrays.Tensors;

/** The loss of predictions and its slopes by them; what it needs for that is kept and used again. */
final class FloatLoss {

    private final Widened wide = new Widened();
    private float[] targets = {};

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
        readTargets(y, rows * columns);
        return objective.evaluate(predictions, targets, weights, rows, columns, slopes, wide);
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
