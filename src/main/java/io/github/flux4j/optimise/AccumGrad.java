package io.github.flux4j.optimise;

/**
 * The mean of n gradients, handed on at every n-th step; on the others nothing is updated. For the front of an {@link OptimiserChain}.
 *
 * @param n how many, at least 1
 */
public record AccumGrad(int n) implements Rule {

    public AccumGrad {
        Checks.atLeastOne("n", n);
    }

    @Override
    public String toString() {
        return "AccumGrad(" + n + ")";
    }
}
