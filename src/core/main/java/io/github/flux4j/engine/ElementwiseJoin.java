package io.github.flux4j.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Branches of one width, joined element by element. */
enum ElementwiseJoin implements Join {
    SUM {
        @Override
        double join(double one, double other) {
            return one + other;
        }

        @Override
        double slope(double[][] branches, int b, int j, double y) {
            return 1;
        }
    },
    PRODUCT {
        @Override
        double join(double one, double other) {
            return one * other;
        }

        /** The product of the others. */
        @Override
        double slope(double[][] branches, int b, int j, double y) {
            double product = 1;
            for (int i = 0; i < branches.length; i++) {
                product *= i == b ? 1 : branches[i][j];
            }
            return product;
        }
    },
    MAX {
        @Override
        double join(double one, double other) {
            return Math.max(one, other);
        }

        @Override
        double slope(double[][] branches, int b, int j, double y) {
            for (int i = b + 1; i < branches.length; i++) {
                if (branches[i][j] == y) {
                    return 0;
                }
            }
            return branches[b][j] == y ? 1 : 0;
        }
    };

    abstract double join(double one, double other);

    /** ∂y/∂b of branch {@code b} in column {@code j}, where y is that column's. */
    abstract double slope(double[][] branches, int b, int j, double y);

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int outputs(int... branches) {
        if (IntStream.of(branches).anyMatch(width -> width != branches[0])) {
            throw new IllegalArgumentException("branches joined by " + word()
                    + " must give as many columns each, but they give " + Arrays.toString(branches));
        }
        return branches[0];
    }

    @Override
    public void forward(double[][] branches, double[] y) {
        System.arraycopy(branches[0], 0, y, 0, y.length);
        for (int b = 1; b < branches.length; b++) {
            for (int j = 0; j < y.length; j++) {
                y[j] = join(y[j], branches[b][j]);
            }
        }
    }

    @Override
    public void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches) {
        for (int b = 0; b < branches.length; b++) {
            for (int j = 0; j < y.length; j++) {
                dBranches[b][j] = dy[j] * slope(branches, b, j, y[j]);
            }
        }
    }

    @Override
    public String toString() {
        return word();
    }
}
