package io.github.flux4j.internal.arrays;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The source of chance: each initialiser, shuffle and dropout made takes a generator of its own from it, in the order in which
 * they are made. The numbers are {@link SplittableRandom}'s, so they are the same on every machine and thread count. There is one for the
 * process, and one for a thread that works {@link #within} a seed.
 */
public final class Randomness {

    private static final Randomness PROCESS = new Randomness();

    /** Set only for the length of an action. */
    private static final ThreadLocal<Randomness> WITHIN = new ThreadLocal<>();

    private SplitMix root;
    private SplitMix noise;

    private Randomness() {
        root = new SplitMix(new SplittableRandom().nextLong());
        noise = root.split();
    }

    private Randomness(long seed) {
        begin(seed);
    }

    private synchronized void begin(long seed) {
        root = new SplitMix(seed);
        noise = new SplitMix(~seed);
    }

    private synchronized double drawNoise() {
        return noise.nextDouble();
    }

    private synchronized SplitMix split() {
        return root.split();
    }

    private static Randomness source() {
        Randomness own = WITHIN.get();
        return own == null ? PROCESS : own;
    }

    /** Starts the source again from a seed. */
    public static void seed(long seed) {
        source().begin(seed);
    }

    /**
     * Runs an action whose chance, on the thread that calls, comes from this seed alone: what it makes is the same whatever other threads
     * do, and takes nothing from their sources. Such actions may stand in each other.
     */
    public static <T> T within(long seed, Supplier<T> action) {
        Randomness before = WITHIN.get();
        WITHIN.set(new Randomness(seed));
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

    /** A number from [0, 1) for functions that draw but are made once for all, such as {@code rrelu}. */
    public static double uniform() {
        return source().drawNoise();
    }

    /** A generator of its own for whoever asks. */
    public static SplitMix next() {
        return source().split();
    }

    /**
     * A number from N(0, 1), by the polar method (Marsaglia and Bray 1964).
     *
     * <p>Made of {@code nextDouble} and {@link StrictMath} alone, because {@code nextGaussian} may differ between Java versions.
     */
    public static double gaussian(RandomGenerator random) {
        double u;
        double s;
        do {
            u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            s = u * u + v * v;
        } while (!(s < 1 && s > 0));
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    }
}
