package io.github.flux4j.internal.arrays;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea and Flood 2014): it gives the numbers of {@link java.util.SplittableRandom} with the same seed, but exposes its state, so that
 * another process can continue. Not thread-safe.
 */
public final class SplitMix implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** A step with fewer bit changes than this is weak. */
    private static final int FEWEST_CHANGES = 24;

    private long seed;
    private long gamma;

    /** Makes a generator with this seed. */
    public SplitMix(long seed) {
        this(seed, GOLDEN_GAMMA);
    }

    private SplitMix(long seed, long gamma) {
        this.seed = seed;
        this.gamma = gamma;
    }

    /**
     * A generator's state.
     *
     * @param gamma what is added to the seed for each number; odd
     */
    public record State(long seed, long gamma) {

        public State {
            if ((gamma & 1) == 0) {
                throw new IllegalArgumentException("gamma must be odd, but was " + gamma);
            }
        }

        /** Parses what {@link #toString} writes. */
        public static State parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 2 || !text.matches("[0-9a-f]{1,16}:[0-9a-f]{1,16}")) {
                throw new IllegalArgumentException(
                        "expected a generator's state such as 2a:9e3779b97f4a7c15, but got " + text);
            }
            return new State(Long.parseUnsignedLong(parts[0], 16), Long.parseUnsignedLong(parts[1], 16));
        }

        /** Both numbers in hexadecimal, {@code 2a:9e3779b97f4a7c15}. */
        @Override
        public String toString() {
            return Long.toHexString(seed) + ":" + Long.toHexString(gamma);
        }
    }

    /** The present state. */
    public State state() {
        return new State(seed, gamma);
    }

    /** Continues from that state. */
    public void become(State state) {
        seed = state.seed();
        gamma = state.gamma();
    }

    /** Makes another generator with independent numbers. */
    public SplitMix split() {
        return new SplitMix(nextLong(), mixGamma(next()));
    }

    @Override
    public long nextLong() {
        long z = next();
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public int nextInt() {
        long z = next();
        z = (z ^ z >>> 33) * 0x62a9d9ed799705f5L;
        return (int) ((z ^ z >>> 28) * 0xcb24d0a5c88c35b3L >>> 32);
    }

    private long next() {
        seed += gamma;
        return seed;
    }

    private static long mixGamma(long gamma) {
        long z = gamma;
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        z = z ^ z >>> 33 | 1;
        return Long.bitCount(z ^ z >>> 1) < FEWEST_CHANGES ? z ^ 0xaaaaaaaaaaaaaaaaL : z;
    }
}
