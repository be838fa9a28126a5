package io.github.flux4j.internal.natives;

import io.github.flux4j.engine.Threads;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_full;

/**
 * Keeps OpenBLAS from dividing products among threads of its own: the lean engine divides them among its, and on the DL4J engine ND4J's
 * threads would be in the way. OpenBLAS's number of threads is one for the whole process, so it is counted who wants it to be 1, and the
 * last one puts back what was there.
 */
public final class BlasThreads {

    private static final boolean SETTABLE = isSettable();

    private static int users;
    private static volatile int before = 1;

    private BlasThreads() {}

    /** Another BLAS, or that of an old JavaCPP, can't be told within nanoseconds; asked the same way, it would end the process. */
    private static boolean isSettable() {
        openblas.blas_get_vendor(); // loads it
        if (!JavaCppNatives.isOpenBlas() || System.getProperty("org.bytedeco.openblas.load") != null) {
            return false;
        }
        try {
            return openblas_full.openblas_get_num_threads() > 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** From here on OpenBLAS uses one thread a caller. */
    public static synchronized void enter() {
        if (SETTABLE && users++ == 0) {
            before = openblas_full.openblas_get_num_threads();
            if (before > 1) {
                openblas_full.openblas_set_num_threads(1);
            }
        }
    }

    /** Ends what {@link #enter} began. */
    public static synchronized void leave() {
        if (SETTABLE && --users == 0 && before > 1) {
            openblas_full.openblas_set_num_threads(before);
        }
    }

    /** Among how many threads to divide work that has so many parts, between {@link #enter} and {@link #leave}: as many as OpenBLAS would. */
    public static int forParts(long parts) {
        return parts < 2 ? 1 : (int) Math.min(parts, Math.min(Threads.limit(), before));
    }
}
