package io.github.flux4j.learn;

import io.github.flux4j.internal.figures.Figures;

/**
 * A prediction interval: the range that contains the target with the probability asked for.
 *
 * @param low −∞ if too few rows were held out for the level
 * @param high ∞ likewise
 */
public record Interval(double low, double high) {

    /** Whether the interval contains the value, ends included. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** The interval's width, high − low. */
    public double width() {
        return high - low;
    }

    @Override
    public String toString() {
        return "[" + Figures.short4(low) + ", " + Figures.short4(high) + "]";
    }
}
