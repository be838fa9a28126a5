package io.github.flux4j.optimise;

/**
 * Optimistic Adam, by default with η = 0.001, β = (0.5, 0.9), ε = 1e-8 (Daskalakis and others 2018): {@code p ← p − (2·aₜ − aₜ₋₁)}, where aₜ is the step of
 * {@link Adam}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param beta1 decay β₁ of the first moment, from 0 to below 1
 * @param beta2 decay β₂ of the second moment, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record OAdam(double eta, double beta1, double beta2, double epsilon) implements LibraryRule {

    public OAdam {
        Adam.requireValid(eta, beta1, beta2, epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public OAdam(double eta) {
        this(eta, 0.5, 0.9, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.adam(p, m, t, eta, beta1, beta2, epsilon, 0);
        Strip step = d.spare().set(d);
        d.times(2).add(-1, m[2]);
        m[2].set(step);
    }

    @Override
    public String toString() {
        return "OAdam(" + eta + ", (" + beta1 + ", " + beta2 + "), " + epsilon + ")";
    }
}
