package io.github.flux4j.optimise;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Consecutive elements of an array, on which a {@link Rule} writes its formula once for Float32 and Float64. Each operation changes the strip itself, element
 * by element, and returns it.
 *
 * <p>Strips of one formula have the same length and type; numbers are rounded to that type. {@link #mix}, {@link #mixSquares} and {@link #maxAbs} serve a
 * rule's moments: they flush values below 1e-37, which would slow processors down, to 0. A strip belongs to the thread that received it, until {@code apply}
 * returns.
 */
public abstract sealed class Strip permits FloatStrip, DoubleStrip {

    private Powers powers;

    Strip() {}

    /** Makes a strip of zeros. */
    static Strip of(DataType type, int length) {
        return type == DataType.DOUBLE ? new DoubleStrip(length) : new FloatStrip(length);
    }

    /** Sets each element to {@code x}. */
    public abstract Strip set(Strip x);

    /** Sets each element to {@code a·x}. */
    public abstract Strip set(double a, Strip x);

    /** Sets each element to {@code this + a}. */
    public abstract Strip add(double a);

    /** Sets each element to {@code this + a·x}. */
    public abstract Strip add(double a, Strip x);

    /** Sets each element to {@code this·a}. */
    public abstract Strip times(double a);

    /** Sets each element to {@code this·x}. */
    public abstract Strip times(Strip x);

    /** Sets each element to {@code this/x}. */
    public abstract Strip over(Strip x);

    /** Sets each element to {@code this/(√(a·x) + b)}. */
    public abstract Strip overRoot(double a, Strip x, double b);

    /** Sets each element to {@code √this}. */
    public abstract Strip root();

    /** Sets each element to {@code a·this + b·x}. */
    public abstract Strip mix(double a, double b, Strip x);

    /** Sets each element to {@code a·this + b·x²}. */
    public abstract Strip mixSquares(double a, double b, Strip x);

    /** Sets each element to {@code max(a·this, |x|)}. */
    public abstract Strip maxAbs(double a, Strip x);

    /** Sets each element to {@code max(low, min(high, this))}; pass infinities for no bound. */
    public abstract Strip clamp(double low, double high);

    /** Sets each element to its sign: −1, 0 or 1. */
    public abstract Strip sign();

    /** Sets an element to {@code x} where {@code chosen > 0} and leaves the others. */
    public abstract Strip where(Strip chosen, Strip x);

    /** Sets each element to {@code f(this, x)}, any formula, calling f for one element after another. */
    public abstract Strip map(DoubleBinaryOperator f, Strip x);

    /**
     * Returns scratch space for intermediate results, the same each time and with undefined contents; {@code spare().spare()} is another. The library's rules
     * use it too, when your formula applies them.
     */
    public abstract Strip spare();

    /** Returns {@code baseᵗ}, such as β₁ᵗ of Adam's bias correction, computed once per step for all strips. */
    public final double power(double base, long t) {
        if (powers == null) {
            powers = new Powers();
        }
        return powers.of(base, t);
    }

    /**
     * Adam's step in one loop, since Adam is the most used, plus {@code decay·p}: with m and v in {@code m}, {@code eta·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε) +
     * decay·p}.
     */
    abstract void adam(
            Strip p, Strip[] m, long t, double eta, double beta1, double beta2, double epsilon, double decay);

    // where it is read from and written to

    /** Reads and writes this array from now on. */
    abstract void use(INDArray array);

    /** Reads and writes the same array as {@code other}. */
    abstract void use(Strip other);

    /** Reads {@code count} elements of the array. */
    abstract void read(int at, int count);

    /** Sums |x| over the first elements of the array in Float64; for a few of them. */
    abstract double absoluteSum(int count);

    /** Subtracts {@code d} and writes the result into the array. */
    abstract void step(Strip d, int at);

    /** An element. */
    abstract double get(int i);

    /** Sets an element. */
    abstract void put(int i, double value);

    /** {@code sum + Σ|this|ᵖ} in Float64; for infinite p the largest of {@code sum} and all {@code |this|}. */
    abstract double sizes(double p, double sum);

    /** Caches the last powers, since a rule asks for the same few at each strip of a step. Not thread-safe. */
    static final class Powers {

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
}
