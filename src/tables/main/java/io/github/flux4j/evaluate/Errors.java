package io.github.flux4j.evaluate;

import io.github.flux4j.internal.figures.Order;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Formulas of errors of numbers, with weights w and e = y − ŷ. */
final class Errors {

    private static final double LEAST_DENOMINATOR = 0x1p-52; // scikit-learn's

    private Errors() {}

    /** Σ w·f(e) / Σ w. */
    static double mean(double[] y, double[] predictions, double[] w, DoubleUnaryOperator f) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < y.length; i++) {
            sum += w[i] * f.applyAsDouble(y[i] - predictions[i]);
            weights += w[i];
        }
        return sum / weights;
    }

    static double mean(double[] values, double[] w) {
        return mean(values, new double[values.length], w, value -> value);
    }

    static double square(double[] y, double[] predictions, double[] w) {
        return mean(y, predictions, w, e -> e * e);
    }

    static double mape(double[] y, double[] predictions, double[] w) {
        return mean(
                map(y.length, i -> Math.abs(y[i] - predictions[i]) / Math.max(Math.abs(y[i]), LEAST_DENOMINATOR)), w);
    }

    /** Half of the weight lies on either side; where a border does, the middle of its two values. */
    static double median(double[] y, double[] predictions, double[] w) {
        double[] e = map(y.length, i -> Math.abs(y[i] - predictions[i]));
        int[] order = IntStream.of(Order.by(e.length, i -> e[i]))
                .filter(i -> w[i] > 0)
                .toArray();
        double half = IntStream.of(order).mapToDouble(i -> w[i]).sum() / 2;
        double below = 0;
        for (int k = 0; k < order.length; k++) {
            below += w[order[k]];
            if (below > half || k == order.length - 1) {
                return e[order[k]];
            }
            if (below == half) {
                return (e[order[k]] + e[order[k + 1]]) / 2;
            }
        }
        throw new AssertionError("weights were checked");
    }

    /** 1 − Σ w·e² / Σ w·(y − ȳ)². */
    static double r2(double[] y, double[] predictions, double[] w) {
        if (IntStream.range(0, y.length).filter(i -> w[i] > 0).count() < 2) {
            return Double.NaN;
        }
        double mean = mean(y, w);
        return explained(square(y, predictions, w), mean(y, new double[y.length], w, v -> (v - mean) * (v - mean)));
    }

    /** 1 − Var(e) / Var(y). */
    static double explainedVariance(double[] y, double[] predictions, double[] w) {
        double bias = mean(y, predictions, w, e -> e);
        double mean = mean(y, w);
        return explained(
                mean(y, predictions, w, e -> (e - bias) * (e - bias)),
                mean(y, new double[y.length], w, v -> (v - mean) * (v - mean)));
    }

    /** As scikit-learn where all targets are the same: 1 for predictions without error, else 0. */
    private static double explained(double left, double all) {
        if (left == 0) {
            return 1;
        }
        return all == 0 ? 0 : 1 - left / all;
    }

    static double largest(double[] y, double[] predictions, double[] w) {
        return IntStream.range(0, y.length)
                .filter(i -> w[i] > 0)
                .mapToDouble(i -> Math.abs(y[i] - predictions[i]))
                .max()
                .orElseThrow();
    }

    static double squareOfLogs(double[] y, double[] predictions, double[] w) {
        requireNotNegative(y, "targets");
        requireNotNegative(predictions, "predictions");
        return square(map(y.length, i -> Math.log1p(y[i])), map(y.length, i -> Math.log1p(predictions[i])), w);
    }

    private static void requireNotNegative(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new IllegalArgumentException("rmsle takes logarithms, so " + name + " must be 0 or more, but row "
                        + i + " is " + values[i] + "; use rms, or predictions that can't be negative");
            }
        }
    }

    private static double[] map(int rows, IntToDoubleFunction value) {
        return IntStream.range(0, rows).mapToDouble(value).toArray();
    }
}
