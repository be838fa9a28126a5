package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * L₂ regularisation, {@code g ← g + λ·p}, with λ = 5e-4 by default: like adding λ/2·Σp² to the loss. Put it first in an {@link OptimiserChain}.
 *
 * @param lambda strength λ, at least 0
 */
public record WeightDecay(double lambda) implements LibraryRule {

    public WeightDecay {
        NumberChecks.notNegative("lambda", lambda);
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        d.add(lambda, p);
    }

    @Override
    public String toString() {
        return "WeightDecay(" + lambda + ")";
    }
}
