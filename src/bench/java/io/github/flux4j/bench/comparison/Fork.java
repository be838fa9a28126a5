package io.github.flux4j.bench.comparison;

/**
 * What one process measured.
 *
 * @param nanos the median of its iterations
 * @param heapBytes allocated on the heap by one step
 * @param residentBytes the most memory the process had; 0 where it isn't asked
 */
record Fork(double nanos, double heapBytes, long residentBytes) {}
