package io.github.flux4j.cli.doctor;

/**
 * What was measured with the threads that this process has by itself and, if those are several, with one.
 *
 * @param blasThreads that BLAS divides a product among
 * @param gflops of a product of 512×512 matrices, in 10⁹ operations a second
 * @param gflopsOneThread null if {@code blasThreads} is 1
 * @param stepMillis of forward and backward products and element-wise operations by ND4J, as DL4J does them: 784-512-256, batch 128
 * @param stepMillisOneThread null if BLAS and ND4J have one thread each
 */
record Speed(int blasThreads, double gflops, Double gflopsOneThread, double stepMillis, Double stepMillisOneThread) {}
