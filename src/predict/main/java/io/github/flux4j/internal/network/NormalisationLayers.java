package io.github.flux4j.internal.network;

import java.util.function.UnaryOperator;

/** Scaling and normalisation, in Float64 whatever the model is, as flux4j computes it, on rows that are overwritten. */
final class NormalisationLayers {

    private NormalisationLayers() {}

    /** {@code s ∘ x + b}. */
    static UnaryOperator<double[][]> scale(double[] scale, double[] bias) {
        return rows -> {
            for (double[] row : rows) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = scale[j] * row[j] + bias[j];
                }
            }
            return rows;
        };
    }

    /** {@code (x − μ)/√(σ² + ε)} of each row. */
    static UnaryOperator<double[][]> ofRows(double epsilon) {
        return rows -> {
            for (double[] row : rows) {
                normalise(row, epsilon);
            }
            return rows;
        };
    }

    private static void normalise(double[] row, double epsilon) {
        int n = row.length;
        double mean = 0;
        for (double x : row) {
            mean += x / n;
        }
        double variance = 0;
        for (double x : row) {
            variance += (x - mean) * (x - mean) / n;
        }
        double divisor = Math.sqrt(variance + epsilon);
        for (int j = 0; j < n; j++) {
            row[j] = (row[j] - mean) / divisor;
        }
    }

    /** {@code γ ∘ (x − μ)/√(σ² + ε) + β} with given statistics of the columns. */
    static UnaryOperator<double[][]> ofColumns(
            double[] gamma, double[] beta, double[] mean, double[] variance, double epsilon) {
        return rows -> {
            normalise(rows, gamma, beta, mean, variance, epsilon);
            return rows;
        };
    }

    /** The same with the statistics of the rows that are predicted together. */
    static UnaryOperator<double[][]> ofColumns(double[] gamma, double[] beta, double epsilon) {
        return rows -> {
            double[] mean = means(rows, gamma.length);
            normalise(rows, gamma, beta, mean, variances(rows, mean), epsilon);
            return rows;
        };
    }

    private static void normalise(
            double[][] rows, double[] gamma, double[] beta, double[] mean, double[] variance, double epsilon) {
        for (int j = 0; j < gamma.length; j++) {
            double factor = 1 / Math.sqrt(variance[j] + epsilon);
            for (double[] row : rows) {
                row[j] = gamma[j] * ((row[j] - mean[j]) * factor) + beta[j];
            }
        }
    }

    private static double[] means(double[][] rows, int columns) {
        double[] means = new double[columns];
        for (double[] row : rows) {
            for (int j = 0; j < columns; j++) {
                means[j] += row[j] / rows.length;
            }
        }
        return means;
    }

    private static double[] variances(double[][] rows, double[] means) {
        double[] variances = new double[means.length];
        for (double[] row : rows) {
            for (int j = 0; j < means.length; j++) {
                variances[j] += (row[j] - means[j]) * (row[j] - means[j]) / rows.length;
            }
        }
        return variances;
    }
}
