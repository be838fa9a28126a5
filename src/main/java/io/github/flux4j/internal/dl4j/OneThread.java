package io.github.flux4j.internal.dl4j;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets BLAS use one thread while DL4J computes, and puts its number back afterwards: with more, BLAS's threads and ND4J's own wait for each
 * other, and a large step takes several times longer.
 */
final class OneThread implements AutoCloseable {

    private final Blas blas = Nd4j.factory().blas();
    private final int before = blas.getMaxThreads();

    OneThread() {
        if (before != 1) {
            blas.setMaxThreads(1);
        }
    }

    @Override
    public void close() {
        if (before > 1) {
            blas.setMaxThreads(before);
        }
    }
}
