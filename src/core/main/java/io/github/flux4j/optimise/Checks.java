package io.github.flux4j.optimise;

/** Guards for hyper-parameters; each accepts the good case, so that NaN fails. */
final class Checks {

    private Checks() {}

    static void learningRate(double eta) {
        positive("learningRate", eta);
    }

    /** Checks the numbers of Adam and its variants. */
    static void adam(double eta, double beta1, double beta2, double epsilon) {
        learningRate(eta);
        decay("beta1", beta1);
        decay("beta2", beta2);
        notNegative("epsilon", epsilon);
    }

    static void decay(String name, double value) {
        require(value >= 0 && value < 1, name, "at least 0 and below 1", value);
    }

    static void positive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "finite and > 0", value);
    }

    static void notNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "finite and ≥ 0", value);
    }

    static void aboveOne(String name, double value) {
        require(value > 1 && value < Double.POSITIVE_INFINITY, name, "finite and > 1", value);
    }

    static void inOrder(String less, double low, String more, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    less + " must not be above " + more + ", but they were " + low + " and " + high);
        }
    }

    static void norm(double p) {
        require(p > 0, "p", "> 0", p);
    }

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
        }
    }

    /** Builds no text unless it refuses, since a schedule makes new rules all the time. */
    private static void require(boolean holds, String name, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + what + ", but was " + value);
        }
    }
}
