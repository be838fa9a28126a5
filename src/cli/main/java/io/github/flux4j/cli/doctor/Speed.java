package io.github.flux4j.cli.doctor;

import io.github.flux4j.cli.PairedRatio;
import java.util.List;

/**
 * What was measured with the threads that this process has by itself and, in the same rounds, with others.
 *
 * @param blasThreads that BLAS divides a product among
 * @param gflops of a product of 512×512 matrices, in 10⁹ operations a second
 * @param gflopsOneThread null if {@code blasThreads} is 1
 * @param stepMillis of forward and backward products and element-wise operations by ND4J, as DL4J does them: 784-512-256, batch 128
 * @param again the same step timed once more in each round, over the first time: holds 1 unless the machine is too busy to measure
 * @param alternatives to the threads that there are; none if BLAS and ND4J have one each
 */
record Speed(
        int blasThreads,
        double gflops,
        Double gflopsOneThread,
        double stepMillis,
        PairedRatio again,
        List<Alternative> alternatives) {

    /**
     * Other threads.
     *
     * @param set what sets them
     * @param stepMillis the median
     * @param ratio of a step's time to that as it is
     */
    record Alternative(String set, double stepMillis, PairedRatio ratio) {}
}
