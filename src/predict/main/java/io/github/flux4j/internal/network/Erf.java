package io.github.flux4j.internal.network;

/**
 * The error function, erf(x) = P(½, x²) by the regularised gamma function: its series near 0, its continued fraction further out
 * (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31), to 1e-15.
 */
final class Erf {

    private static final double PRECISION = 1e-15;
    private static final double A = 0.5;
    private static final double LOG_GAMMA = Math.log(Math.PI) / 2; // of ½

    /** Beyond it erf is 1. */
    private static final double SATURATED = 40;

    private Erf() {}

    static double erf(double x) {
        if (!(Math.abs(x) <= SATURATED)) {
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
        for (int n = 1; term > PRECISION * sum; n++) {
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
        for (int n = 1; Math.abs(change - 1) > PRECISION; n++) {
            double a = -n * (n - A);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            change = c * d;
            h *= change;
        }
        return factor(x) * h;
    }
}
