package io.github.flux4j.learn;

import java.util.function.DoubleFunction;

/**
 * Values from low to high that a tuning tries. Immutable.
 *
 * @param <V> {@code Double} or {@code Integer}
 */
public final class Range<V> {

    private final DoubleFunction<V> at;
    private final String text;

    private Range(DoubleFunction<V> at, String text) {
        this.at = at;
        this.text = text;
    }

    /**
     * All numbers alike.
     *
     * @throws IllegalArgumentException unless both are finite and low is below high
     */
    public static Range<Double> uniform(double low, double high) {
        require(
                low < high && Double.isFinite(high - low),
                "uniform(low, high) needs finite numbers, low below high",
                low,
                high);
        return new Range<>(share -> within(low + share * (high - low), low, high), low + ".." + high);
    }

    /**
     * All orders of magnitude alike: the logarithm is uniform.
     *
     * @throws IllegalArgumentException unless both are finite and above 0, and low is below high
     */
    public static Range<Double> logUniform(double low, double high) {
        require(
                low > 0 && low < high && high < Double.POSITIVE_INFINITY,
                "logUniform(low, high) needs finite numbers above 0, low below high",
                low,
                high);
        return new Range<>(share -> logarithmic(share, low, high), low + ".." + high + " log");
    }

    /**
     * All whole numbers alike, both ends included.
     *
     * @throws IllegalArgumentException unless low is below high
     */
    public static Range<Integer> integers(int low, int high) {
        require(low < high, "integers(low, high) needs low below high", low, high);
        return new Range<>(
                share -> (int) within(Math.floor(low + share * ((double) high - low + 1)), low, high),
                low + ".." + high);
    }

    /**
     * Whole numbers, all orders of magnitude alike, both ends included.
     *
     * @throws IllegalArgumentException unless both are above 0 and low is below high
     */
    public static Range<Integer> logIntegers(int low, int high) {
        require(low > 0 && low < high, "logIntegers(low, high) needs numbers above 0, low below high", low, high);
        return new Range<>(
                share -> (int) within(Math.floor(logarithmic(share, low, high + 1.0)), low, high),
                low + ".." + high + " log");
    }

    private static void require(boolean good, String expected, Object low, Object high) {
        if (!good) {
            throw new IllegalArgumentException(expected + ", but they are " + low + " and " + high);
        }
    }

    /** By {@link StrictMath}, since {@code Math.exp} may differ between machines. */
    private static double logarithmic(double share, double low, double high) {
        return share == 1 ? high : within(low * StrictMath.exp(share * StrictMath.log(high / low)), low, high);
    }

    private static double within(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }

    /** The value at this share of the way, from 0 to 1. */
    V at(double share) {
        return at.apply(share);
    }

    @Override
    public String toString() {
        return text;
    }
}
