package io.github.flux4j.format;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * How a column writes its numbers or dates; {@link #NUMBER} and {@link #DATE} are the usual ones. A model file stores it, so that every reader understands
 * cells alike.
 *
 * <p>Its text is an example, {@code 1234.5}, {@code 1,234.5}, {@code 1.234,5}, {@code 1 234,5}, {@code 1'234.5}, with {@code $ € £ ¥ USD EUR GBP CHF} before or
 * {@code %} after; with another unit, {@code 1234.5 kg}; with multiples, {@code 1234.5k} for {@code 1.2k} and {@code 3 Mio}; in brackets, {@code (1234.5)}, where
 * {@code (12)} is −12. Or it is parts of a date, {@code day/month/year}, {@code month/day/year}, {@code day.month.year}, {@code month year}, separated by any of
 * {@code / . -} and a blank; {@code year-quarter} and {@code year-week} for {@code 2024-Q1} and {@code 2024-W07}; {@code unix}, {@code unix ms} and {@code excel}
 * for numbers that are dates; {@code hour:minute} for times of day and {@code duration} for {@code 1:23:45} and {@code 2h 15m}, both in seconds. Immutable and
 * thread-safe.
 */
public final class ColumnFormat {

    /** Digits with a decimal point. */
    public static final ColumnFormat NUMBER = new ColumnFormat(PlainStyle.NUMBER, Set.of());

    /** ISO 8601 dates. */
    public static final ColumnFormat DATE = new ColumnFormat(DateStyle.of(DateStyle.ISO), Set.of());

    /** Marks of a missing number or date, in lower case. */
    private static final Set<String> GAPS = Set.of(
            ("|-|--|---|–|—|.|..|...|?|n/a|na|n.a.|n. a.|<na>|#n/a|#na|#n/a n/a|nan|-nan|nat|null|(null)|none|nil|n.d.|\\n|#div/0!|#value!"
                            + "|#ref!|#null!|#num!|#name?|k.a.|k. a.|n/v|n.v.|s/o|s.o.|n/d|unbekannt|unknown|inconnu|inconnue|desconocido|sin dato"
                            + "|sin datos|keine angabe")
                    .split("\\|"));

    private static final int LONGEST_GAP = 12;

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
                        Stream.<CellStyle[]>of(PlainStyle.values(), TimeStyle.values())
                                .flatMap(Stream::of)
                                .filter(style -> style.text().equals(text)),
                        Stream.of(NumberStyle.of(text), DateStyle.of(text)).filter(Objects::nonNull))
                .findFirst()
                .map(style -> new ColumnFormat(style, Set.of()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a format such as 1,234.5 or 1.234,5 €, day/month/year or month/day/year, year-quarter,"
                                + " year-week, hour:minute, duration, unix, unix ms or excel was expected, but the text is "
                                + ModelFileException.shown(text)));
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

    /** Whether the numbers are times of day, in seconds after midnight. */
    public boolean isTimeOfDay() {
        return style == TimeStyle.OF_DAY;
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

    /** Returns the unit after a cell's number, {@code kg} of {@code 12,3 kg}; empty if there is none. */
    public static String unit(String cell) {
        Matcher ending = NumberStyle.ending(stripped(cell));
        return ending == null || ending.group("unit") == null ? "" : ending.group("unit");
    }

    /** Whether a multiple follows a cell's number, as in {@code 1.2k} and {@code 3 Mio}. */
    public static boolean hasMultiple(String cell) {
        Matcher ending = NumberStyle.ending(stripped(cell));
        return ending != null && ending.group("multiple") != null;
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
