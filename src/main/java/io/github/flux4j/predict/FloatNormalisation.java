package io.github.flux4j.predict;

/** Scaling and normalisation, computed in Float64 as flux4j does, on rows that are overwritten. */
final class FloatNormalisation {

    private FloatNormalisation() {}

    /** {@code s ∘ x + b}. */
    static FloatStep scale(float[] scale, float[] bias) {
        return rows -> {
            for (float[] row : rows) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = (float) ((double) scale[j] * row[j] + bias[j]);
                }
            }
            return rows;
        };
    }

    /** {@code (x − μ)/√(σ² + ε)} of each row. */
    static FloatStep ofRows(double epsilon) {
        return rows -> {
            for (float[] row : rows) {
                normalise(row, epsilon);
            }
            return rows;
        };
    }

    private static void normalise(float[] row, double epsilon) {
        int n = row.length;
        double mean = 0;
        for (float x : row) {
            mean += (double) x / n;
        }
        double variance = 0;
        for (float x : row) {
            variance += (x - mean) * (x - mean) / n;
        }
        double divisor = Math.sqrt(variance + epsilon);
        for (int j = 0; j < n; j++) {
            row[j] = (float) ((row[j] - mean) / divisor);
        }
    }

    /** {@code γ ∘ (x − μ)/√(σ² + ε) + β} with given statistics of the columns. */
    static FloatStep ofColumns(float[] gamma, float[] beta, double[] mean, double[] variance, double epsilon) {
        return rows -> {
            normalise(rows, gamma, beta, mean, variance, epsilon);
            return rows;
        };
    }

    /** The same with the statistics of the rows that are predicted together. */
    static FloatStep ofColumns(float[] gamma, float[] beta, double epsilon) {
        return rows -> {
            double[] mean = means(rows, gamma.length);
            normalise(rows, gamma, beta, mean, variances(rows, mean), epsilon);
            return rows;
        };
    }

    private static void normalise(
            float[][] rows, float[] gamma, float[] beta, double[] mean, double[] variance, double epsilon) {
        for (int j = 0; j < gamma.length; j++) {
            double factor = 1 / Math.sqrt(variance[j] + epsilon);
            for (float[] row : rows) {
                row[j] = (float) (gamma[j] * ((row[j] - mean[j]) * factor) + beta[j]);
            }
        }
    }

    private static double[] means(float[][] rows, int columns) {
        double[] means = new double[columns];
        for (float[] row : rows) {
            for (int j = 0; j < columns; j++) {
                means[j] += (double) row[j] / rows.length;
            }
        }
        return means;
    }

    private static double[] variances(float[][] rows, double[] means) {
        double[] variances = new double[means.length];
        for (float[] row : rows) {
            for (int j = 0; j < means.length; j++) {
                variances[j] += (row[j] - means[j]) * (row[j] - means[j]) / rows.length;
            }
        }
        return variances;
    }
}
