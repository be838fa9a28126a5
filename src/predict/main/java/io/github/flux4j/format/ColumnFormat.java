package io.github.flux4j.format;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a column of numbers or dates is written, so that a cell means the same whoever reads it. A model file keeps it. Immutable; for any thread.
 *
 * <p>As text it is an example, {@code 1234.5}, {@code 1,234.5}, {@code 1.234,5}, {@code 1 234,5}, {@code 1'234.5}, with {@code $ € £ ¥ USD EUR GBP CHF} before
 * or {@code %} behind; or parts, {@code day/month/year}, {@code month/day/year}, {@code day.month.year}, {@code month year}, with any of {@code / . -}
 * and a blank between; or {@code unix}, {@code unix ms} and {@code excel} for numbers that are dates.
 */
public final class ColumnFormat {

    /** Digits with a point. */
    public static final ColumnFormat NUMBER = new ColumnFormat(PlainStyle.NUMBER, Set.of());

    /** Dates of ISO 8601. */
    public static final ColumnFormat DATE = new ColumnFormat(DateStyle.of(DateStyle.ISO), Set.of());

    /** What stands for a gap among numbers and dates, in small letters. */
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
     * Of its text.
     *
     * @throws IllegalArgumentException if there is no such format; says which there are
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
                                + " was expected, but there is " + ModelFileException.shown(text)));
    }

    /** The same, with cells of this text as gaps, too. */
    public ColumnFormat withMissing(Set<String> others) {
        return new ColumnFormat(style, others);
    }

    /** What stands for a gap besides the usual marks. */
    public Set<String> missing() {
        return marks;
    }

    /** Its text, without the marks of gaps. */
    public String text() {
        return style.text();
    }

    /** Whether the numbers are dates, as years. */
    public boolean isDate() {
        return style.isDate();
    }

    /** Whether it is that of numbers with a point, or of ISO dates, as models without a word on it have. */
    public boolean isUsual() {
        return marks.isEmpty() && (style.equals(NUMBER.style) || style.equals(DATE.style));
    }

    /** Whether a cell stands for a gap: it is blank, or a usual mark as {@code - . ? n/a none}, or one that was told. */
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

    /** The number that a cell is, or the date as years; NaN if it is written otherwise. */
    public double value(String cell) {
        return style.value(stripped(cell));
    }

    /** The currencies that numbers may have. */
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
