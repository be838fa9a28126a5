package io.github.flux4j.internal.csv;

/**
 * Parses numbers with few digits without a String for each, correctly rounded: up to 15 digits and a power of ten up to 10²² are exact in Float64, so that one
 * division rounds once (Clinger 1990, "How to read floating point numbers accurately"). {@link Numeral} parses the rest.
 */
public final class ShortNumeral {

    private static final int MOST_DIGITS = 15;

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private ShortNumeral() {}

    /** The number, or NaN if the text isn't one. */
    public static double parse(char[] text, int from, int to, boolean decimalComma) {
        boolean isNegative = from < to && text[from] == '-';
        int at = isNegative ? from + 1 : from;
        int count = -at;
        long digits = 0;
        for (; at < to && isDigit(text[at]); at++) {
            digits = digits * 10 + (text[at] - '0');
        }
        count += at;
        int decimals = 0;
        if (at < to && text[at] == (decimalComma ? ',' : '.')) {
            int point = at++;
            for (; at < to && isDigit(text[at]); at++) {
                digits = digits * 10 + (text[at] - '0');
            }
            decimals = at - point - 1;
        }
        if (at < to || count + decimals == 0 || count + decimals > MOST_DIGITS) {
            return Numeral.parse(new String(text, from, to - from), decimalComma);
        }
        double value = digits / POWERS[decimals];
        return isNegative ? -value : value;
    }

    /** With one comparison. */
    private static boolean isDigit(char c) {
        return (char) (c - '0') <= 9;
    }
}
