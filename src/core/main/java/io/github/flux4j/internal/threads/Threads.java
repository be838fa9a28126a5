package io.github.flux4j.internal.threads;

import java.util.function.Supplier;

/** How many threads flux4j's own loops may share their work among, in the whole process. BLAS and ND4J count theirs themselves. */
public final class Threads {

    private static final int MOST = most(System.getenv("OMP_NUM_THREADS"));

    private static volatile int limit = MOST;

    /** Of threads that work {@link #within} a limit of their own; set only for the length of an action. */
    private static final ThreadLocal<Integer> WITHIN = new ThreadLocal<>();

    private Threads() {}

    /** One for each processor, or fewer if the variable that BLAS and ND4J heed says so. */
    static int most(String variable) {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean isNumber = variable != null && variable.matches("[1-9]\\d{0,8}");
        return isNumber ? Math.min(processors, Integer.parseInt(variable)) : processors;
    }

    /** As many as were allowed for the process or, if that is fewer, for the calling thread; no more than there are. */
    public static int limit() {
        Integer own = WITHIN.get();
        return own == null ? limit : Math.min(own, limit);
    }

    /** As many as were allowed for the process. */
    public static int ofProcess() {
        return limit;
    }

    /** Allows the process so many, 1 or more. */
    public static void limit(int threads) {
        limit = Math.min(threads, MOST);
    }

    /**
     * Runs an action for which the calling thread divides its work among so many threads at most, so that several such actions run side by
     * side. Other threads are not concerned.
     *
     * @param threads 1 or more
     */
    public static <T> T within(int threads, Supplier<T> action) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, but was " + threads);
        }
        Integer before = WITHIN.get();
        WITHIN.set(threads);
        try {
            return action.get();
        } finally {
            if (before == null) {
                WITHIN.remove();
            } else {
                WITHIN.set(before);
            }
        }
    }
}
