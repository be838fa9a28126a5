package io.github.flux4j.threads;

/** How many threads flux4j's own loops may share their work among, in the whole process. BLAS and ND4J count theirs themselves. */
public final class Threads {

    private static final int MOST = most(System.getenv("OMP_NUM_THREADS"));

    private static volatile int limit = MOST;

    private Threads() {}

    /** One for each processor, or fewer if the variable that BLAS and ND4J heed says so. */
    static int most(String variable) {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean isNumber = variable != null && variable.matches("[1-9]\\d{0,8}");
        return isNumber ? Math.min(processors, Integer.parseInt(variable)) : processors;
    }

    /** As many as were allowed, and no more than there are. */
    public static int limit() {
        return limit;
    }

    /** Allows so many, 1 or more. */
    public static void limit(int threads) {
        limit = Math.min(threads, MOST);
    }
}
