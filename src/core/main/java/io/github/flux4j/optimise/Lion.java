package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Lion, by default with η = 0.001, β = (0.9, 0.999): {@code s ← β₂·g + (1 − β₂)·s; p ← p − η·sign((β₂ − β₁)·g + β₁·s)} with the new s, as in Optimisers.jl. Its
 * paper (Chen and others 2023) exchanges β₂ and 1 − β₂.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 */
public record Lion(double eta, double beta1, double beta2) implements LibraryRule {

    public Lion {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("beta1", beta1);
        NumberChecks.decay("beta2", beta2);
    }

    /** Uses Flux's defaults for the rest. */
    public Lion(double eta) {
        this(eta, 0.9, 0.999);
    }

    @Override
    public double[] memory() {
        return new double[] {0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mix(1 - beta2, beta2, d);
        d.times(beta2 - beta1).add(beta1, m[0]).sign().times(eta);
    }

    @Override
    public String toString() {
        return "Lion(" + eta + ", (" + beta1 + ", " + beta2 + "))";
    }
}
