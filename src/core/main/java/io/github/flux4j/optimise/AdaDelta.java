package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * AdaDelta, by default with ρ = 0.9, ε = 1e-8 (Zeiler 2012): {@code a ← ρ·a + (1 − ρ)·g²; d = g·√(b + ε)/√(a + ε); b ← ρ·b + (1 − ρ)·d²; p ← p − d}.
 *
 * @param rho decay ρ, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 */
public record AdaDelta(double rho, double epsilon) implements LibraryRule {

    public AdaDelta {
        NumberChecks.decay("rho", rho);
        NumberChecks.notNegative("epsilon", epsilon);
    }

    /** Uses Flux's default for the rest. */
    public AdaDelta(double rho) {
        this(rho, 1e-8);
    }

    @Override
    public double[] memory() {
        return new double[] {0, 0};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        Strip root = d.spare();
        m[0].mixSquares(rho, 1 - rho, d);
        d.times(root.set(m[1]).add(epsilon).root());
        d.over(root.set(m[0]).add(epsilon).root());
        m[1].mixSquares(rho, 1 - rho, d);
    }

    @Override
    public String toString() {
        return "AdaDelta(" + rho + ", " + epsilon + ")";
    }
}
