package io.github.flux4j.bench.backends;

import java.util.Arrays;

/**
 * Times of a workload in a cell, over the processes, in nanoseconds.
 *
 * @param processes how many
 */
record Figure(double median, double least, double most, int processes) {

    /** Below this, a difference is not worth a sentence even where it is larger than the spread. */
    private static final double WORTH_A_WORD = 1.05;

    static Figure of(double... nanos) {
        double[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Whether even its slowest process was faster than the other's fastest, by a difference worth a word. */
    boolean isClearlyFasterThan(Figure other) {
        return most < other.least && other.median > WORTH_A_WORD * median;
    }

    /** Half the range over the median. */
    double spread() {
        return (most - least) / 2 / median;
    }
}
