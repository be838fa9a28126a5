package io.github.flux4j.optimise;

/**
 * Adam with the maximum norm, by default with η = 0.001, β = (0.9, 0.999), ε = 1e-8 (Kingma and Ba 2015): {@code m ← β₁·m + (1 − β₁)·g; u ← max(β₂·u, |g|); p ←
 * p − η/(1 − β₁ᵗ)·m/(u + ε)}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record AdaMax(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public AdaMax {
        Adam.requireValid(eta, beta1, beta2, epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public AdaMax(double eta) {
        this(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mix(beta1, 1 - beta1, d);
        m[1].maxAbs(beta2, d);
        d.set(eta / (1 - d.power(beta1, t)), m[0]).over(d.spare().set(m[1]).add(epsilon));
    }

    @Override
    public String toString() {
        return "AdaMax(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
