package io.github.flux4j.internal.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers for people: a few digits, a point in every country. */
public final class Figures {

    private Figures() {}

    /** With two digits. */
    public static String short2(double value) {
        return rounded(value, 2);
    }

    /** With three digits: 2.75, 0.0123, 55.9; whole numbers beyond. */
    public static String short3(double value) {
        return rounded(value, 3);
    }

    /** With four digits. */
    public static String short4(double value) {
        return rounded(value, 4);
    }

    /** With five digits, zeros included: 1.0000. */
    public static String five(double value) {
        double size = Math.abs(value);
        if (!(size < 1e9 && size >= 1e-5)) {
            return value == 0 ? "0.0000" : rounded(value, 5);
        }
        BigDecimal five = new BigDecimal(value).round(new MathContext(5));
        int whole = five.precision() - five.scale();
        return five.setScale(Math.max(0, 5 - Math.max(1, whole)), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String rounded(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size >= 1e9 || size < 1e-5) {
            return new BigDecimal(value).round(new MathContext(digits)).toString();
        }
        int whole = (int) Math.floor(Math.log10(size)) + 1;
        return new BigDecimal(value)
                .round(new MathContext(Math.max(digits, whole)))
                .toPlainString();
    }

    /** A share of 1 in percent, with three digits. */
    public static String percent(double share) {
        return short3(100 * share) + " %";
    }

    /** In seconds. */
    public static String seconds(Duration time) {
        return short3(time.toNanos() / 1e9) + " s";
    }

    /** With two digits, from a thousand on as {@code 31 k}. */
    public static String thousands(double value) {
        BigDecimal round = new BigDecimal(value < 1000 ? value : value / 1000).round(new MathContext(2));
        return round.toPlainString() + (value < 1000 ? "" : " k");
    }

    /** What is still to be waited, in whole seconds, or minutes and hours where it is long. */
    public static String left(Duration time) {
        long seconds = Math.round(time.toMillis() / 1e3);
        return (seconds < 100 ? seconds + " s" : seconds < 6000 ? seconds / 60 + " min" : seconds / 3600 + " h")
                + " left";
    }
}
