package io.github.flux4j.optimise;

/**
 * Adam with Nesterov momentum, by default with η = 0.001, β = (0.9, 0.999), ε = 1e-8 (Dozat 2016): {@code m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; p ← p
 * − η·(β₁·m/(1 − β₁ᵗ⁺¹) + (1 − β₁)·g/(1 − β₁ᵗ))/(√(β₂·v/(1 − β₂ᵗ)) + ε)}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record NAdam(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public NAdam {
        Adam.requireValid(eta, beta1, beta2, epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public NAdam(double eta) {
        this(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        double ofMean = beta1 / (1 - d.power(beta1, t + 1));
        double ofGradient = (1 - beta1) / (1 - d.power(beta1, t));
        m[0].mix(beta1, 1 - beta1, d);
        m[1].mixSquares(beta2, 1 - beta2, d);
        d.times(ofGradient).add(ofMean, m[0]);
        d.overRoot(beta2 / (1 - d.power(beta2, t)), m[1], epsilon).times(eta);
    }

    @Override
    public String toString() {
        return "NAdam(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
