package io.github.flux4j.internal.line;

import java.util.Arrays;

/** {@code A = Uᵀ·U}, for a symmetric A that is positive definite; else its solutions are NaN. */
final class Cholesky {

    private final double[][] upper; // from the diagonal on

    /** Of the upper triangle, which it takes. */
    Cholesky(double[]... upper) {
        this.upper = upper;
        for (int k = 0; k < upper.length; k++) {
            double pivot = 1 / Math.sqrt(upper[k][0]); // NaN or infinite without a solution
            double[] row = upper[k];
            for (int j = 0; j < row.length; j++) {
                row[j] *= pivot;
            }
            for (int i = 1; i < row.length; i++) {
                subtract(row, i, upper[k + i]);
            }
        }
    }

    private static void subtract(double[] row, int from, double... into) {
        double times = row[from];
        if (times == 0) {
            return;
        }
        for (int j = 0; j < into.length; j++) {
            into[j] -= times * row[from + j];
        }
    }

    /** Solves {@code A·x = b} in place. */
    void solve(double... b) {
        for (int i = 0; i < b.length; i++) {
            b[i] /= upper[i][0];
            for (int j = i + 1; j < b.length; j++) {
                b[j] -= upper[i][j - i] * b[i];
            }
        }
        solveUpper(b);
    }

    /** Solves {@code U·x = b} in place. */
    void solveUpper(double... b) {
        for (int i = b.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < b.length; j++) {
                b[i] -= upper[i][j - i] * b[j];
            }
            b[i] /= upper[i][0];
        }
        if (!Arrays.stream(b).allMatch(Double::isFinite)) {
            Arrays.fill(b, Double.NaN);
        }
    }

    /** Row i of {@code Uᵀ}, whose products are those of A. */
    double[] row(int i) {
        double[] row = new double[upper.length];
        for (int j = 0; j <= i; j++) {
            row[j] = upper[j][i - j];
        }
        return row;
    }
}
