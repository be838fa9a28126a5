package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.model.ScaledResiduals.Difficulty;
import java.util.Arrays;

/**
 * How hard rows are to predict, learnt from how far off predictions of held-out rows were: the mean size of residuals among the tenth of the rows whose
 * predictions are nearest in rank (fewer near the ends, so that these are its middle; but at least 40), at up to 50 predictions, and 2 % of the mean of all.
 */
final class DifficultyFit {

    /** That of rows which are equally hard. */
    static final Difficulty SAME = new Difficulty(new double[] {0}, new double[] {1}, false);

    private static final int KNOTS = 50;
    private static final int SHARES = 10;
    private static final int LEAST = 40;
    private static final double FLOOR = 0.02;

    private DifficultyFit() {}

    /** Of predictions, and how far off each was. */
    static Difficulty of(double[] predicted, double[] sizes, boolean countsVariance) {
        int rows = predicted.length;
        int[] order = Order.by(rows, i -> predicted[i]);
        double[] sums = new double[rows + 1];
        for (int i = 0; i < rows; i++) {
            sums[i + 1] = sums[i] + sizes[order[i]];
        }
        double[] predictions = new double[KNOTS];
        double[] widths = new double[KNOTS];
        int knots = 0;
        for (int k = 0; k < KNOTS && rows > 0; k++) {
            int at = (int) Math.round(k * (rows - 1.0) / (KNOTS - 1));
            double prediction = predicted[order[at]];
            if (knots == 0 || prediction > predictions[knots - 1]) {
                int half = Math.max(LEAST / 2, Math.min(rows / SHARES / 2, Math.min(at, rows - 1 - at)));
                int from = Math.max(0, at - half);
                int to = Math.min(rows, at + half + 1);
                predictions[knots] = prediction;
                widths[knots++] = (sums[to] - sums[from]) / (to - from) + FLOOR * sums[rows] / rows;
            }
        }
        return new Difficulty(Arrays.copyOf(predictions, knots), Arrays.copyOf(widths, knots), countsVariance);
    }
}
