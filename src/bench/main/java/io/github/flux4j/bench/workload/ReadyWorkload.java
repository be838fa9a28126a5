package io.github.flux4j.bench.workload;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A workload that is ready. Not safe for threads. */
public interface ReadyWorkload extends AutoCloseable {

    /** Once, as it is timed. */
    void run();

    /** Forgets all runs; what every run does anew, there is no need to. */
    default void restart() {}

    /** Its numbers after so many runs in all; it does those that are missing. Of a large result a sample. Of −n runs, predictions for batch n. */
    double[] numbers(int runs);

    /** An operation whose every run gives the same array, of which a sample is compared. */
    static ReadyWorkload of(Runnable operation, IntToDoubleFunction result, int length) {
        return new ReadyWorkload() {
            @Override
            public void run() {
                operation.run();
            }

            @Override
            public double[] numbers(int runs) {
                operation.run();
                return Arrays.stream(Workloads.sample(length))
                        .mapToDouble(result)
                        .toArray();
            }
        };
    }

    /** Of a workload that times itself, all of it. */
    default Measured once() {
        throw new UnsupportedOperationException("it is timed in a loop");
    }

    /** What the contender says of itself: version, BLAS, threads; empty if there is nothing to say. */
    default String about() {
        return "";
    }

    @Override
    default void close() {}
}
