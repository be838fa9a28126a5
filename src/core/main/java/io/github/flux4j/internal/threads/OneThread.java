package io.github.flux4j.internal.threads;

/**
 * Lets BLAS and ND4J's own operations use one thread while DL4J computes, and puts their numbers back afterwards: with more, BLAS's
 * threads and ND4J's wait for each other, and a large step takes several times longer.
 */
public final class OneThread implements AutoCloseable {

    /** Until it is closed. */
    public OneThread() {
        BlasThreads.enter();
        Nd4jThreads.enter();
    }

    @Override
    public void close() {
        Nd4jThreads.leave();
        BlasThreads.leave();
    }
}
