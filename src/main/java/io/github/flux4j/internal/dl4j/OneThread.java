package io.github.flux4j.internal.dl4j;

import io.github.flux4j.internal.natives.BlasThreads;
import io.github.flux4j.internal.natives.Nd4jThreads;

/**
 * Lets BLAS and ND4J's own operations use one thread while DL4J computes, and puts their numbers back afterwards: with more, BLAS's
 * threads and ND4J's wait for each other, and a large step takes several times longer.
 */
final class OneThread implements AutoCloseable {

    OneThread() {
        BlasThreads.enter();
        Nd4jThreads.enter();
    }

    @Override
    public void close() {
        Nd4jThreads.leave();
        BlasThreads.leave();
    }
}
