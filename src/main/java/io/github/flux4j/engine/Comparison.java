package io.github.flux4j.engine;

/**
 * Predictions and targets of a batch, row-major {@code [rows, columns]}.
 *
 * @param weights one weight an example, or null for equal weights
 * @param epsilon the machine epsilon of the model's data type, which several losses add to stay finite
 */
public record Comparison(
        double[] predictions, double[] targets, double[] weights, int rows, int columns, double epsilon) {

    /** The weight of row {@code i}, 1 without weights. */
    public double weight(int i) {
        return weights == null ? 1 : weights[i];
    }
}
