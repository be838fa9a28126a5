package io.github.flux4j.bench.comparison;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured: rounds, in each of which every cell gets a process of its own, and in each process some iterations.
 *
 * @param rounds processes a cell
 * @param warmup before iterations count
 * @param iterations how many count
 * @param length of one iteration
 * @param mostFlop of the steps over which agreement is proved, for one contender and problem
 */
record Pace(int rounds, TimeValue warmup, int iterations, TimeValue length, double mostFlop) {

    /** For a first impression: one process a cell. */
    static final Pace QUICK = new Pace(1, TimeValue.milliseconds(750), 5, TimeValue.milliseconds(50), 1e10);

    /** For results that are kept. */
    static final Pace THOROUGH = new Pace(5, TimeValue.milliseconds(1500), 5, TimeValue.milliseconds(300), 6e10);

    Pace withRounds(int other) {
        return new Pace(other, warmup, iterations, length, mostFlop);
    }
}
