package io.github.flux4j.optimise;

/** Guards for hyper-parameters; each accepts the good case, so that NaN fails. */
final class Checks {

    private Checks() {}

    static void learningRate(double eta) {
        require(eta > 0 && eta < Double.POSITIVE_INFINITY, "learningRate must be finite and > 0, but was " + eta);
    }

    static void decay(String name, double value) {
        require(value >= 0 && value < 1, name + " must be at least 0 and below 1, but was " + value);
    }

    static void positive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name + " must be finite and > 0, but was " + value);
    }

    static void notNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name + " must be finite and ≥ 0, but was " + value);
    }

    static void aboveOne(String name, double value) {
        require(value > 1 && value < Double.POSITIVE_INFINITY, name + " must be finite and > 1, but was " + value);
    }

    static void inOrder(String less, double low, String more, double high) {
        require(low <= high, less + " must not be above " + more + ", but they were " + low + " and " + high);
    }

    static void norm(double p) {
        require(p > 0, "p must be > 0, but was " + p);
    }

    static void atLeastOne(String name, int value) {
        require(value >= 1, name + " must be at least 1, but was " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
