package io.github.flux4j.format;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a decimal mark, thousands marks, and a unit before or after.
 *
 * @param decimal a point or a comma
 * @param thousands a comma, a point, a blank or an apostrophe; NUL for none
 * @param unit a currency, with which {@code (12)} is −12, or another unit, {@code kg}: a cell may omit these; a percent sign, which every cell has; empty for none
 * @param multiples whether {@code 1.2k} is 1200 and {@code 3 Mio} is 3000000
 * @param brackets whether {@code (12)} is −12 without a currency, too
 */
record NumberStyle(char decimal, char thousands, String unit, boolean multiples, boolean brackets, Pattern pattern)
        implements CellStyle {

    static final List<String> CURRENCIES = List.of("$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF");
    static final String PERCENT = "%";
    static final char NONE = '\0';

    private static final String MULTIPLE = "(?:[kM]|(?<! )K|(?i:tsd|mio|mn|mrd|bn)\\.?)(?!\\p{L})";
    private static final String UNIT = "[\\p{L}°µΩ‰\"′″][\\p{L}°/·.]{0,8}[²³23]?";
    private static final Pattern ENDING =
            Pattern.compile("(?:[A-Z]{3} ?)?[-+−( $€£¥]*\\d[^\\p{L}°µΩ‰\"′″]*?(?:(?<=\\d) ?(?<multiple>"
                    + MULTIPLE + "))?(?: ?(?<unit>" + UNIT + "|"
                    + String.join("|", CURRENCIES.subList(1, CURRENCIES.size()))
                    + "|[$]))?\\)?");

    private static final Pattern TEXT = Pattern.compile(
            "(?<open>\\()?(?<before>[^\\d\\s()]{0,3}) ?1(?<thousands>[., '])?234(?:(?<decimal>[.,])5)?(?<multiple>k(?!\\p{L}))?"
                    + "(?<after> ?(?:[^\\d\\s()]{0,3}|" + UNIT + "))(?<close>\\))?");

    /** Blanks within numbers: tab, no-break, figure, thin and narrow no-break spaces. */
    private static final Pattern BLANKS = Pattern.compile("[\\t\\u00A0\\u2007\\u2009\\u202F]");

    NumberStyle(char decimal, char thousands, String unit, boolean multiples, boolean brackets) {
        this(decimal, thousands, unit, multiples, brackets, pattern(decimal, thousands, unit, multiples, brackets));
    }

    /** A number's {@code multiple} and {@code unit}, either of them null; null if the cell has letters elsewhere. */
    static @Nullable Matcher ending(String cell) {
        Matcher ending = ENDING.matcher(cell);
        return ending.matches() ? ending : null;
    }

    /** Possessive, so that matching takes linear time. */
    private static Pattern pattern(char decimal, char thousands, String unit, boolean multiples, boolean brackets) {
        String mark = thousands == '\'' ? "['’]" : Pattern.quote(String.valueOf(thousands));
        String grouped = thousands == NONE ? "" : "[1-9]\\d{0,2}(?:" + mark + "\\d{3})++(?!\\d)|";
        String point = Pattern.quote(String.valueOf(decimal));
        String number = "(?<number>(?:" + grouped + "\\d++)(?:" + point + "\\d*+)?|" + point
                + "\\d++)(?<power>[eE][-+]?\\d++)?";
        String sign = "([-+−])? ?";
        String its = unit.isEmpty() ? "()" : "(" + Pattern.quote(unit) + ")?";
        boolean canOpen = brackets || CURRENCIES.contains(unit);
        String open = canOpen ? "(\\()? ?" : "()";
        String close = canOpen ? "(\\))?" : "()";
        String times = multiples ? "(?: ?(?<multiple>" + MULTIPLE + "))?" : "(?<multiple>)";
        return Pattern.compile(
                sign + open + its + " ?" + sign + open + number + times + " ?" + its + close + " ?" + its + "(-)?");
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
        boolean known = unit.isEmpty()
                || unit.equals(PERCENT)
                || CURRENCIES.contains(unit)
                || parts.group("before").isEmpty() && unit.matches(UNIT) && !unit.matches(MULTIPLE);
        boolean isOpen = parts.group("open") != null;
        return known && decimal != thousands && isOpen == (parts.group("close") != null)
                ? new NumberStyle(decimal, thousands, unit, parts.group("multiple") != null, isOpen)
                : null;
    }

    @Override
    public String text() {
        String number = "1" + (thousands == NONE ? "" : thousands) + "234" + decimal + "5" + (multiples ? "k" : "");
        boolean isBefore = CURRENCIES.contains(unit);
        String blank = unit.isEmpty() || unit.equals(PERCENT) || isBefore && unit.length() < 3 ? "" : " ";
        String whole = isBefore ? unit + blank + number : number + blank + unit;
        return brackets ? "(" + whole + ")" : whole;
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
        int units = set(parts, 3) + set(parts, 9) + set(parts, 11);
        int signs = set(parts, 1) + set(parts, 4) + set(parts, 12) + set(parts, 2) + set(parts, 5);
        int opened = set(parts, 2) + set(parts, 5);
        if (opened != set(parts, 10) || signs > 1 || units > 1 || units == 0 && unit.equals(PERCENT)) {
            return Double.NaN;
        }
        boolean hasPower = set(parts, 7) > 0;
        if (hasPower && (set(parts, 8) > 0 || parts.group("number").indexOf(thousands) >= 0)) {
            return Double.NaN; // with an exponent, the only mark is the decimal one
        }
        boolean isNegative = signs == 1 && !"+".equals(parts.group(1)) && !"+".equals(parts.group(4));
        String power = hasPower ? parts.group("power") : power(parts.group("multiple"));
        double value = Double.parseDouble(digits(parts.group("number")) + power);
        return Double.isInfinite(value) ? Double.NaN : isNegative ? -value : value;
    }

    private static int set(Matcher parts, int group) {
        return parts.group(group) == null || parts.group(group).isEmpty() ? 0 : 1;
    }

    /** Of a multiple's word. */
    private static String power(@Nullable String multiple) {
        String word = multiple == null ? "" : multiple.toLowerCase(Locale.ROOT).replace(".", "");
        return switch (word) {
            case "" -> "";
            case "k", "tsd" -> "e3";
            case "bn", "mrd" -> "e9";
            default -> "e6";
        };
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
