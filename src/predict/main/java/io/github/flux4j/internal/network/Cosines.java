package io.github.flux4j.internal.network;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * For each column {@code W·cos(2π·f·x + φ) + b}. What becomes Float32 gets a cosine that the JIT vectorises. Where that might round to another Float32 than
 * Java's, Java's decides (Ziv 1991, "Fast evaluation of elementary mathematical functions"), so that the result is the same to the bit.
 */
final class Cosines implements UnaryOperator<double[][]> {

    /** Fewer rows aren't worth loops over rows. */
    private static final int FEW = 8;

    private static final double TURN = 2 * Math.PI;

    /** 2π in two parts. Up to 2²⁰ turns, multiples of the first are exact. */
    private static final double HIGH = 0x1.921fb5p2;

    private static final double LOW = 0x1.110b4611a6263p-24;

    /** Makes infinity of more turns. */
    private static final double HUGE = 0x1p1004;

    private final boolean isFloat32;
    private final int waves;
    private final int out;
    private final double[] factors;
    private final double[] phases;
    private final double[] weight;
    private final double[] bias;
    private final double error;

    Cosines(boolean isFloat32, int in, double[] f, double[] phases, double[] weight, double... bias) {
        this.isFloat32 = isFloat32;
        this.waves = f.length / in;
        this.out = bias.length / in;
        this.factors = Arrays.stream(f).map(one -> TURN * one).toArray();
        this.phases = phases;
        this.weight = weight;
        this.bias = bias;
        this.error = (waves + 8) * 0x1p-52 * (largest(bias) + waves * largest(weight));
    }

    private static double largest(double... numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    @Override
    public double[][] apply(double[][] rows) {
        boolean isFast = isFloat32 && rows.length >= FEW;
        double[][] all = isFast ? fast(rows) : new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            all[r] = isFast && isCertain(all[r]) ? all[r] : exact(rows[r]);
        }
        return all;
    }

    private double[] exact(double... row) {
        double[] sums = bias.clone();
        for (int i = 0; i < factors.length; i++) {
            double wave = Math.cos(factors[i] * row[i / waves] + phases[i]);
            for (int k = i / waves * out; k < (i / waves + 1) * out; k++) {
                sums[k] += weight[k * waves + i % waves] * wave;
            }
        }
        return sums;
    }

    private boolean isCertain(double... sums) {
        for (double sum : sums) {
            if ((float) (sum - error) != (float) (sum + error)) {
                return false;
            }
        }
        return true;
    }

    private double[][] fast(double[][] rows) {
        double[][] all = new double[rows.length][bias.length];
        for (int at = 0; at < bias.length; at += out) {
            double[][] sums = sums(at, rows);
            for (int r = 0; r < rows.length; r++) {
                for (int k = 0; k < out; k++) {
                    all[r][at + k] = sums[k][r];
                }
            }
        }
        return all;
    }

    /** The outputs of one column, from this one on, each for all rows. */
    private double[][] sums(int at, double[][] rows) {
        double[] x = new double[rows.length];
        double[] wave = new double[rows.length];
        double[][] sums = new double[out][rows.length];
        for (int r = 0; r < x.length; r++) {
            x[r] = rows[r][at / out];
        }
        for (int k = 0; k < out; k++) {
            Arrays.fill(sums[k], bias[at + k]);
        }
        for (int i = 0; i < waves; i++) {
            int of = at / out * waves + i;
            wave(factors[of], phases[of], x, wave);
            for (int k = 0; k < out; k++) {
                add(weight[(at + k) * waves + i], wave, sums[k]);
            }
        }
        return sums;
    }

    /** The cosine within 1e-15; NaN for too many turns. By Taylor's series of v = 1 − cos for a quarter of the angle, doubled twice: 2v(2 − v). */
    private static void wave(double factor, double phase, double[] x, double[] wave) {
        for (int r = 0; r < x.length; r++) {
            double angle = factor * x[r] + phase;
            double turns = Math.rint(angle * (1 / TURN));
            double quarter = (angle - turns * HIGH - turns * LOW) * 0.25;
            double q = quarter * quarter;
            double t = 1 / 3_628_800.0
                    + q * (-1 / 479_001_600.0 + q * (1 / 87_178_291_200.0 + q * (-1 / 20_922_789_888_000.0)));
            double v = q * (1 / 2.0 + q * (-1 / 24.0 + q * (1 / 720.0 + q * (-1 / 40_320.0 + q * t))));
            v = 2 * v * (2 - v);
            wave[r] = 1 - 2 * v * (2 - v) + 0 * (turns * HUGE);
        }
    }

    private static void add(double factor, double[] from, double[] into) {
        for (int r = 0; r < into.length; r++) {
            into[r] += factor * from[r];
        }
    }
}
