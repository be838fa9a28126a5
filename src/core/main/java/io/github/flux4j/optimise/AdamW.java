package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Adam with decoupled weight decay, by default with η = 0.001, β = (0.9, 0.999), λ = 0, ε = 1e-8, coupled (Loshchilov and Hutter 2019).
 *
 * <p>With d, Adam's step at learning rate 1: {@code p ← p − η·(d + λ·p)} if coupled (PyTorch's form, Flux's default), else {@code p ← p − η·d − λ·p}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param lambda weight decay λ, at least 0
 * @param epsilon ε, which prevents division by zero
 * @param couple whether η multiplies the decay
 */
public record AdamW(double eta, double beta1, double beta2, double lambda, double epsilon, boolean couple)
        implements LibraryRule {

    public AdamW {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("beta1", beta1);
        NumberChecks.decay("beta2", beta2);
        NumberChecks.notNegative("lambda", lambda);
        NumberChecks.notNegative("epsilon", epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public AdamW(double eta) {
        this(eta, 0.9, 0.999, 0, 1e-8, true);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.adam(p, m, t, eta, beta1, beta2, epsilon, couple ? eta * lambda : lambda);
    }

    @Override
    public String toString() {
        return "AdamW(" + eta + ", (" + beta1 + ", " + beta2 + "), " + lambda + ", " + epsilon + "; couple = " + couple
                + ")";
    }
}
