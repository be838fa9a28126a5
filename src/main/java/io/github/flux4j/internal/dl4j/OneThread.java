package io.github.flux4j.internal.dl4j;

import io.github.flux4j.internal.natives.BlasThreads;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets BLAS and ND4J's own operations use one thread while DL4J computes, and puts their numbers back afterwards: with more, BLAS's
 * threads and ND4J's wait for each other, and a large step takes several times longer.
 */
final class OneThread implements AutoCloseable {

    private final Environment nd4j = Nd4j.getEnvironment();
    private final int before = nd4j.maxMasterThreads();

    OneThread() {
        nd4j.setMaxMasterThreads(1);
        BlasThreads.enter();
    }

    @Override
    public void close() {
        BlasThreads.leave();
        nd4j.setMaxMasterThreads(before);
    }
}
