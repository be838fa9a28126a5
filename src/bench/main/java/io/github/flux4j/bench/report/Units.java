package io.github.flux4j.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with three significant digits and a unit, for people. */
public final class Units {

    private Units() {}

    public static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        return nanos < 1e6
                ? digits(nanos / 1e3) + " µs"
                : nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    public static String bytes(double bytes) {
        if (bytes < 1e3) {
            return digits(bytes) + " B";
        }
        return bytes < 1e6
                ? digits(bytes / 1e3) + " kB"
                : bytes < 1e9 ? digits(bytes / 1e6) + " MB" : digits(bytes / 1e9) + " GB";
    }

    /** Three significant digits; no exponent. */
    public static String digits(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        return rounded.setScale(Math.max(0, 3 - rounded.precision() + rounded.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
