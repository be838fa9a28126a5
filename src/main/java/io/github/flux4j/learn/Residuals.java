package io.github.flux4j.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far off networks were on rows that they weren't trained on, and what that says of new rows: CV+ (Barber, Candès, Ramdas and Tibshirani 2021).
 *
 * <p>At level 1 − α, with n residuals Rᵢ = |yᵢ − μᵢ(xᵢ)| where μᵢ is the network that left out row i, the interval of x reaches from the
 * ⌊α(n + 1)⌋-th smallest of μᵢ(x) − Rᵢ to the ⌈(1 − α)(n + 1)⌉-th of μᵢ(x) + Rᵢ. It covers new rows of the same kind with a probability of at
 * least 1 − 2α whatever their distribution, and in practice with 1 − α.
 *
 * @param size Rᵢ
 * @param member whose they are; {@link Held#ALL}
 */
record Residuals(double[] size, int[] member) {

    /** Keeps α(n + 1) from falling below a whole number by rounding. */
    private static final double ROUNDING = 1e-9;

    /**
     * The interval where each network, and all together, predict so much.
     *
     * @throws IllegalStateException if there are no residuals
     * @throws IllegalArgumentException if the level isn't between 0 and 1
     */
    Interval interval(double[] ofEach, double ofAll, double level) {
        require(level);
        int n = size.length;
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            double predicted = member[i] == Held.ALL ? ofAll : ofEach[member[i]];
            low[i] = predicted - size[i];
            high[i] = predicted + size[i];
        }
        Arrays.sort(low);
        Arrays.sort(high);
        int from = (int) Math.floor((1 - level) * (n + 1) + ROUNDING);
        int to = (int) Math.ceil(level * (n + 1) - ROUNDING);
        return new Interval(
                from < 1 ? Double.NEGATIVE_INFINITY : low[from - 1], to > n ? Double.POSITIVE_INFINITY : high[to - 1]);
    }

    private void require(double level) {
        if (size.length == 0) {
            throw new IllegalStateException("intervals need rows that were left out, but this fit left out none;"
                    + " fit with patience, or with more networks than one");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level must be above 0 and below 1, such as 0.9, but was " + level);
        }
    }

    /**
     * The share of the rows whose residual is within what the rows of the other networks say at this level; for a single network, within what all
     * rows say.
     */
    double coverage(double level) {
        long covered = 0;
        for (int k : Arrays.stream(member).distinct().toArray()) {
            double[] others = others(k);
            double bound = quantile(others.length == 0 ? size : others, level);
            for (int i = 0; i < size.length; i++) {
                covered += member[i] == k && size[i] <= bound ? 1 : 0;
            }
        }
        return covered / (double) size.length;
    }

    /** How wide intervals of this level are, but for the disagreement of networks. */
    double width(double level) {
        return 2 * quantile(size, level);
    }

    private double[] others(int k) {
        return IntStream.range(0, size.length)
                .filter(i -> member[i] != k)
                .mapToDouble(i -> size[i])
                .toArray();
    }

    private static double quantile(double[] values, double level) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int at = (int) Math.ceil(level * (sorted.length + 1) - ROUNDING);
        return at > sorted.length ? Double.POSITIVE_INFINITY : sorted[at - 1];
    }
}
