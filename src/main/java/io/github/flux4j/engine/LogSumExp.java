package io.github.flux4j.engine;

/** {@code log Σ exp(xᵢ)} over part of an array, from differences to its maximum, so that nothing overflows. */
public final class LogSumExp {

    private LogSumExp() {}

    /** Over elements {@code from} to before {@code to}. */
    public static double of(double[] x, int from, int to) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(x[i] - max);
        }
        return max + Math.log(sum);
    }
}
