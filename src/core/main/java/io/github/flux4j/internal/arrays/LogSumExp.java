package io.github.flux4j.internal.arrays;

/**
 * The parts of {@code log Σ exp(xᵢ) = max + log Σ exp(xᵢ − max)} over part of an array. Callers keep them apart, since their sum loses the logarithm's digits
 * if max is large.
 */
public final class LogSumExp {

    private LogSumExp() {}

    /** The largest of elements {@code from} to {@code to} (exclusive); NaN if one is NaN. */
    public static double max(double[] x, int from, int to) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /** The largest of elements {@code from} to {@code to} (exclusive); NaN if one is NaN. */
    public static double max(float[] x, int from, int to) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /** {@code x − max}. Against an infinite max, an infinity gives 0 and all else −∞, as in NNlib: infinities share the row. */
    public static double below(double max, double x) {
        if (max == Double.POSITIVE_INFINITY) {
            return x == max ? 0 : Double.NEGATIVE_INFINITY;
        }
        return x - max;
    }
}
