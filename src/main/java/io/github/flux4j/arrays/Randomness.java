package io.github.flux4j.arrays;

import java.util.SplittableRandom;

/**
 * The one source of chance: each initialiser, shuffle and dropout made takes a generator of its own from it, in the order in which
 * they are made. The numbers are {@link SplittableRandom}'s, so they are the same on every machine and thread count.
 */
public final class Randomness {

    private static SplittableRandom root = new SplittableRandom();
    private static SplittableRandom noise = root.split();

    private Randomness() {}

    /** Starts the source again from a seed. */
    public static synchronized void seed(long seed) {
        root = new SplittableRandom(seed);
        noise = new SplittableRandom(~seed);
    }

    /** A number from [0, 1) for functions that draw but are made once for all, such as {@code rrelu}. */
    public static synchronized double uniform() {
        return noise.nextDouble();
    }

    /** A generator of its own for whoever asks. */
    public static synchronized SplittableRandom next() {
        return root.split();
    }

    /**
     * A number from N(0, 1), by the polar method (Marsaglia and Bray 1964).
     *
     * <p>Made of {@code nextDouble} and {@link StrictMath} alone, because {@code nextGaussian} may differ between Java versions.
     */
    public static double gaussian(SplittableRandom random) {
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
