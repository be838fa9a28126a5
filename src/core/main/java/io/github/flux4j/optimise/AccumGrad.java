package io.github.flux4j.optimise;

/**
 * The mean of n gradients, handed on at every n-th step; on the others nothing is updated. For the front of an {@link OptimiserChain}.
 *
 * @param n how many, at least 1
 */
public record AccumGrad(int n) implements LibraryRule {

    public AccumGrad {
        Checks.atLeastOne("n", n);
    }

    @Override
    public double[] memory() {
        return new double[] {0};
    }

    /** The mean so far; whether it is handed on is for the optimiser, which applies what follows in the chain or doesn't. */
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
