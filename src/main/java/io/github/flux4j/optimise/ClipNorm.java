package io.github.flux4j.optimise;

/**
 * The gradient of each parameter array scaled down to a norm of at most ω, {@code g ← g·min(1, ω/‖g‖ₚ)}. For an {@link OptimiserChain}. A
 * norm that is NaN or infinite is an error, and nothing is updated. Defaults ω = 10, p = 2.
 *
 * @param omega the greatest norm ω, above 0
 * @param p which norm, above 0; infinity for the greatest absolute value
 */
public record ClipNorm(double omega, double p) implements Rule {

    public ClipNorm {
        Checks.positive("omega", omega);
        Checks.norm(p);
    }

    /** With Flux's defaults. */
    public ClipNorm() {
        this(10);
    }

    /** Of the Euclidean norm. */
    public ClipNorm(double omega) {
        this(omega, 2);
    }

    @Override
    public String toString() {
        return "ClipNorm(" + omega + ", " + p + ")";
    }
}
