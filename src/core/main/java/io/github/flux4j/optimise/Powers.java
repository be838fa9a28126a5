package io.github.flux4j.optimise;

import java.util.Arrays;

/** The powers asked for last: a rule asks for the same few at each strip of a step. For one thread. */
final class Powers {

    private static final int KEPT = 4;

    private final double[] bases = new double[KEPT];
    private final long[] exponents = new long[KEPT];
    private final double[] powers = new double[KEPT];
    private int oldest;

    Powers() {
        Arrays.fill(powers, 1); // 0⁰
    }

    double of(double base, long exponent) {
        for (int i = 0; i < KEPT; i++) {
            if (exponents[i] == exponent && bases[i] == base) {
                return powers[i];
            }
        }
        return keep(base, exponent, Math.pow(base, exponent));
    }

    private double keep(double base, long exponent, double power) {
        bases[oldest] = base;
        exponents[oldest] = exponent;
        powers[oldest] = power;
        oldest = (oldest + 1) % KEPT;
        return power;
    }
}
