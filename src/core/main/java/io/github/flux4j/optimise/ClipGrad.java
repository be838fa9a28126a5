package io.github.flux4j.optimise;

/**
 * Each component of the gradient limited, {@code g ← max(−δ, min(δ, g))}. For an {@link OptimiserChain}. Default δ = 10.
 *
 * @param delta the greatest absolute value δ, above 0
 */
public record ClipGrad(double delta) implements LibraryRule {

    public ClipGrad {
        Checks.positive("delta", delta);
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.clamp(-delta, delta);
    }

    @Override
    public String toString() {
        return "ClipGrad(" + delta + ")";
    }
}
