package io.github.flux4j.internal.threads;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_full;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps OpenBLAS from dividing products among threads of its own: the lean engine divides them among its, and on the DL4J engine ND4J's
 * threads would be in the way.
 */
public final class BlasThreads {

    private BlasThreads() {}

    /** Loaded by the first work that is worth dividing: JavaCPP takes longer for it than a small model for its first prediction. */
    private static final class Setting {

        static final boolean IS_THERE = isSettable();

        static final HeldAtOne THREADS = new HeldAtOne(BlasThreads::current, BlasThreads::become);

        private Setting() {}
    }

    /** Another BLAS, or that of an old JavaCPP, can't be told within nanoseconds; asked the same way, it would end the process. */
    private static boolean isSettable() {
        openblas.blas_get_vendor(); // loads it
        if (!isOpenBlas() || System.getProperty("org.bytedeco.openblas.load") != null) {
            return false;
        }
        try {
            return current() > 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static int current() {
        return openblas_full.openblas_get_num_threads();
    }

    private static void become(int threads) {
        openblas_full.openblas_set_num_threads(threads);
    }

    /** From here on OpenBLAS uses one thread a caller. */
    public static void enter() {
        if (Setting.IS_THERE) {
            Setting.THREADS.enter();
        }
    }

    /** Ends what {@link #enter} began. */
    public static void leave() {
        if (Setting.IS_THERE) {
            Setting.THREADS.leave();
        }
    }

    /** Among how many threads to divide work that has so many parts, between {@link #enter} and {@link #leave}: as many as OpenBLAS would. */
    public static int forParts(long parts) {
        return parts < 2 ? 1 : (int) Math.min(parts, Math.min(Threads.limit(), Setting.THREADS.outside()));
    }

    /** Threads of a product when nobody keeps it at one. ND4J knows no number as long as ND4J_SKIP_BLAS_THREADS keeps it from setting one. */
    public static int get() {
        if (Setting.IS_THERE) {
            return Setting.THREADS.get();
        }
        int known = Nd4j.factory().blas().getMaxThreads();
        return known < 1 && isOpenBlas() ? current() : known;
    }

    /** Sets that; by ND4J too, which then knows number and vendor. */
    public static void set(int threads) {
        synchronized (Setting.class) {
            Nd4j.factory().blas().setMaxThreads(threads);
            if (Setting.IS_THERE) {
                Setting.THREADS.set(threads);
            }
        }
    }

    /** The processor that OpenBLAS chose its code for, such as Haswell; null if that can't be asked. */
    public static String kernel() {
        return Setting.IS_THERE ? openblas_full.openblas_get_corename().getString() : null;
    }

    /** Whether BLAS is OpenBLAS. */
    public static boolean isOpenBlas() {
        return Loader.getLoadedLibraries().keySet().stream().anyMatch(name -> name.startsWith("openblas@"));
    }
}
