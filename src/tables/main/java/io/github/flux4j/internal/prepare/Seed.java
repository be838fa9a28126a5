package io.github.flux4j.internal.prepare;

/** Seeds made of others: as different as they can be even where those count up, and the same whatever thread asks. */
public final class Seed {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seed() {}

    /** A seed for that part of what has this seed: a network, one of its epochs, a trial. */
    public static long mix(long seed, long... parts) {
        long mixed = scrambled(seed);
        for (long part : parts) {
            mixed = scrambled(mixed + GOLDEN * (part + 1));
        }
        return mixed;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014, variant 13 of Stafford). */
    private static long scrambled(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
