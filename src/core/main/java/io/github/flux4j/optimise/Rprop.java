package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/**
 * Rprop, for full batches, by default with η = 1e-3, factors (0.5, 1.2), step sizes from 1e-6 to 50 (Riedmiller and Braun 1993).
 *
 * <p>Each parameter has a step size, which grows while its gradient keeps its sign and shrinks when the sign changes: {@code p ← p − size·sign(g)}. No step
 * follows right after a change.
 *
 * @param eta the first step size, finite and above 0
 * @param shrink factor after a change of sign, from 0 to below 1
 * @param grow factor while the sign stays, above 1
 * @param smallest least step size, finite and at least 0
 * @param largest greatest step size, finite, above 0 and not below {@code smallest}
 */
public record Rprop(double eta, double shrink, double grow, double smallest, double largest) implements LibraryRule {

    public Rprop {
        NumberChecks.positive("learningRate", eta);
        NumberChecks.decay("shrink", shrink);
        NumberChecks.aboveOne("grow", grow);
        NumberChecks.notNegative("smallest", smallest);
        NumberChecks.positive("largest", largest);
        if (!(smallest <= largest)) {
            throw new IllegalArgumentException(
                    "smallest must not be above largest, but they were " + smallest + " and " + largest);
        }
    }

    /** Uses Flux's defaults for the rest. */
    public Rprop(double eta) {
        this(eta, 0.5, 1.2, 1e-6, 50);
    }

    @Override
    public double[] memory() {
        return new double[] {0, eta};
    }

    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        Strip last = m[0];
        Strip size = m[1];
        Strip other = d.spare();
        last.times(d); // above 0 where the sign stays, below where it changed
        other.set(grow, size).clamp(Double.NEGATIVE_INFINITY, largest);
        size.where(last, other);
        last.times(-1);
        other.set(shrink, size).clamp(smallest, Double.POSITIVE_INFINITY);
        size.where(last, other);
        d.where(last, other.set(0, d));
        last.set(d);
        d.sign().times(size);
    }

    @Override
    public String toString() {
        return "Rprop(" + eta + ", (" + shrink + ", " + grow + "), (" + smallest + ", " + largest + "))";
    }
}
