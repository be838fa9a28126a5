package io.github.flux4j.internal.csv;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text, the same in every locale: digits with a decimal point or, on request, a comma, and an exponent. */
public final class Numeral {

    private static final double WHOLE = 1e15; // below, a whole number is written without exponent

    private static final double LARGE = 1e6;

    private Numeral() {}

    /** The number, or NaN if the text isn't one: no blanks, no thousands marks, no infinity, no hexadecimal digits. */
    public static double parse(String text, boolean decimalComma) {
        if (!isNumeral(text, decimalComma ? ',' : '.')) {
            return Double.NaN;
        }
        double value = Double.parseDouble(decimalComma ? text.replace(',', '.') : text);
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** Sign, digits, point and digits, exponent; at least one digit before the exponent. Java's own parser takes 1f and 0x1p3, too. */
    private static boolean isNumeral(String text, char point) {
        int start = afterSign(text, 0);
        int end = afterDigits(text, start);
        int digits = end - start;
        if (end < text.length() && text.charAt(end) == point) {
            int fraction = end + 1;
            end = afterDigits(text, fraction);
            digits += end - fraction;
        }
        return digits > 0 && (end == text.length() || isExponent(text, end));
    }

    private static boolean isExponent(String text, int from) {
        int digits = afterSign(text, from + 1);
        return (text.charAt(from) | 0x20) == 'e'
                && digits < text.length()
                && afterDigits(text, digits) == text.length();
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** All digits that distinguish the number from others: {@code 4}, {@code 46.6}, {@code 1.0E-7}. */
    public static String text(double value) {
        return Math.abs(value) < WHOLE && value == Math.rint(value)
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Six digits; for larger numbers all before the point. */
    public static String brief(double value) {
        return text(
                Math.abs(value) < LARGE
                        ? new BigDecimal(value).round(new MathContext(6)).doubleValue()
                        : Math.rint(value));
    }
}
