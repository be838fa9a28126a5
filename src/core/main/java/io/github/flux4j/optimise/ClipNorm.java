package io.github.flux4j.optimise;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.internal.values.NumberChecks;

/**
 * Scales each array's gradient down to a p-norm of at most ω, by default with ω = 10, p = 2: {@code g ← g·min(1, ω/‖g‖ₚ)}. Use it in an {@link OptimiserChain}.
 * A norm that is NaN or infinite is an error, and nothing is updated.
 *
 * @param omega the largest norm ω, above 0
 * @param p which norm, above 0; infinity for the largest absolute value
 */
public record ClipNorm(double omega, double p) implements LibraryRule {

    public ClipNorm {
        NumberChecks.positive("omega", omega);
        NumberChecks.require(p > 0, "p", "> 0", p);
    }

    /** Uses the Euclidean norm. */
    public ClipNorm(double omega) {
        this(omega, 2);
    }

    /**
     * Always throws: the norm belongs to a whole array, so the optimiser computes it, for ClipNorm alone and in chains.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        throw new UnsupportedOperationException(
                this + " works in an optimiser and its chains; another rule can't apply it to a strip");
    }

    /** The factor for an array, from {@code Σ|g|ᵖ} or the largest {@code |g|}. */
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
