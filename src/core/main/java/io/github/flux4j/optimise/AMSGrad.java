package io.github.flux4j.optimise;

/**
 * AMSGrad, by default with η = 0.001, β = (0.9, 0.999), ε = 1e-8 (Reddi and others 2018), without bias correction, as in Flux: {@code m ← β₁·m + (1 − β₁)·g; v ←
 * β₂·v + (1 − β₂)·g²; w ← max(w, v); p ← p − η·m/(√w + ε)}. m, v and w start at ε.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record AMSGrad(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public AMSGrad {
        Adam.requireValid(eta, beta1, beta2, epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public AMSGrad(double eta) {
        this(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {epsilon, epsilon, epsilon};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mix(beta1, 1 - beta1, d);
        m[1].mixSquares(beta2, 1 - beta2, d);
        m[2].maxAbs(1, m[1]);
        d.set(eta, m[0]).overRoot(1, m[2], epsilon);
    }

    @Override
    public String toString() {
        return "AMSGrad(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
