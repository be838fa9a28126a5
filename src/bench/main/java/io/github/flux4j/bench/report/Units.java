package io.github.flux4j.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with three significant digits and a unit, for people. */
public final class Units {

    private Units() {}

    public static String time(double nanos) {
        return scaled(nanos, "ns", "µs", "ms", "s");
    }

    public static String bytes(double bytes) {
        return scaled(bytes, "B", "kB", "MB", "GB");
    }

    private static String scaled(double value, String... units) {
        int thousands = 0;
        while (thousands + 1 < units.length && value >= Math.pow(1e3, thousands + 1)) {
            thousands++;
        }
        return digits(value / Math.pow(1e3, thousands)) + " " + units[thousands];
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
