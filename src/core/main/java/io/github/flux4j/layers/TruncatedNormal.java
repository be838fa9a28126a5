package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Randomness;
import java.util.random.RandomGenerator;

/**
 * N(mean, std²) between two bounds, by rejection (Robert 1995, "Simulation of truncated normal variables"). This needs no inverse error function and is exact
 * in the tails. It uses each of three proposals where it is rarely rejected.
 */
final class TruncatedNormal {

    private final double mean;
    private final double std;
    private final double lo;
    private final double hi;

    TruncatedNormal(double mean, double std, double lo, double hi) {
        if (!(Double.isFinite(mean) && std > 0 && std < Double.POSITIVE_INFINITY && lo < hi)) {
            throw new IllegalArgumentException(
                    "a truncated normal needs a finite mean, a finite std above 0 and lo < hi, but got mean " + mean
                            + ", std " + std + ", lo " + lo + ", hi " + hi);
        }
        this.mean = mean;
        this.std = std;
        this.lo = lo;
        this.hi = hi;
        if (!Double.isFinite(Math.max(low(), Math.min(high(), 0)))) {
            throw new IllegalArgumentException("no number between lo " + lo + " and hi " + hi
                    + " is within reach of mean " + mean + " with std " + std + "; move the bounds or raise std");
        }
    }

    /** The lower bound, in standard deviations from the mean. */
    private double low() {
        return (lo - mean) / std;
    }

    private double high() {
        return (hi - mean) / std;
    }

    double next(RandomGenerator random) {
        double z = high() < 0 ? -standard(-high(), -low(), random) : standard(low(), high(), random);
        return Math.max(lo, Math.min(hi, mean + std * z));
    }

    /** N(0, 1) between {@code low} and {@code high ≥ 0}. */
    private static double standard(double low, double high, RandomGenerator random) {
        if (low <= 0) {
            return high - low > 2 ? amongNormals(low, high, random) : amongUniforms(low, high, random);
        }
        double rate = (low + StrictMath.hypot(low, 2)) / 2;
        return (high - low) * rate > 1 ? amongExponentials(low, high, rate, random) : amongUniforms(low, high, random);
    }

    private static double amongNormals(double low, double high, RandomGenerator random) {
        double z;
        do {
            z = Randomness.gaussian(random);
        } while (!(z >= low && z <= high));
        return z;
    }

    private static double amongUniforms(double low, double high, RandomGenerator random) {
        double mode = Math.max(low, 0);
        double z;
        do {
            z = low + (high - low) * random.nextDouble();
        } while (!(random.nextDouble() <= StrictMath.exp((mode - z) * (mode + z) / 2)));
        return z;
    }

    private static double amongExponentials(double low, double high, double rate, RandomGenerator random) {
        double z;
        do {
            z = low - StrictMath.log(1 - random.nextDouble()) / rate;
        } while (!(z <= high && random.nextDouble() <= StrictMath.exp(-(z - rate) * (z - rate) / 2)));
        return z;
    }
}
