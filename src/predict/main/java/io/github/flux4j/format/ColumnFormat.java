package io.github.flux4j.format;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a column writes its numbers or dates; {@link #NUMBER} and {@link #DATE} are the usual ones. A model file stores it, so that every reader understands
 * cells alike.
 *
 * <p>Its text is an example, {@code 1234.5}, {@code 1,234.5}, {@code 1.234,5}, {@code 1 234,5}, {@code 1'234.5}, with {@code $ € £ ¥ USD EUR GBP CHF} before or
 * {@code %} after; or parts of a date, {@code day/month/year}, {@code month/day/year}, {@code day.month.year}, {@code month year}, separated by any of {@code /
 * . -} and a blank; or {@code unix}, {@code unix ms} and {@code excel} for numbers that are dates. Immutable and thread-safe.
 */
public final class ColumnFormat {

    /** Digits with a decimal point. */
    public static final ColumnFormat NUMBER = new ColumnFormat(PlainStyle.NUMBER, Set.of());

    /** ISO 8601 dates. */
    public static final ColumnFormat DATE = new ColumnFormat(DateStyle.of(DateStyle.ISO), Set.of());

    /** Marks of a missing number or date, in lower case. */
    private static final Set<String> GAPS = Set.of(
            ("|-|--|---|–|—|.|..|...|?|n/a|na|n.a.|n. a.|<na>|#n/a|#na|#n/a n/a|nan|-nan|nat|null|(null)|none|nil|n.d.|\\n|#div/0!|#value!"
                            + "|#ref!|#null!|#num!|#name?")
                    .split("\\|"));

    private static final int LONGEST_GAP = 8;

    private static final String BLANKS = " \t\u00A0\u2007\u2009\u202F";

    private final CellStyle style;
    private final Set<String> marks;

    private ColumnFormat(CellStyle style, Set<String> marks) {
        this.style = style;
        this.marks = Set.copyOf(marks);
    }

    /**
     * Makes a format from its text.
     *
     * @throws IllegalArgumentException if there is no such format; the message lists them
     */
    public static ColumnFormat of(String text) {
        Objects.requireNonNull(text, "text is null");
        return Stream.concat(
                        Stream.of(PlainStyle.values())
                                .filter(style -> style.text().equals(text)),
                        Stream.of(NumberStyle.of(text), DateStyle.of(text)).filter(Objects::nonNull))
                .findFirst()
                .map(style -> new ColumnFormat(style, Set.of()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a format such as 1,234.5 or 1.234,5 €, day/month/year or month/day/year, unix, unix ms or excel"
                                + " was expected, but the text is " + ModelFileException.shown(text)));
    }

    /** Returns this format with further marks of a missing value. */
    public ColumnFormat withMissing(Set<String> others) {
        return new ColumnFormat(style, others);
    }

    /** Returns the marks of a missing value besides the usual ones. */
    public Set<String> missing() {
        return marks;
    }

    /** Returns its text, without the marks of missing values. */
    public String text() {
        return style.text();
    }

    /** Whether the numbers are dates, as years. */
    public boolean isDate() {
        return style.isDate();
    }

    /** Whether it is {@link #NUMBER} or {@link #DATE} without further marks, which files need not mention. */
    public boolean isUsual() {
        return marks.isEmpty() && (style.equals(NUMBER.style) || style.equals(DATE.style));
    }

    /** Whether a cell is missing: blank, a usual mark such as {@code - . ? n/a none}, or one of {@link #missing}. */
    public boolean isMissing(String cell) {
        return marks.contains(cell) || isGap(cell);
    }

    /** Whether a cell is blank or a usual mark. */
    public static boolean isGap(String cell) {
        String bare = stripped(cell);
        return bare.length() <= LONGEST_GAP && GAPS.contains(bare.toLowerCase(Locale.ROOT));
    }

    private static String stripped(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && BLANKS.indexOf(cell.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && BLANKS.indexOf(cell.charAt(to - 1)) >= 0) {
            to--;
        }
        return cell.substring(from, to);
    }

    /** Returns a cell's number, or its date as years; NaN if it is written otherwise. */
    public double value(String cell) {
        return style.value(stripped(cell));
    }

    /** Returns the currencies that numbers may have. */
    public static List<String> currencies() {
        return NumberStyle.CURRENCIES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnFormat format && format.style.equals(style) && format.marks.equals(marks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(style, marks);
    }

    @Override
    public String toString() {
        return text() + (marks.isEmpty() ? "" : " with gaps " + String.join(" ", new TreeSet<>(marks)));
    }
}
