package io.github.flux4j.internal.charts;

import java.math.BigDecimal;

/** Round numbers: 1, 2 and 5 times powers of ten. */
final class Steps {

    static final double ROUNDING = 1e-9;

    private static final double[] DIGITS = {1, 2, 5, 10};

    private Steps() {}

    /** The power of ten, to the last bit. */
    static double ten(int power) {
        return new BigDecimal("1e" + power).doubleValue();
    }

    /** The least round number that isn't below; the greatest number where that one is too large. */
    static double atLeast(double value) {
        double ten = ten(Digits.power(value));
        for (double digit : DIGITS) {
            if (digit * ten >= value * (1 - ROUNDING)) {
                return Math.min(Double.MAX_VALUE, digit * ten);
            }
        }
        return value;
    }

    /** The greatest round number that isn't above. */
    static double atMost(double value) {
        double ten = ten(Digits.power(value));
        for (int i = DIGITS.length - 1; i >= 0; i--) {
            if (DIGITS[i] * ten / (1 + ROUNDING) <= value) {
                return DIGITS[i] * ten;
            }
        }
        return value;
    }

    /** The share, NaN where it lies outside. */
    static double within(double share) {
        return share >= -ROUNDING && share <= 1 + ROUNDING ? Math.min(1, Math.max(0, share)) : Double.NaN;
    }
}
