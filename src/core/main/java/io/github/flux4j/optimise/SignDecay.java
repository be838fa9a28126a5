package io.github.flux4j.optimise;

/**
 * L₁ regularisation, {@code g ← g + λ·sign(p)}: the same as adding λ·Σ|p| to the loss. For the front of an {@link OptimiserChain}. Default
 * λ = 1e-3.
 *
 * @param lambda strength λ, not negative
 */
public record SignDecay(double lambda) implements LibraryRule {

    public SignDecay {
        Checks.notNegative("lambda", lambda);
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
