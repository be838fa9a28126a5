package io.github.flux4j.optimise;

/**
 * L₂ regularisation, {@code g ← g + λ·p}: the same as adding λ/2·Σp² to the loss. For the front of an {@link OptimiserChain}. Default λ = 5e-4.
 *
 * @param lambda strength λ, not negative
 */
public record WeightDecay(double lambda) implements LibraryRule {

    public WeightDecay {
        Checks.notNegative("lambda", lambda);
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
