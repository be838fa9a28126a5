package io.github.flux4j.internal.dl4j;

import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets ND4J's own operations use one thread while DL4J computes, and puts their number back afterwards: with more, BLAS's threads and
 * ND4J's wait for each other, and a large step takes several times longer. Setting this number costs nothing; setting BLAS's instead
 * would cost 0.2 ms or more.
 */
final class OneThread implements AutoCloseable {

    private final Environment nd4j = Nd4j.getEnvironment();
    private final int before = nd4j.maxMasterThreads();

    OneThread() {
        nd4j.setMaxMasterThreads(1);
    }

    @Override
    public void close() {
        nd4j.setMaxMasterThreads(before);
    }
}
