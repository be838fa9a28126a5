package io.github.flux4j.optimise;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some elements of an array in a row, with which a {@link Rule} writes its formula for Float32 and Float64 alike. Each operation changes the
 * strip that it is called on, element by element, and gives it back; strips of one formula are of one length and type, and numbers are rounded
 * to that type. For the thread that was given it, until {@code apply} returns.
 *
 * <p>{@link #mix}, {@link #mixSquares} and {@link #maxAbs} are made for what a rule remembers: they make 0 of what has decayed to nothing (below
 * 1e-37), with which processors are slow.
 */
public abstract sealed class Strip permits FloatStrip, DoubleStrip {

    private Powers powers;

    Strip() {}

    /** Room for so many elements, all 0. */
    static Strip of(DataType type, int length) {
        return type == DataType.DOUBLE ? new DoubleStrip(length) : new FloatStrip(length);
    }

    /** {@code x}. */
    public abstract Strip set(Strip x);

    /** {@code a·x}. */
    public abstract Strip set(double a, Strip x);

    /** {@code this + a}. */
    public abstract Strip add(double a);

    /** {@code this + a·x}. */
    public abstract Strip add(double a, Strip x);

    /** {@code this·a}. */
    public abstract Strip times(double a);

    /** {@code this·x}. */
    public abstract Strip times(Strip x);

    /** {@code this/x}. */
    public abstract Strip over(Strip x);

    /** {@code this/(√(a·x) + b)}. */
    public abstract Strip overRoot(double a, Strip x, double b);

    /** {@code √this}. */
    public abstract Strip root();

    /** {@code a·this + b·x}. */
    public abstract Strip mix(double a, double b, Strip x);

    /** {@code a·this + b·x²}. */
    public abstract Strip mixSquares(double a, double b, Strip x);

    /** {@code max(a·this, |x|)}. */
    public abstract Strip maxAbs(double a, Strip x);

    /** {@code max(low, min(high, this))}; infinities where there is no bound. */
    public abstract Strip clamp(double low, double high);

    /** −1, 0 or 1. */
    public abstract Strip sign();

    /** {@code x} where {@code chosen > 0}, else as it is. */
    public abstract Strip where(Strip chosen, Strip x);

    /** {@code f(this, x)}: any formula, called for one element after the other. */
    public abstract Strip map(DoubleBinaryOperator f, Strip x);

    /**
     * Room for what a formula works out on the way, the same each time; its elements are whatever they are. A further one is {@code
     * spare().spare()}. The library's rules use it, too, where one's own formula applies them.
     */
    public abstract Strip spare();

    /** {@code baseᵗ}, such as β₁ᵗ of Adam's corrections: worked out once a step, however many strips there are. */
    public final double power(double base, long t) {
        if (powers == null) {
            powers = new Powers();
        }
        return powers.of(base, t);
    }

    /**
     * Adam's step for this gradient in one loop, since Adam is what is used most, and {@code decay·p} added: with m and v in {@code m},
     * {@code eta·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε) + decay·p}.
     */
    abstract void adam(
            Strip p, Strip[] m, long t, double eta, double beta1, double beta2, double epsilon, double decay);

    // where it is read from and written to

    /** Reads and writes this array from now on. */
    abstract void use(INDArray array);

    /** Reads and writes the array that {@code other} does. */
    abstract void use(Strip other);

    /** Becomes {@code count} elements of the array. */
    abstract void read(int at, int count);

    /** Σ|x| of the first elements of the array, in Float64: for a few of them. */
    abstract double absoluteSum(int count);

    /** Takes {@code d} off and writes the rest into the array. */
    abstract void step(Strip d, int at);

    /** An element. */
    abstract double get(int i);

    /** Sets an element. */
    abstract void put(int i, double value);

    /** {@code sum + Σ|this|ᵖ}, in Float64; for infinite p the greatest of {@code sum} and all {@code |this|}. */
    abstract double sizes(double p, double sum);

    /** The powers asked for last: a rule asks for the same few at each strip of a step. For one thread. */
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
