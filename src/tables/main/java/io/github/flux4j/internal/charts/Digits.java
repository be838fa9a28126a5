package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Figures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for people, with a point in every country. */
public final class Digits {

    private static final int PLAIN_BELOW = 6; // from a million on, and below a ten thousandth, with an exponent
    private static final int PLAIN_FROM = -4;

    private Digits() {}

    /** With three significant digits, or all of a whole number below a million: 2.75, 0.0123, 1234, 1.2e-7. */
    public static String of(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        int power = power(value);
        return power >= PLAIN_BELOW || power < PLAIN_FROM
                ? scientific(value, 3)
                : Figures.short3(value).replace('-', '−');
    }

    /** As exactly as steps of this size need: 0.25 for a step of 0.05, 1.25e6 for one of 50000. */
    static String tick(double value, double step) {
        if (Math.abs(value) < step / 2) {
            return "0";
        }
        int power = power(value);
        int finest = power(step);
        return Math.max(power, finest) >= PLAIN_BELOW || finest < PLAIN_FROM
                ? scientific(value, Math.max(1, power - finest + 1))
                : new BigDecimal(value)
                        .setScale(Math.max(0, -finest), RoundingMode.HALF_EVEN)
                        .toPlainString()
                        .replace('-', '−');
    }

    private static String scientific(double value, int digits) {
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        String mantissa = rounded.unscaledValue().abs().toString();
        int power = rounded.precision() - rounded.scale() - 1;
        return (value < 0 ? "−" : "") + mantissa.charAt(0) + (mantissa.length() > 1 ? "." + mantissa.substring(1) : "")
                + "e" + power;
    }

    /** Of ten, of the leading digit. */
    static int power(double value) {
        BigDecimal exact = new BigDecimal(Math.abs(value)).round(new MathContext(15)); // 0.1 is a little more than that
        return exact.precision() - exact.scale() - 1;
    }
}
