package io.github.flux4j.internal.network;

import java.util.concurrent.ThreadLocalRandom;

/** What the activations have in common, in Float64, as NNlib defines them. */
public final class Formulas {

    static final double SELU_LAMBDA = 1.0507009873554804934;
    static final double SELU_ALPHA = 1.6732632423543772848;
    /** Flux's ε of normalisation, a Float32. */
    static final double EPSILON = 1e-5f;

    static final double LOG_2 = Math.log(2);

    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_8_PI = Math.sqrt(8 / Math.PI);

    private static final double ERF_PRECISION = 1e-15;
    private static final double A = 0.5;
    private static final double LOG_GAMMA = Math.log(Math.PI) / 2; // of ½

    /** Beyond it erf is 1. */
    private static final double ERF_SATURATED = 40;

    private Formulas() {}

    /** min(max(x, low), high); NaN stays. */
    static double clamp(double x, double low, double high) {
        return x < low ? low : x > high ? high : x;
    }

    /** max(0, min(1, (x + 3)/6)). */
    static double hardsigmoid(double x) {
        return clamp((x + 3) / 6, 0, 1);
    }

    /** 1/(1 + e⁻ˣ), of e^−|x|, which never overflows. */
    public static double sigmoid(double x) {
        double t = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + t) : t / (1 + t);
    }

    /** log(1 + eˣ). */
    static double softplus(double x) {
        return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    /** x·σ(√(8/π)·(x + 0.044715x³)). */
    static double gelu(double x) {
        return x * sigmoid(SQRT_8_PI * x * (1 + 0.044715 * x * x));
    }

    /** x/2·(1 + erf(x/√2)). */
    static double geluErf(double x) {
        return x / 2 * (1 + erf(x / SQRT_2));
    }

    /**
     * The error function, erf(x) = P(½, x²) by the regularised gamma function: its series near 0, its continued fraction further out
     * (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31), to 1e-15.
     */
    private static double erf(double x) {
        if (!(Math.abs(x) <= ERF_SATURATED)) {
            return x != x ? x : Math.signum(x);
        }
        double square = x * x;
        double p = square == 0 ? 0 : square < A + 1 ? series(square) : 1 - fraction(square);
        return x < 0 ? -p : p;
    }

    private static double factor(double x) {
        return Math.exp(-x + A * Math.log(x) - LOG_GAMMA);
    }

    /** P(a, x) = xᵃe⁻ˣ/Γ(a)·Σ xⁿ/(a(a + 1)…(a + n)). */
    private static double series(double x) {
        double term = 1 / A;
        double sum = term;
        for (int n = 1; term > ERF_PRECISION * sum; n++) {
            term *= x / (A + n);
            sum += term;
        }
        return factor(x) * sum;
    }

    /** 1 − P(a, x) = xᵃe⁻ˣ/Γ(a)·1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)), by Lentz's method. */
    private static double fraction(double x) {
        double b = x + 1 - A;
        double c = Double.MAX_VALUE;
        double d = 1 / b;
        double h = d;
        double change = 0;
        for (int n = 1; Math.abs(change - 1) > ERF_PRECISION; n++) {
            double a = -n * (n - A);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            change = c * d;
            h *= change;
        }
        return factor(x) * h;
    }

    static double elu(double x, double alpha) {
        return x >= 0 ? x : alpha * Math.expm1(x);
    }

    static double celu(double x, double alpha) {
        return x >= 0 ? x : alpha * Math.expm1(x / alpha);
    }

    static double selu(double x) {
        return SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
    }

    /** min(max(0, x − λ), x + λ). */
    static double softshrink(double x, double lambda) {
        return x + lambda > 0 ? (x - lambda < 0 ? 0 : x - lambda) : x + lambda;
    }

    /** x > 0 ? x : a·x with a drawn for each x. */
    static double rrelu(double x, double low, double high) {
        double share = ThreadLocalRandom.current().nextDouble();
        return x > 0 ? x : x * (low + (high - low) * share);
    }
}
