package io.github.flux4j.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Predictions and targets of a batch, row-major {@code [rows, columns]}; the arrays may be longer.
 *
 * @param weights one weight per example, or null for equal weights
 * @param epsilon the machine epsilon of the model's data type, which several losses add to stay finite
 */
public record LossInput(
        double[] predictions, double[] targets, double @Nullable [] weights, int rows, int columns, double epsilon) {

    /** Returns the weight of row {@code i}, 1 without weights. */
    public double weight(int i) {
        return weights == null ? 1 : weights[i];
    }

    /** Returns row {@code i} alone, unweighted. */
    public LossInput row(int i) {
        int from = i * columns;
        int to = from + columns;
        return new LossInput(
                Arrays.copyOfRange(predictions, from, to),
                Arrays.copyOfRange(targets, from, to),
                null,
                1,
                columns,
                epsilon);
    }
}
