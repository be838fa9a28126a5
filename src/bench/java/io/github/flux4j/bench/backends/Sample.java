package io.github.flux4j.bench.backends;

import java.util.Map;

/**
 * What one process of a cell took.
 *
 * @param nanos by workload
 * @param failure why there are none, else null
 */
record Sample(Cell cell, int round, Map<String, Double> nanos, String failure) {}
