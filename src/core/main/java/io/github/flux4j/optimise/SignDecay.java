package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * L₁ regularisation, {@code g ← g + λ·sign(p)}, with λ = 1e-3 by default: like adding λ·Σ|p| to the loss. Put it first in an {@link OptimiserChain}.
 *
 * @param lambda strength λ, at least 0
 */
public record SignDecay(double lambda) implements LibraryRule {

    public SignDecay {
        NumberChecks.notNegative("lambda", lambda);
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.add(lambda, d.spare().set(p).sign());
    }

    @Override
    public String toString() {
        return "SignDecay(" + lambda + ")";
    }
}
