package io.github.flux4j.internal.arrays;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The source of chance: each new initialiser, shuffle and dropout takes a generator of its own from it, in the order in which they are made.
 *
 * <p>The numbers are those of {@link SplittableRandom}, the same on every machine and with any number of threads. There is one source for the process, and one
 * for each thread that works {@link #within} a seed.
 */
public final class Randomness {

    private static final Randomness PROCESS = new Randomness();

    /** Set only during an action. */
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

    /** Restarts the source from a seed. */
    public static void seed(long seed) {
        source().begin(seed);
    }

    /**
     * Runs an action with a source of its own on the calling thread, from this seed: the result doesn't depend on other threads, nor affect their sources.
     * Actions may be nested.
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

    /** A number from [0, 1) for functions that draw but exist only once, such as {@code rrelu}. */
    public static double uniform() {
        return source().drawNoise();
    }

    /** Makes a new generator for the caller alone. */
    public static SplitMix next() {
        return source().split();
    }

    /**
     * A number from N(0, 1), by the polar method (Marsaglia and Bray 1964).
     *
     * <p>It uses only {@code nextDouble} and {@link StrictMath}, because {@code nextGaussian} may differ between Java versions.
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
