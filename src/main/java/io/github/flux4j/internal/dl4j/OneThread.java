package io.github.flux4j.internal.dl4j;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets BLAS use one thread while DL4J computes, and puts its number back afterwards: with more, BLAS's threads and ND4J's own wait for each
 * other, and a large step takes several times longer. Setting the number costs 0.2 ms, so it is left alone where products are too small
 * for BLAS to divide.
 */
final class OneThread implements AutoCloseable {

    /** Multiplications from which on OpenBLAS divides a product among threads. */
    private static final long DIVIDED_FROM = 1 << 18;

    private final Blas blas = Nd4j.factory().blas();
    private final int before;

    /** For a step whose largest product has so many multiplications. */
    OneThread(long multiplications) {
        before = multiplications < DIVIDED_FROM ? 1 : blas.getMaxThreads();
        if (before > 1) {
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
