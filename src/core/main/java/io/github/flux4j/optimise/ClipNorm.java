package io.github.flux4j.optimise;

import io.github.flux4j.engine.OverflowException;

/**
 * The gradient of each parameter array scaled down to a norm of at most ω, {@code g ← g·min(1, ω/‖g‖ₚ)}. For an {@link OptimiserChain}. A
 * norm that is NaN or infinite is an error, and nothing is updated. Defaults ω = 10, p = 2.
 *
 * @param omega the greatest norm ω, above 0
 * @param p which norm, above 0; infinity for the greatest absolute value
 */
public record ClipNorm(double omega, double p) implements LibraryRule {

    public ClipNorm {
        Checks.positive("omega", omega);
        Checks.norm(p);
    }

    /** Of the Euclidean norm. */
    public ClipNorm(double omega) {
        this(omega, 2);
    }

    /**
     * The norm is that of a whole array, so the optimiser takes it, of ClipNorm itself and in chains.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        throw new UnsupportedOperationException(
                this + " is for an optimiser and its chains, and can't be applied to a strip by another rule");
    }

    /** What an array is multiplied with, given {@code Σ|g|ᵖ}, or the greatest {@code |g|}. */
    double factor(double sum) {
        double norm = Double.isInfinite(p) ? sum : Math.pow(sum, 1 / p);
        if (!(norm < Double.POSITIVE_INFINITY)) {
            throw new OverflowException("the norm of a gradient is " + norm + ", which " + this + " can't clip");
        }
        return Math.min(1, omega / norm);
    }

    @Override
    public String toString() {
        return "ClipNorm(" + omega + ", " + p + ")";
    }
}
