package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.model.HeldOutIntervals;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far off networks were on rows that they weren't trained on.
 *
 * @param size Rᵢ
 * @param member whose they are; {@link Held#ALL}
 */
public record Residuals(double[] size, int[] member) {

    /** Keeps level·(n + 1) from rising above a whole number by rounding. */
    private static final double ROUNDING = 1e-9;

    /** What they say of new rows. */
    public HeldOutIntervals intervals() {
        return HeldOutIntervals.of(size, member);
    }

    /**
     * The share of the rows whose residual is within what the rows of the other networks say at this level; for a single network, within what all
     * rows say.
     */
    public double coverage(double level) {
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
    public double width(double level) {
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
