package io.github.flux4j.bench.workload;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** An operation whose every run gives the same array, of which a sample is compared. */
record Sampled(Runnable operation, IntToDoubleFunction result, int length) implements Job {

    @Override
    public void run() {
        operation.run();
    }

    @Override
    public double[] numbers(int runs) {
        operation.run();
        return Arrays.stream(Workloads.sample(length)).mapToDouble(result).toArray();
    }
}
