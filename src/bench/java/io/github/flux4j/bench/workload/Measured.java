package io.github.flux4j.bench.workload;

/**
 * What one process measured; what wasn't asked for is null.
 *
 * @param nanos of one run
 * @param processorNanos that all of the process's threads worked in one run, or waited actively
 * @param heapBytes allocated on the heap by one run
 * @param nativeBytes by which the process grew with one run
 * @param drift the time of late runs over that of early ones
 * @param residentBytes the most memory that the process had
 */
public record Measured(
        double nanos, Double processorNanos, Double heapBytes, Double nativeBytes, Double drift, Double residentBytes) {

    public static Measured of(double nanos) {
        return new Measured(nanos, null, null, null, null, null);
    }
}
