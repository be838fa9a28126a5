package io.github.flux4j.optimise;

/**
 * Nesterov momentum: {@code p ← p + ρ²·v − (1 + ρ)·η·g; v ← ρ·v − η·g}, with v as it was. Defaults η = 0.001, ρ = 0.9.
 *
 * @param eta the learning rate η, finite and above 0
 * @param rho momentum ρ, from 0 to below 1
 */
public record Nesterov(double eta, double rho) implements Rule {

    public Nesterov {
        Checks.learningRate(eta);
        Checks.decay("rho", rho);
    }

    /** With Flux's defaults. */
    public Nesterov() {
        this(0.001);
    }

    /** With another learning rate. */
    public Nesterov(double eta) {
        this(eta, 0.9);
    }

    @Override
    public String toString() {
        return "Nesterov(" + eta + ", " + rho + ")";
    }
}
