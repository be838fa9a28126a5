package io.github.flux4j.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The library's joins. All but the first work element by element, on branches of equal width. */
enum StandardJoin implements Join {
    CONCAT(null, null),
    SUM(Double::sum, (branches, b, j, y) -> 1),
    PRODUCT((one, other) -> one * other, StandardJoin::productOfOthers),
    MAX(Math::max, StandardJoin::isLastLargest);

    private final @Nullable DoubleBinaryOperator join;
    private final @Nullable Slope slope;

    StandardJoin(@Nullable DoubleBinaryOperator join, @Nullable Slope slope) {
        this.join = join;
        this.slope = slope;
    }

    /** ∂y/∂b of branch {@code b} in column {@code j}, given that column's y. */
    private interface Slope {
        double of(double[][] branches, int b, int j, double y);
    }

    private static double productOfOthers(double[][] branches, int b, int j, double y) {
        double product = 1;
        for (int i = 0; i < branches.length; i++) {
            product *= i == b ? 1 : branches[i][j];
        }
        return product;
    }

    private static double isLastLargest(double[][] branches, int b, int j, double y) {
        boolean isLargest = branches[b][j] == y;
        for (int i = b + 1; i < branches.length; i++) {
            isLargest &= branches[i][j] != y;
        }
        return isLargest ? 1 : 0;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int outputs(int... branches) {
        if (this == CONCAT) {
            return Math.toIntExact(IntStream.of(branches).asLongStream().sum());
        }
        if (IntStream.of(branches).anyMatch(width -> width != branches[0])) {
            throw new IllegalArgumentException("branches joined by " + word()
                    + " must give as many columns each, but they give " + Arrays.toString(branches));
        }
        return branches[0];
    }

    @Override
    public void forward(double[][] branches, double[] y) {
        int at = 0;
        for (int b = 0; b < branches.length; b++) {
            for (int j = 0; j < branches[b].length; j++) {
                y[at + j] = this == CONCAT || b == 0 ? branches[b][j] : join.applyAsDouble(y[j], branches[b][j]);
            }
            at += this == CONCAT ? branches[b].length : 0;
        }
    }

    @Override
    public void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches) {
        int at = 0;
        for (int b = 0; b < branches.length; b++) {
            for (int j = 0; j < branches[b].length; j++) {
                dBranches[b][j] = this == CONCAT ? dy[at + j] : dy[j] * slope.of(branches, b, j, y[j]);
            }
            at += this == CONCAT ? branches[b].length : 0;
        }
    }

    @Override
    public String toString() {
        return word();
    }
}
