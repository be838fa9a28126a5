package io.github.flux4j.serve;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of Float32 in eight digits, which tell two of them apart but for the last bit, without Java's search for the shortest ones. */
final class JsonNumber {

    /** Between these, Java writes no exponent. */
    private static final double LEAST = 1e-3;

    private static final double MOST = 1e7;

    private static final int COUNT = 8;

    private static final long[] POWERS = new long[COUNT + 4];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private JsonNumber() {}

    /** Such as {@code 23.512346}, {@code 5.0}, {@code -0.0012345678}, {@code 1.5E10}. */
    static StringBuilder append(double number, StringBuilder out) {
        double size = Math.abs(number);
        if (!(size >= LEAST && size < MOST)) {
            return appendRare(number, out);
        }
        int decimals = COUNT - 1;
        while (size >= POWERS[COUNT - decimals]) { // at 10 and above, fewer
            decimals--;
        }
        while (size * POWERS[decimals] < POWERS[COUNT - 1]) { // below 1, more
            decimals++;
        }
        long all = Math.round(size * POWERS[decimals]);
        if (number < 0) {
            out.append('-');
        }
        out.append((int) (all / POWERS[decimals])).append('.');
        return appendFraction(all % POWERS[decimals], decimals, out);
    }

    private static StringBuilder appendRare(double number, StringBuilder out) {
        boolean isRounded = number == 0 || !Double.isFinite(number);
        return out.append(
                isRounded
                        ? number
                        : new BigDecimal(number).round(new MathContext(COUNT)).doubleValue());
    }

    private static StringBuilder appendFraction(long fraction, int decimals, StringBuilder out) {
        long rest = fraction;
        for (int i = decimals - 1; i > 0 && rest > 0; i--) {
            out.append((char) ('0' + rest / POWERS[i]));
            rest %= POWERS[i];
        }
        return rest > 0 || fraction == 0 ? out.append((char) ('0' + rest)) : out;
    }
}
