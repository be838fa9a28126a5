package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * AdaGrad, by default with η = 0.1, ε = 1e-8 (Duchi and others 2011): {@code a ← a + g²; p ← p − η·g/(√a + ε)}, where a starts at ε.
 *
 * @param eta the learning rate η, finite and above 0
 * @param epsilon ε, which prevents division by zero
 */
public record AdaGrad(double eta, double epsilon) implements LibraryRule {

    public AdaGrad {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.notNegative("epsilon", epsilon);
    }

    /** Uses Flux's default for the rest. */
    public AdaGrad(double eta) {
        this(eta, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {epsilon};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mixSquares(1, 1, d);
        d.times(eta).overRoot(1, m[0], epsilon);
    }

    @Override
    public String toString() {
        return "AdaGrad(" + eta + ", " + epsilon + ")";
    }
}
