package io.github.flux4j.internal.line;

import java.util.Arrays;

/**
 * The mean loss of a line over rows, and its penalty {@code ½·λ·Σ(unit·weight)²}: half the squared error, or the log loss of classes, of which two have one
 * output. Its numbers are the weights in units of their terms, output after output, then the constants.
 */
final class PenalisedLoss implements Minimiser.Objective {

    private final LinearRows rows;
    private final double[][] targets;
    private final double[] weights;
    private final int[] which;
    private final double[] units;
    private final boolean areClasses;
    private final double lambda;
    private final double all;

    /**
     * Of these rows.
     *
     * @param targets by output and row: numbers, or 1 for the row's class
     * @param weights null if all rows count the same
     */
    PenalisedLoss(
            LinearRows rows,
            double[][] targets,
            double[] weights,
            int[] which,
            double[] units,
            boolean areClasses,
            double lambda) {
        this.rows = rows;
        this.targets = targets;
        this.weights = weights;
        this.which = which;
        this.units = units;
        this.areClasses = areClasses;
        this.lambda = lambda;
        this.all = Arrays.stream(which).mapToDouble(this::weight).sum();
    }

    private double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The line with the least loss, from these numbers on, which become its own; in so many steps, or until no slope is larger than the tolerance. */
    Line minimised(int most, double tolerance, double... start) {
        Minimiser.minimise(this, start, most, tolerance);
        double[][] scaled = scaled(start);
        return new Line(scaled, Arrays.copyOfRange(start, targets.length * units.length, start.length));
    }

    private double[][] scaled(double... numbers) {
        double[][] scaled = new double[targets.length][units.length];
        for (int k = 0; k < scaled.length; k++) {
            for (int j = 0; j < units.length; j++) {
                scaled[k][j] = units[j] == 0 ? 0 : numbers[k * units.length + j] / units[j];
            }
        }
        return scaled;
    }

    @Override
    public double at(double[] x, double[] gradient) {
        int outputs = targets.length;
        int size = units.length;
        double[][] line = scaled(x);
        double[][] slopes = new double[outputs][size];
        double[] constants = new double[outputs];
        double[] z = new double[outputs];
        double loss = 0;
        for (int row : which) {
            double share = weight(row) / all;
            for (int k = 0; k < outputs; k++) {
                z[k] = x[outputs * size + k] + rows.product(row, line[k]);
            }
            loss += share * loss(row, z);
            for (int k = 0; k < outputs; k++) {
                rows.add(row, share * z[k], slopes[k]);
                constants[k] += share * z[k];
            }
        }
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < size; j++) {
                double number = x[k * size + j];
                loss += lambda / 2 * number * number;
                gradient[k * size + j] = lambda * number + (units[j] == 0 ? 0 : slopes[k][j] / units[j]);
            }
            gradient[outputs * size + k] = constants[k];
        }
        return loss;
    }

    /** A row's loss; its slopes take the outputs' place. */
    private double loss(int row, double... z) {
        if (!areClasses) {
            double sum = 0;
            for (int k = 0; k < z.length; k++) {
                z[k] -= targets[k][row];
                sum += z[k] * z[k] / 2;
            }
            return sum;
        }
        return z.length == 1 ? ofTwo(row, z) : ofClasses(row, z);
    }

    private double ofTwo(int row, double... z) {
        double y = targets[0][row];
        double loss = Math.max(z[0], 0) - y * z[0] + Math.log1p(Math.exp(-Math.abs(z[0])));
        z[0] = 1 / (1 + Math.exp(-z[0])) - y;
        return loss;
    }

    private double ofClasses(int row, double... z) {
        double most = Arrays.stream(z).max().orElseThrow();
        double sum = 0;
        double right = 0;
        for (int k = 0; k < z.length; k++) {
            right += targets[k][row] * (z[k] - most);
            z[k] = Math.exp(z[k] - most);
            sum += z[k];
        }
        for (int k = 0; k < z.length; k++) {
            z[k] = z[k] / sum - targets[k][row];
        }
        return Math.log(sum) - right;
    }
}
