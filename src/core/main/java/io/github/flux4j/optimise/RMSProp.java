package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * RMSProp, by default with η = 0.001, ρ = 0.9, ε = 1e-8, not centred (Hinton): {@code q ← ρ·q + (1 − ρ)·g²; p ← p − η·g/(√q + ε)}. If centred (Graves 2013), it
 * divides by {@code √(q − m²)} with {@code m ← ρ·m + (1 − ρ)·g}.
 *
 * @param eta the learning rate η, finite and above 0
 * @param rho decay ρ, from 0 to below 1
 * @param epsilon ε, which prevents division by zero
 * @param centred whether to divide by an estimate of the standard deviation instead of the second moment
 */
public record RMSProp(double eta, double rho, double epsilon, boolean centred) implements LibraryRule {

    public RMSProp {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("rho", rho);
        NumberChecks.notNegative("epsilon", epsilon);
    }

    /** Uses Flux's defaults for the rest. */
    public RMSProp(double eta) {
        this(eta, 0.9, 1e-8, false);
    }

    @Override
    public double[] memory() {
        return new double[centred ? 2 : 1];
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        m[0].mixSquares(rho, 1 - rho, d);
        if (centred) {
            m[1].mix(rho, 1 - rho, d);
        }
        d.times(eta).overRoot(1, centred ? variance(d.spare(), m) : m[0], epsilon);
    }

    /** {@code q − m²}, kept at 0 or above despite rounding. */
    private static Strip variance(Strip result, Strip[] m) {
        return result.set(m[0]).mixSquares(1, -1, m[1]).clamp(0, Double.POSITIVE_INFINITY);
    }

    @Override
    public String toString() {
        return "RMSProp(" + eta + ", " + rho + ", " + epsilon + "; centred = " + centred + ")";
    }
}
