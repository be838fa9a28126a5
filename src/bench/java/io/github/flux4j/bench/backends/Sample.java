package io.github.flux4j.bench.backends;

import java.util.Map;

/**
 * What one process of a cell took.
 *
 * @param question for which it ran: what shares a process with others is only compared with what shares one with the same others *
 * @param nanos by workload
 * @param failure why there are none, else null
 */
record Sample(String question, Cell cell, int round, Map<String, Double> nanos, String failure) {}
