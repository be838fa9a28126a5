package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Clips each component of the gradient to ±δ, 10 by default: {@code g ← max(−δ, min(δ, g))}. Use it in an {@link OptimiserChain}.
 *
 * @param delta the largest absolute value δ, above 0
 */
public record ClipGrad(double delta) implements LibraryRule {

    public ClipGrad {
        NumberChecks.positive("delta", delta);
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
