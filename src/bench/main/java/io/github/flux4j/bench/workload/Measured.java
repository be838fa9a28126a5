package io.github.flux4j.bench.workload;

/**
 * What one process measured; what wasn't asked for is null.
 *
 * @param nanos of one run
 * @param processorNanos that all of the process's threads worked in one run, or waited actively
 * @param heapBytes allocated on the heap by one run
 * @param firstNanos of the process's first run
 * @param tail of runs that were timed one by one
 */
public record Measured(double nanos, Double processorNanos, Double heapBytes, Double firstNanos, Tail tail) {

    /**
     * The slow ones of runs that were timed one by one; {@link #nanos} is their median.
     *
     * @param p99 that 99 % of them took at most, nanoseconds; null if they were too few to tell
     * @param p999 that 99.9 % of them took at most
     * @param clock what reading the clock takes, which is part of each
     */
    public record Tail(Double p99, Double p999, double clock) {}

    public static Measured of(double nanos) {
        return new Measured(nanos, null, null, null, null);
    }

    /** The 99th percentile. */
    public Double p99() {
        return tail == null ? null : tail.p99();
    }

    /** The 99.9th percentile. */
    public Double p999() {
        return tail == null ? null : tail.p999();
    }

    /** What reading the clock takes, where that is part of a run's time. */
    public Double clock() {
        return tail == null ? null : (Double) tail.clock();
    }

    /** How many were done in the first second. */
    public Double inTheFirstSecond() {
        return firstNanos == null ? null : (Double) (1e9 / nanos);
    }
}
