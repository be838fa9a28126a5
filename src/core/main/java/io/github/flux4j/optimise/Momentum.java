package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Gradient descent with momentum, by default with η = 0.01, ρ = 0.9: {@code v ← ρ·v + η·g; p ← p − v}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param rho momentum ρ, from 0 to below 1
 */
public record Momentum(double eta, double rho) implements LibraryRule {

    public Momentum {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("rho", rho);
    }

    /** Uses Flux's default for the rest. */
    public Momentum(double eta) {
        this(eta, 0.9);
    }

    @Override
    public double[] memory() {
        return new double[] {0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mix(rho, eta, d);
        d.set(m[0]);
    }

    @Override
    public String toString() {
        return "Momentum(" + eta + ", " + rho + ")";
    }
}
