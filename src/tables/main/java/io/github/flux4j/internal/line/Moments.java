package io.github.flux4j.internal.line;

import java.util.Arrays;

/**
 * Weighted sums over rows, {@code Σw}, {@code Σw·x}, {@code Σw·x·xᵀ}, {@code Σw·y}, {@code Σw·x·y}, of which ridge regression is solved in closed form:
 * {@code (C + λ·D)β = c}, C being the terms' covariances, c those with the target, and D the squares of their units (Hoerl and Kennard 1970). The
 * constant has no penalty.
 */
final class Moments {

    private final double[][] products; // from the diagonal on
    private final double[] sums;
    private final double[][] withTargets;
    private final double[] targets;
    private double weight;

    private Moments(int size, int outputs) {
        products = new double[size][];
        for (int i = 0; i < size; i++) {
            products[i] = new double[size - i];
        }
        sums = new double[size];
        withTargets = new double[outputs][size];
        targets = new double[outputs];
    }

    /** Of these rows. */
    static Moments of(LinearRows rows, double[][] y, double[] weights, int... which) {
        Moments sum = new Moments(rows.size(), y.length);
        int[] terms = new int[rows.dense() + rows.texts()];
        double[] values = new double[terms.length];
        for (int row : which) {
            sum.add(rows, row, y, weights == null ? 1 : weights[row], terms, values);
        }
        return sum;
    }

    private void add(LinearRows rows, int row, double[][] y, double w, int[] terms, double... values) {
        int dense = rows.dense();
        System.arraycopy(rows.numbers(), row * dense, values, 0, dense);
        int count = dense;
        for (int t = 0; t < rows.texts(); t++) {
            int term = rows.levels()[row * rows.texts() + t];
            if (term >= 0) {
                terms[count] = term;
                values[count++] = 1;
            }
        }
        for (int i = 0; i < dense; i++) {
            double wx = w * values[i];
            double[] into = products[i];
            for (int j = i; j < dense; j++) {
                into[j - i] += wx * values[j];
            }
            for (int t = dense; t < count; t++) {
                into[terms[t] - i] += wx;
            }
        }
        for (int s = dense; s < count; s++) { // levels ascend from text to text
            for (int t = s; t < count; t++) {
                products[terms[s]][terms[t] - terms[s]] += w;
            }
        }
        rows.add(row, w, sums);
        for (int k = 0; k < y.length; k++) {
            rows.add(row, w * y[k][row], withTargets[k]);
            targets[k] += w * y[k][row];
        }
        weight += w;
    }

    Moments minus(Moments part) {
        Moments rest = new Moments(sums.length, targets.length);
        for (int i = 0; i < sums.length; i++) {
            subtract(products[i], part.products[i], rest.products[i]);
        }
        for (int k = 0; k < targets.length; k++) {
            subtract(withTargets[k], part.withTargets[k], rest.withTargets[k]);
        }
        subtract(sums, part.sums, rest.sums);
        subtract(targets, part.targets, rest.targets);
        rest.weight = weight - part.weight;
        return rest;
    }

    private static void subtract(double[] whole, double[] part, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = whole[i] - part[i];
        }
    }

    double[] means() {
        return Arrays.stream(sums).map(sum -> sum / weight).toArray();
    }

    double weight() {
        return weight;
    }

    /** {@code C + λ·D} in units of the terms, factorised; a term that never varies is left without influence. */
    private Cholesky factorised(double lambda, double... units) {
        int size = sums.length;
        double[][] upper = new double[size][];
        for (int i = 0; i < size; i++) {
            upper[i] = new double[size - i];
            double scale = units[i] == 0 ? 0 : 1 / units[i] / weight;
            double mean = sums[i] / weight;
            for (int j = i; j < size; j++) {
                upper[i][j - i] = units[j] == 0 ? 0 : (products[i][j - i] - mean * sums[j]) * scale / units[j];
            }
            upper[i][0] = (units[i] == 0 ? 1 : upper[i][0]) + lambda;
        }
        return new Cholesky(upper);
    }

    /** The line of least squares with this penalty; NaN where rounding left the matrix without a solution. */
    Line solved(double lambda, double... units) {
        Cholesky factor = factorised(lambda, units);
        double[][] all = new double[targets.length][];
        double[] constants = new double[targets.length];
        for (int k = 0; k < all.length; k++) {
            double[] b = new double[sums.length];
            for (int j = 0; j < b.length; j++) {
                double covariance = (withTargets[k][j] - sums[j] / weight * targets[k]) / weight;
                b[j] = units[j] == 0 ? 0 : covariance / units[j];
            }
            factor.solve(b);
            constants[k] = targets[k] / weight;
            for (int j = 0; j < b.length; j++) {
                b[j] = units[j] == 0 ? 0 : b[j] / units[j];
                constants[k] -= b[j] * sums[j] / weight;
            }
            all[k] = b;
        }
        return new Line(all, constants);
    }

    /** The variance of the weights, for errors of this variance. */
    Variance variance(double lambda, double ofErrors, double... units) {
        return new Variance(factorised(lambda, units), lambda, ofErrors / weight, units);
    }

    /** {@code A⁻¹·C·A⁻¹}, A being {@code C + λ·D}: how far weights move when rows are drawn again, without the bias of the penalty. */
    record Variance(Cholesky factor, double lambda, double scale, double... units) {

        /** Of {@code Σ contrast·weight}. */
        double of(double... contrast) {
            double[] v = new double[contrast.length];
            for (int j = 0; j < v.length; j++) {
                v[j] = units[j] == 0 ? 0 : contrast[j] / units[j];
            }
            double[] u = v.clone();
            factor.solve(u);
            double sum = 0;
            for (int j = 0; j < v.length; j++) {
                sum += u[j] * v[j] - lambda * u[j] * u[j]; // C = A − λ
            }
            return Math.max(0, sum * scale);
        }

        /** Of the line itself at a row with these terms. */
        double at(double[] means, double... terms) {
            double[] contrast = new double[terms.length];
            for (int j = 0; j < contrast.length; j++) {
                contrast[j] = terms[j] - means[j];
            }
            return scale + of(contrast);
        }

        /** How many numbers the line is worth, the constant among them: {@code 1 + trace(A⁻¹·C)}. */
        double freedom() {
            double trace = 1;
            for (int j = 0; j < units.length; j++) {
                double[] column = new double[units.length];
                column[j] = 1;
                factor.solve(column);
                trace += units[j] == 0 ? 0 : 1 - lambda * column[j];
            }
            return trace;
        }
    }
}
