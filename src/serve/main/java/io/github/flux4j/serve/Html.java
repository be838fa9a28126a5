package io.github.flux4j.serve;

import io.github.flux4j.internal.text.HtmlText;
import java.math.BigDecimal;
import java.math.MathContext;

/** Text and numbers as a page has them. */
final class Html {

    private static final int DIGITS = 4;
    private static final double LARGE = 1e15;
    private static final double SMALL = 1e-4;

    private Html() {}

    /** As text between tags and in attributes; in elements of its own direction, since a stranger's text may turn it round. */
    static String text(String text) {
        return "<bdi>" + attribute(text) + "</bdi>";
    }

    /** As the value of an attribute in double quotes. */
    static String attribute(String text) {
        return HtmlText.escaped(text);
    }

    /** In four digits, without an exponent where that is readable. */
    static String number(double number) {
        return number(number, DIGITS);
    }

    static String number(double number, int digits) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "unknown" : number > 0 ? "∞" : "−∞";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
        double size = Math.abs(number);
        if (size != 0 && (size >= LARGE || size < SMALL)) {
            return String.valueOf(rounded.doubleValue());
        }
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
