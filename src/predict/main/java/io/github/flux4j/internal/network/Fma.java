package io.github.flux4j.internal.network;

/**
 * Whether the processor multiplies and adds in one instruction. Where it does, the JIT makes vector instructions of sums of products that
 * are written so; where not, {@code Math.fma} calculates with BigDecimal. Java doesn't tell, so it is tried.
 */
public final class Fma {

    /** An instruction takes some tens of nanoseconds even in the interpreter, BigDecimal some thousands. */
    private static final long SLOW = 1_000;

    private static final int CALLS = 8;
    private static final int TIMES = 16;

    /** Whether it does. */
    public static final boolean IS_FAST = fastest() < SLOW * CALLS;

    private Fma() {}

    /** Of several times, since a thread may be put aside for a while. */
    private static long fastest() {
        long fastest = Long.MAX_VALUE;
        float sum = 0;
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            for (int k = 0; k < CALLS; k++) {
                sum = Math.fma(0.5f, k, sum);
            }
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return sum < 0 ? 0 : fastest; // the sum must count, or nothing needs be calculated
    }
}
