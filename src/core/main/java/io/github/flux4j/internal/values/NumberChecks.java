package io.github.flux4j.internal.values;

/** Guards for the numbers of layers, losses and rules. Each accepts the good case, so that NaN fails, and builds no text unless it refuses. */
public final class NumberChecks {

    private NumberChecks() {}

    public static void finite(String name, double value) {
        require(Double.isFinite(value), name, "finite", value);
    }

    public static void positive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "finite and > 0", value);
    }

    public static void notNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "finite and ≥ 0", value);
    }

    public static void aboveOne(String name, double value) {
        require(value > 1 && value < Double.POSITIVE_INFINITY, name, "finite and > 1", value);
    }

    public static void fraction(String name, double value) {
        require(value >= 0 && value <= 1, name, "from 0 to 1", value);
    }

    public static void decay(String name, double value) {
        require(value >= 0 && value < 1, name, "at least 0 and below 1", value);
    }

    public static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
        }
    }

    /** Throws unless a condition holds: {@code name} must be {@code what}, but was {@code value}. */
    public static void require(boolean holds, String name, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + what + ", but was " + value);
        }
    }
}
