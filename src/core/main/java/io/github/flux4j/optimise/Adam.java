package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Adam, by default with η = 0.001, β = (0.9, 0.999), ε = 1e-8 (Kingma and Ba 2015): {@code m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; p ← p − η·(m/(1 −
 * β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε)}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record Adam(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public Adam {
        requireValid(eta, beta1, beta2, epsilon);
    }

    /** Checks the numbers of Adam and its variants. */
    static void requireValid(double eta, double beta1, double beta2, double epsilon) {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("beta1", beta1);
        NumberChecks.decay("beta2", beta2);
        NumberChecks.notNegative("epsilon", epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public Adam(double eta) {
        this(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.adam(p, m, t, eta, beta1, beta2, epsilon, 0);
    }

    @Override
    public String toString() {
        return "Adam(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
