package io.github.flux4j.internal.threads;

import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Keeps ND4J's own operations on one thread while somebody needs that, as {@link BlasThreads} OpenBLAS's products. */
public final class Nd4jThreads {

    private static final Environment ND4J = Nd4j.getEnvironment();
    private static final HeldAtOne THREADS = new HeldAtOne(ND4J::maxMasterThreads, ND4J::setMaxMasterThreads);

    private Nd4jThreads() {}

    /** From here on ND4J's operations use one thread. */
    public static void enter() {
        THREADS.enter();
    }

    /** Ends what {@link #enter} began. */
    public static void leave() {
        THREADS.leave();
    }

    /** Threads of an operation when nobody keeps it at one. */
    public static int get() {
        return THREADS.get();
    }

    /** Sets that, and no more than ND4J was started with. */
    public static void set(int threads) {
        THREADS.set(Math.min(threads, ND4J.maxThreads()));
    }
}
