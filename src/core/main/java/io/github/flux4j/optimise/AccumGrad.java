package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Accumulates n gradients: every n-th step passes on their mean, the other steps update nothing. Put it first in an {@link OptimiserChain}.
 *
 * @param n the number of gradients, at least 1
 */
public record AccumGrad(int n) implements LibraryRule {

    public AccumGrad {
        NumberChecks.atLeastOne("n", n);
    }

    @Override
    public double[] memory() {
        return new double[] {0};
    }

    /** Computes the mean so far. The optimiser decides whether to pass it on, that is, whether to apply the rest of the chain. */
    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        boolean isFirst = n == 1 || t % n == 1;
        m[0].times(isFirst ? 0 : 1).add(1.0 / n, d);
        d.set(m[0]);
    }

    @Override
    public String toString() {
        return "AccumGrad(" + n + ")";
    }
}
