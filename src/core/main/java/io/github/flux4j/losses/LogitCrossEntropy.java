package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.internal.arrays.LogSumExp;

/** {@code −Σ y·logsoftmax(ŷ)} over the classes; ∂/∂ŷ = softmax(ŷ)·Σy − y. A single class is an error, since its loss would always be 0. */
final class LogitCrossEntropy implements LossFormula.OfFloats {

    @Override
    public double terms(int rows, int columns) {
        return rows;
    }

    @Override
    public void require(String loss, LossInput batch) {
        requireClasses(loss, batch.columns());
    }

    @Override
    public void require(String loss, float[] predictions, float[] targets, int rows, int columns) {
        requireClasses(loss, columns);
    }

    private static void requireClasses(String loss, int columns) {
        if (columns == 1) {
            throw Probabilities.oneClass(loss);
        }
    }

    @Override
    public double sum(LossInput batch, double scale, double[] gradient) {
        double total = 0;
        for (int row = 0; row < batch.rows(); row++) {
            total += batch.weight(row) * row(batch, row * batch.columns(), gradient, scale * batch.weight(row));
        }
        return total;
    }

    @Override
    public double sum(float[] p, float[] y, double[] weights, int rows, int columns, double scale, float[] gradient) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = weights == null ? 1 : weights[row];
            total += weight * row(p, y, row * columns, (row + 1) * columns, gradient, scale * weight);
        }
        return total;
    }

    /** The gradient holds the exponentials meanwhile, since computing them takes most of the time. */
    private static double row(float[] logits, float[] y, int from, int to, float[] gradient, double scale) {
        double max = LogSumExp.max(logits, from, to);
        double sum = 0;
        double mass = 0;
        double product = 0;
        for (int i = from; i < to; i++) {
            double below = LogSumExp.below(max, logits[i]);
            double exp = Math.exp(below);
            gradient[i] = (float) exp;
            sum += exp;
            mass += y[i];
            product += product(y[i], below);
        }
        for (int i = from; i < to; i++) {
            gradient[i] = (float) (scale * (gradient[i] / sum * mass - y[i]));
        }
        return mass * Math.log(sum) - product;
    }

    private static double row(LossInput batch, int from, double[] gradient, double scale) {
        double[] logits = batch.predictions();
        double[] y = batch.targets();
        int to = from + batch.columns();
        double max = LogSumExp.max(logits, from, to);
        double sum = 0;
        double mass = 0;
        double product = 0;
        for (int i = from; i < to; i++) {
            double below = LogSumExp.below(max, logits[i]);
            sum += Math.exp(below);
            mass += y[i];
            product += product(y[i], below);
        }
        for (int i = from; i < to && gradient != null; i++) {
            gradient[i] = scale * (Math.exp(LogSumExp.below(max, logits[i])) / sum * mass - y[i]);
        }
        return mass * Math.log(sum) - product;
    }

    /** A class with target 0 may be impossible, with logit −∞: 0·∞ is 0, as for Flux's one-hot targets, which are Bool. */
    private static double product(double y, double below) {
        return y == 0 ? 0 : y * below;
    }
}
