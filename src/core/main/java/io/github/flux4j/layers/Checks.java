package io.github.flux4j.layers;

/** Guards for the numbers of layers and activations; each accepts the good case, so that NaN fails. */
final class Checks {

    private Checks() {}

    static void finite(String name, double value) {
        require(Double.isFinite(value), name + " must be finite, but was " + value);
    }

    static void positive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name + " must be finite and > 0, but was " + value);
    }

    static void notNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name + " must be finite and ≥ 0, but was " + value);
    }

    static void fraction(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be from 0 to 1, but was " + value);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
