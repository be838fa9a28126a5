package io.github.flux4j.internal.fit;

/** Linear equations with a symmetric, positive definite matrix, {@code A = L·Lᵀ}. */
public final class Cholesky {

    private Cholesky() {}

    /**
     * X of {@code A·X = B}.
     *
     * @param a its lower triangle counts, and becomes L
     */
    static double[][] solve(double[][] a, double[][] b) {
        factor(a);
        double[][] x = new double[b.length][];
        for (int i = 0; i < b.length; i++) {
            x[i] = b[i].clone();
            for (int j = 0; j < i; j++) {
                subtract(x[i], a[i][j], x[j]);
            }
            divide(x[i], a[i][i]);
        }
        for (int i = b.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < b.length; j++) {
                subtract(x[i], a[j][i], x[j]);
            }
            divide(x[i], a[i][i]);
        }
        return x;
    }

    private static void factor(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int k = 0; k < row.length; k++) {
            row[k] -= factor * other[k];
        }
    }

    private static void divide(double[] row, double by) {
        for (int k = 0; k < row.length; k++) {
            row[k] /= by;
        }
    }
}
