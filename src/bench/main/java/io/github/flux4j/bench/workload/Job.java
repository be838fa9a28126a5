package io.github.flux4j.bench.workload;

import java.io.IOException;

/** A workload that is ready. Not safe for threads. */
public interface Job extends AutoCloseable {

    /** Once, as it is timed. */
    void run();

    /** Its numbers after so many runs in all; it does those that are missing. Of a large result a sample. */
    double[] numbers(int runs);

    /** Of a workload that times itself, all of it. */
    default Measured once() throws IOException {
        throw new UnsupportedOperationException("it is timed in a loop");
    }

    /** What the contender says of itself: version, BLAS, threads; empty if there is nothing to say. */
    default String about() {
        return "";
    }

    @Override
    default void close() {}
}
