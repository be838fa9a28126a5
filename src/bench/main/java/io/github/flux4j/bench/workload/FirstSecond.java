package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contender;

/** How much a contender that has done nothing yet gets done in the second after its first step began, while Java still compiles it. */
final class FirstSecond {

    private static final long SECOND = 1_000_000_000L;

    private FirstSecond() {}

    /** Nanoseconds of a step, on average over that second; if the first takes longer, of that one. */
    static Measured of(Contender contender) {
        long begin = System.nanoTime();
        contender.step();
        long first = System.nanoTime() - begin;
        long nanos = first;
        int steps = 1;
        for (; nanos < SECOND; steps++) {
            contender.step();
            nanos = System.nanoTime() - begin;
        }
        return Measured.ofFirst((double) nanos / steps, first);
    }
}
