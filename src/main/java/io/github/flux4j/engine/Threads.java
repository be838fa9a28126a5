package io.github.flux4j.engine;

/** How many threads flux4j's own loops may share their work among, in the whole process. BLAS and ND4J count theirs themselves. */
public final class Threads {

    private static final int MOST = Runtime.getRuntime().availableProcessors();

    private static volatile int limit = MOST;

    private Threads() {}

    /** As many as were allowed, and no more than there are. */
    public static int limit() {
        return limit;
    }

    /** Allows so many, 1 or more. */
    public static void limit(int threads) {
        limit = Math.min(threads, MOST);
    }
}
