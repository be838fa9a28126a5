package io.github.flux4j.format;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a decimal mark, thousands marks, and a unit before or after.
 *
 * @param decimal a point or a comma
 * @param thousands a comma, a point, a blank or an apostrophe; NUL for none
 * @param unit a currency, which a cell may omit and with which {@code (12)} is −12; a percent sign, which every cell has; empty for none
 */
record NumberStyle(char decimal, char thousands, String unit, Pattern pattern) implements CellStyle {

    static final List<String> CURRENCIES = List.of("$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF");
    static final String PERCENT = "%";
    static final char NONE = '\0';

    private static final Pattern TEXT = Pattern.compile(
            "(?<before>[^\\d\\s]{0,3}) ?1(?<thousands>[., '])?234(?:(?<decimal>[.,])5)?(?<after> ?[^\\d\\s]{0,3})");

    /** Blanks within numbers: tab, no-break, figure, thin and narrow no-break spaces. */
    private static final Pattern BLANKS = Pattern.compile("[\\t\\u00A0\\u2007\\u2009\\u202F]");

    NumberStyle(char decimal, char thousands, String unit) {
        this(decimal, thousands, unit, pattern(decimal, thousands, unit));
    }

    /** Possessive, so that matching takes linear time. */
    private static Pattern pattern(char decimal, char thousands, String unit) {
        String mark = thousands == '\'' ? "['’]" : Pattern.quote(String.valueOf(thousands));
        String grouped = thousands == NONE ? "" : "[1-9]\\d{0,2}(?:" + mark + "\\d{3})++(?!\\d)|";
        String point = Pattern.quote(String.valueOf(decimal));
        String number = "(?<number>(?:" + grouped + "\\d++)(?:" + point + "\\d*+)?|" + point
                + "\\d++)(?<power>[eE][-+]?\\d++)?";
        String sign = "([-+−])? ?";
        String its = unit.isEmpty() ? "()" : "(" + Pattern.quote(unit) + ")?";
        String open = CURRENCIES.contains(unit) ? "(\\()? ?" : "()";
        String close = CURRENCIES.contains(unit) ? "(\\))?" : "()";
        return Pattern.compile(
                sign + open + its + " ?" + sign + open + number + " ?" + its + close + " ?" + its + "(-)?");
    }

    /** Null if the text isn't of this kind. */
    static @Nullable NumberStyle of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String unit = parts.group("before") + parts.group("after").strip();
        char thousands = parts.group("thousands") == null
                ? NONE
                : parts.group("thousands").charAt(0);
        char decimal =
                parts.group("decimal") == null ? '.' : parts.group("decimal").charAt(0);
        boolean known = unit.isEmpty() || unit.equals(PERCENT) || CURRENCIES.contains(unit);
        return known && decimal != thousands ? new NumberStyle(decimal, thousands, unit) : null;
    }

    @Override
    public String text() {
        String number = "1" + (thousands == NONE ? "" : thousands) + "234" + decimal + "5";
        return unit.equals(PERCENT) ? number + unit : unit.length() == 3 ? unit + " " + number : unit + number;
    }

    @Override
    public boolean isDate() {
        return false;
    }

    @Override
    public double value(String cell) {
        Matcher parts = pattern.matcher(BLANKS.matcher(cell).replaceAll(" "));
        if (!parts.matches()) {
            return Double.NaN;
        }
        int units = set(parts, 3) + set(parts, 8) + set(parts, 10);
        int signs = set(parts, 1) + set(parts, 4) + set(parts, 11) + set(parts, 2) + set(parts, 5);
        int opened = set(parts, 2) + set(parts, 5);
        if (opened != set(parts, 9) || signs > 1 || units > 1 || units == 0 && unit.equals(PERCENT)) {
            return Double.NaN;
        }
        boolean isNegative = signs == 1 && !"+".equals(parts.group(1)) && !"+".equals(parts.group(4));
        double value = Double.parseDouble(digits(parts.group("number")) + power(parts));
        return Double.isInfinite(value) ? Double.NaN : isNegative ? -value : value;
    }

    private static int set(Matcher parts, int group) {
        return parts.group(group) == null || parts.group(group).isEmpty() ? 0 : 1;
    }

    private static String power(Matcher parts) {
        return parts.group("power") == null ? "" : parts.group("power");
    }

    private String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == decimal) {
                digits.append('.');
            } else if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberStyle style && style.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
