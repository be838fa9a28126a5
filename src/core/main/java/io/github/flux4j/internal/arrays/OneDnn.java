package io.github.flux4j.internal.arrays;

import io.github.flux4j.internal.threads.BlasThreads;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * oneDNN's product of Float32 matrices, an alternative to OpenBLAS's for those who have {@code org.bytedeco:dnnl} on the class path. It
 * computes the products that it was measured to be faster at; {@code src/site/markdown/backends.md} has the figures.
 *
 * <p>For any thread.
 */
public final class OneDnn {

    /** The system property that keeps products to OpenBLAS, if it is {@code false}. */
    public static final String PROPERTY = "flux4j.onednn";

    private static final String PLATFORM = "linux-x86_64";

    /** Multiplications below which a call costs more than it saves. */
    private static final long SMALL = 1 << 15;

    /** Multiplications up to which nothing is faster than OpenBLAS's own code for AVX-512, which doesn't arrange matrices first. */
    private static final long LARGE = 1_000_000;

    /** OpenBLAS's names of that code. It falls back to code for AVX2 on processors that it doesn't know. */
    private static final Set<String> AVX512 = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

    private static volatile boolean allowed = !"false".equals(System.getProperty(PROPERTY));

    private OneDnn() {}

    /** Loaded by the first product that is large enough. */
    private static final class Library {

        static final String ABSENCE = absence();
        static final boolean IS_FOR_LARGE = ABSENCE == null;
        static final boolean IS_FOR_SMALL = IS_FOR_LARGE && !AVX512.contains(BlasThreads.kernel());

        private Library() {}

        private static String absence() {
            if (!PLATFORM.equals(Loader.getPlatform())) {
                return "it was measured on " + PLATFORM + " alone";
            }
            try {
                int best = dnnl.dnnl_get_effective_cpu_isa(); // loads it
                return (best & dnnl.dnnl_cpu_isa_avx512_core) == dnnl.dnnl_cpu_isa_avx512_core
                        ? withoutOpenBlas()
                        : "it is faster with AVX-512 alone";
            } catch (LinkageError e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                return "it isn't there, or a jar of it is missing: " + cause;
            }
        }

        private static String withoutOpenBlas() {
            Nd4jStart.require(); // which loads OpenBLAS
            return BlasThreads.kernel() == null ? "it was measured beside OpenBLAS alone" : null;
        }
    }

    /** ND4J's way to the OpenMP library that both share. */
    private static final class OpenMp {

        static final NativeOps CALLS = NativeOpsHolder.getInstance().getDeviceNativeOps();

        private OpenMp() {}
    }

    /** Whether it computes products of so many multiplications, of matrices such as this one. */
    public static boolean isFor(FloatPointer matrix, long multiplications) {
        return multiplications >= SMALL
                && allowed
                && (multiplications > LARGE ? Library.IS_FOR_LARGE : Library.IS_FOR_SMALL);
    }

    /** It has no product of Float64 matrices. */
    public static boolean isFor(DoublePointer matrix, long multiplications) {
        return false;
    }

    /** Allows or forbids it from now on, whatever the property says. */
    public static void allow(boolean allow) {
        allowed = allow;
    }

    /** Its version and what for, or why it computes nothing in this process. */
    public static String summary() {
        String absence = allowed ? Library.ABSENCE : "-D" + PROPERTY + "=false";
        if (absence != null) {
            return "not used: " + absence;
        }
        dnnl_version_t version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch() + ", for Float32 products of more than "
                + (Library.IS_FOR_SMALL ? SMALL : LARGE) + " multiplications";
    }

    /**
     * {@code C = op(A)·op(B) + keep·C} of row-major matrices, on the calling thread alone.
     *
     * @param transposedA whether op(A) [m, common] is Aᵀ
     * @param transposedB whether op(B) [common, n] is Bᵀ
     */
    public static void multiply(
            boolean transposedA,
            boolean transposedB,
            int m,
            int n,
            int common,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float keep,
            FloatPointer c,
            int ldc) {
        int threads = OpenMp.CALLS.ompGetMaxThreads();
        OpenMp.CALLS.setOmpNumThreads(1); // of this thread's own calls
        int status;
        try {
            status = dnnl.dnnl_sgemm(
                    letter(transposedA), letter(transposedB), m, n, common, 1, a, lda, b, ldb, keep, c, ldc);
        } finally {
            OpenMp.CALLS.setOmpNumThreads(threads);
        }
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN refused a product [" + m + ", " + common + "]·[" + common + ", " + n
                    + "] with status " + status + "; -D" + PROPERTY + "=false leaves it to OpenBLAS");
        }
    }

    /** For the generated twin of a class that computes with Float32; nobody calls it, since {@link #isFor(DoublePointer, long)} is never true. */
    public static void multiply(
            boolean transposedA,
            boolean transposedB,
            int m,
            int n,
            int common,
            DoublePointer a,
            int lda,
            DoublePointer b,
            int ldb,
            double keep,
            DoublePointer c,
            int ldc) {
        throw new UnsupportedOperationException("oneDNN multiplies Float32 matrices");
    }

    private static byte letter(boolean transposed) {
        return (byte) (transposed ? 'T' : 'N');
    }
}
