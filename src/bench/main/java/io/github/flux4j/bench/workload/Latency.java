package io.github.flux4j.bench.workload;

import java.util.Arrays;

/**
 * Runs timed one by one, each from the end of the one before, so that no pause falls between two: four million, or as many as fit into some time,
 * after a warm-up.
 *
 * <p>The percentile p of n runs is the ⌈p·n⌉-th in order; it is told only if ten runs or more took longer.
 *
 * @param warmUp in nanoseconds
 * @param longest in nanoseconds
 */
record Latency(long warmUp, long longest) {

    static final Latency USUAL = new Latency(2_000_000_000L, 5_000_000_000L);

    private static final int MOST = 1 << 22;
    private static final int FEWEST_BEYOND = 10;
    private static final int CLOCK_READINGS = 100_000;

    Measured of(Runnable run) {
        long[] nanos = new long[MOST];
        long end = System.nanoTime() + warmUp;
        for (long left = warmUp; left > 0; left = end - System.nanoTime()) {
            time(run, nanos, left);
        }
        long[] sorted = Arrays.copyOf(nanos, time(run, nanos, longest));
        Arrays.sort(sorted);
        Measured.Tail tail = new Measured.Tail(percentile(0.99, sorted), percentile(0.999, sorted), clock());
        return new Measured(sorted[rank(0.5, sorted.length)], null, null, null, tail);
    }

    /** How many it timed. */
    private static int time(Runnable run, long[] into, long longest) {
        long begin = System.nanoTime();
        long last = begin;
        int count = 0;
        while (count < into.length && last - begin < longest) {
            run.run();
            long now = System.nanoTime();
            into[count++] = now - last;
            last = now;
        }
        return count;
    }

    static Double percentile(double p, long[] sorted) {
        int rank = rank(p, sorted.length);
        return sorted.length - 1 - rank < FEWEST_BEYOND ? null : (Double) (double) sorted[rank];
    }

    private static int rank(double p, int length) {
        return (int) Math.ceil(p * length) - 1;
    }

    /** On average, since its own unit may be longer. */
    private static double clock() {
        long begin = System.nanoTime();
        long last = begin;
        for (int i = 0; i < CLOCK_READINGS; i++) {
            last = System.nanoTime();
        }
        return (double) (last - begin) / CLOCK_READINGS;
    }
}
