package io.github.flux4j.optimise;

/** Guards for hyper-parameters; each accepts the good case, so that NaN fails. */
final class Checks {

    private Checks() {}

    static void learningRate(double eta) {
        if (!(eta > 0 && eta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learningRate must be finite and > 0, but was " + eta);
        }
    }
}
