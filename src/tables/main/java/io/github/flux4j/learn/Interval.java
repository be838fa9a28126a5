package io.github.flux4j.learn;

import io.github.flux4j.internal.figures.Figures;

/**
 * Where a target lies with some probability.
 *
 * @param low may be −∞ if the fit had too few rows for the level
 * @param high may be ∞
 */
public record Interval(double low, double high) {

    /** Whether the value lies in it. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** How wide it is. */
    public double width() {
        return high - low;
    }

    @Override
    public String toString() {
        return "[" + Figures.short4(low) + ", " + Figures.short4(high) + "]";
    }
}
