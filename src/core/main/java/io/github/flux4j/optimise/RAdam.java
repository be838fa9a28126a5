package io.github.flux4j.optimise;

/**
 * Rectified Adam, by default with η = 0.001, β = (0.9, 0.999), ε = 1e-8 (Liu and others 2020): Adam's step times r = √((ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ)),
 * with ρ∞ = 2/(1 − β₂) − 1 and ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ); while ρ ≤ 4, {@code p ← p − η·m/(1 − β₁ᵗ)}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record RAdam(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public RAdam {
        Adam.requireValid(eta, beta1, beta2, epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public RAdam(double eta) {
        this(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        double limit = 2 / (1 - beta2) - 1;
        double power = d.power(beta2, t);
        double rho = limit - 2 * t * power / (1 - power);
        double rate = eta / (1 - d.power(beta1, t));
        m[0].mix(beta1, 1 - beta1, d);
        m[1].mixSquares(beta2, 1 - beta2, d);
        d.set(rate, m[0]);
        if (rho > 4) {
            double r = Math.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
            d.times(r).overRoot(1 / (1 - power), m[1], epsilon);
        }
    }

    @Override
    public String toString() {
        return "RAdam(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
