package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Gradient descent, {@code p ← p − η·g}; Flux's default is η = 0.1.
 *
 * @param eta the learning rate η, finite and above 0
 */
public record Descent(double eta) implements LibraryRule {

    public Descent {
        NumberChecks.positive("learningRate", eta);
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.times(eta);
    }

    @Override
    public String toString() {
        return "Descent(" + eta + ")";
    }
}
