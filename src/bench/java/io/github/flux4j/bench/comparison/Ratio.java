package io.github.flux4j.bench.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The median of some times over the median of others, with its 95 % interval: the percentile bootstrap over processes (Efron and
 * Tibshirani 1993, An Introduction to the Bootstrap, chapter 13), each side drawn for itself. The draws are seeded, so the same times
 * always have the same interval.
 *
 * @param value below 1 if the first take less time
 */
record Ratio(double value, double low, double high) {

    /** From fewer times an interval of 95 % can't be had: the bootstrap's would be too narrow. */
    static final int FEWEST = 5;

    private static final int DRAWS = 10_000;
    private static final long SEED = 42;

    /**
     * The ratio of two sets of times.
     *
     * @throws IllegalArgumentException if one has fewer than {@value #FEWEST}
     */
    static Ratio of(double[] nanos, double[] others) {
        return of(nanos, others, DRAWS);
    }

    static Ratio of(double[] nanos, double[] others, int draws) {
        if (Math.min(nanos.length, others.length) < FEWEST) {
            throw new IllegalArgumentException("an interval needs at least " + FEWEST
                    + " times on either side, but there are " + nanos.length + " and " + others.length);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] ratios = new double[draws];
        for (int i = 0; i < draws; i++) {
            ratios[i] = ratio(drawn(nanos, random), drawn(others, random));
        }
        Arrays.sort(ratios);
        int beyond = draws / 40; // 2.5 % on either side
        return new Ratio(ratio(nanos, others), ratios[beyond], ratios[draws - 1 - beyond]);
    }

    private static double ratio(double[] nanos, double[] others) {
        return Measurement.median(nanos) / Measurement.median(others);
    }

    /** As many as there are, each from all of them. */
    private static double[] drawn(double[] values, SplittableRandom random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        return drawn;
    }

    /** Slower or faster only if the interval leaves 1 out. */
    String verdict() {
        return low > 1 ? "slower" : high < 1 ? "faster" : "no difference seen";
    }
}
