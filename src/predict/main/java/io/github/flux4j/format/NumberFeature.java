package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.shown;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number, or a date as years: {@code v = (x − center)·scale}, then optional soft clipping, {@code v/√(1 + (v/clip)²)}, to between −clip and clip.
 *
 * <p>After it come a curve's value at x and a date's calendar, if there are any, then {@code cos(2π·frequency·v + phase)} for each frequency. Last come what
 * linear models see, if wanted: {@code (x − center)·scale} without clipping, and 1 for a missing value.
 *
 * @param name the column
 * @param isDate whether the column holds dates
 * @param missing the substitute for a missing value; NaN if none may be missing
 * @param center subtracted first
 * @param scale multiplied with the difference
 * @param clip the bound of the result, infinite for none
 * @param frequencies of the cosines; empty for none
 * @param phases as many
 * @param format how cells are written
 * @param calendar whether to add cosine and sine of the time of year, of twice that, and seven numbers with 1 for the weekday; if the column isn't one of dates but
 *     of seconds, cosine and sine of the time of day; zeros if the value is missing
 * @param curve null for none
 * @param straight whether to add the unclipped number and whether it is missing
 */
public record NumberFeature(
        String name,
        boolean isDate,
        double missing,
        double center,
        double scale,
        double clip,
        List<Double> frequencies,
        List<Double> phases,
        ColumnFormat format,
        boolean calendar,
        @Nullable Curve curve,
        boolean straight)
        implements Feature {

    /** The most knots that a curve may have. */
    public static final int KNOTS = 1024;

    /**
     * A function of a number: straight lines between knots, constant beyond them.
     *
     * @param at the knots, in ascending order
     * @param values the function's values there
     */
    public record Curve(List<Double> at, List<Double> values) {

        /**
         * Checks the knots.
         *
         * @throws IllegalArgumentException if they aren't in ascending order, or a number is missing
         */
        public Curve {
            at = List.copyOf(at);
            values = List.copyOf(values);
            boolean fits = !at.isEmpty() && at.size() == values.size() && at.size() <= KNOTS;
            for (int i = 1; fits && i < at.size(); i++) {
                fits = at.get(i - 1) < at.get(i);
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "a curve needs 1 to " + KNOTS + " knots in ascending order and a value for each, but has "
                                + at.size() + " and " + values.size());
            }
        }

        /** Computes the value at a number. */
        public double of(double x) {
            int found = Collections.binarySearch(at, x);
            int next = found >= 0 ? found : -found - 1;
            if (found >= 0 || next == 0 || next == at.size()) {
                return values.get(Math.min(next, at.size() - 1));
            }
            double share = (x - at.get(next - 1)) / (at.get(next) - at.get(next - 1));
            return values.get(next - 1) + share * (values.get(next) - values.get(next - 1));
        }
    }

    /** Possessive, so that matching takes linear time. */
    private static final Pattern PLAIN = Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?+\\d++)?+");

    /** The most cosines that a column may have. */
    public static final int COSINES = 1024;

    private static final int HARMONICS = 2;
    private static final int CALENDAR = 2 * HARMONICS + 7;
    private static final int STRAIGHT = 2;
    private static final int CIRCLE = 2;
    private static final double SECONDS = 24 * 60 * 60; // of a day
    private static final double LAST_YEAR = 10_000;

    /** In days: more than rounding errors of years, less than a second. */
    private static final double A_LITTLE = 1e-6;

    private static final double DAY = 24 * 60 * 60 * 1e9; // nanoseconds

    private static final double MOST_YEARS = 999_999;

    /** The length of a date such as 1971-07-02. */
    private static final int DATE = 10;

    /** From here on the result is clip, and (v/clip)² would soon overflow. */
    private static final double FAR = 1e100;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they contradict each other or are out of range
     */
    public NumberFeature {
        Objects.requireNonNull(name, "name is null");
        frequencies = List.copyOf(frequencies);
        phases = List.copyOf(phases);
        require(Double.isFinite(center) && Double.isFinite(scale), name, "needs a finite center and scale");
        require(clip > 0, name, "needs a clip above 0");
        require(!Double.isInfinite(missing), name, "can't replace a missing value by an infinity");
        require(
                frequencies.size() == phases.size() && frequencies.size() <= COSINES,
                name,
                "needs as many phases as frequencies, at most " + COSINES);
        require(
                isDate || !calendar || format.isTimeOfDay(),
                name,
                "can't have a calendar, since it isn't a date or a time of day");
        require(format.isDate() == isDate, name, "can't be written as " + format.text());
    }

    /** Makes a feature in the usual format: a decimal point, or ISO dates. */
    public NumberFeature(
            String name,
            boolean isDate,
            double missing,
            double center,
            double scale,
            double clip,
            List<Double> frequencies,
            List<Double> phases) {
        this(name, isDate, missing, center, scale, clip, frequencies, phases, usual(isDate), false, null, false);
    }

    private static ColumnFormat usual(boolean isDate) {
        return isDate ? ColumnFormat.DATE : ColumnFormat.NUMBER;
    }

    /** Returns this feature with or without the calendar. */
    public NumberFeature calendar(boolean wanted) {
        return new NumberFeature(
                name, isDate, missing, center, scale, clip, frequencies, phases, format, wanted, curve, straight);
    }

    /** Returns this feature for cells in another format. */
    public NumberFeature written(ColumnFormat other) {
        return new NumberFeature(
                name, isDate, missing, center, scale, clip, frequencies, phases, other, calendar, curve, straight);
    }

    /** Returns this feature with or without what linear models see. */
    public NumberFeature straight(boolean wanted) {
        return new NumberFeature(
                name, isDate, missing, center, scale, clip, frequencies, phases, format, calendar, curve, wanted);
    }

    /** Makes a feature without clipping and cosines. */
    public static NumberFeature of(String name, double missing, double center, double scale) {
        return new NumberFeature(name, false, missing, center, scale, Double.POSITIVE_INFINITY, List.of(), List.of());
    }

    private static void require(boolean condition, String name, String what) {
        if (!condition) {
            throw new IllegalArgumentException("column " + shown(name) + " " + what);
        }
    }

    @Override
    public int width() {
        return curvedWidth() + (straight ? STRAIGHT : 0);
    }

    /** Returns how many numbers precede those of linear models. */
    public int curvedWidth() {
        return plainWidth() + frequencies.size();
    }

    /** Returns how many numbers precede the cosines. */
    public int plainWidth() {
        return 1 + (curve == null ? 0 : 1) + calendarWidth();
    }

    private int calendarWidth() {
        return calendar ? isDate ? CALENDAR : CIRCLE : 0;
    }

    @Override
    public void write(@Nullable Object value, double[] into, int at) {
        write(number(value), into, at);
    }

    /** Converts a date to years: 1 January 1970 is 1970, 2 July 1971 is 1971.5 less half a day. */
    public static double years(LocalDate date) {
        return date.getYear() + (date.getDayOfYear() - 1.0) / date.lengthOfYear();
    }

    /** Converts years to a date, without its time. */
    static LocalDate date(double years) {
        double known = Math.max(-MOST_YEARS, Math.min(MOST_YEARS, years));
        LocalDate first = LocalDate.of((int) Math.floor(known), 1, 1);
        return first.plusDays((int) ((known - first.getYear()) * first.lengthOfYear() + 1e-6)); // years are rounded
    }

    /** Converts a time to years, to the nanosecond. */
    public static double years(LocalDateTime time) {
        double days = time.getDayOfYear() - 1 + time.toLocalTime().toNanoOfDay() / DAY;
        return time.getYear() + days / time.toLocalDate().lengthOfYear();
    }

    /** Parses a date, with or without a time, to years; a time with an offset is converted to UTC. */
    static double years(String text) {
        if (text.length() <= DATE) {
            return years(LocalDate.parse(text));
        }
        String iso = text.charAt(DATE) == ' ' ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1) : text;
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        return years(
                time instanceof OffsetDateTime offset
                        ? offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                        : (LocalDateTime) time);
    }

    /** Returns a typical number: the median that scaling subtracts, or without scaling the substitute for a missing value. */
    public double typical() {
        return Double.isInfinite(clip) && !Double.isNaN(missing) ? missing : center;
    }

    /** Returns a value as a number, or NaN if it is missing. */
    public double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value == null || value instanceof String text && format.isMissing(text)) {
            return Double.NaN;
        }
        if (value instanceof LocalDate date && isDate) {
            return years(date);
        }
        if (value instanceof LocalDateTime time && isDate) {
            return years(time);
        }
        if (value instanceof CharSequence text) {
            return parsed(text.toString());
        }
        throw refused(shown(value.toString()));
    }

    private double parsed(String text) {
        double number = format.value(text);
        if (Double.isNaN(number)) {
            throw refused(shown(text.strip()));
        }
        return number;
    }

    /**
     * Parses a number the same way in every locale: sign, digits with at most one point, exponent, outer blanks: {@code 12}, {@code +.5}, {@code 5.}, {@code
     * -1.5e-3}. It refuses NaN, infinity and Java's own forms such as {@code 1d} and {@code 0x1p3}.
     *
     * @return NaN if the text isn't a number, or a double can't hold it
     */
    public static double parse(String text) {
        String plain = text.strip();
        double number = PLAIN.matcher(plain).matches() ? Double.parseDouble(plain) : Double.NaN;
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    private String example() {
        return format.isUsual()
                ? isDate ? "such as 1971-07-02" : "such as 0.5"
                : "written as " + format.text() + ", as in training";
    }

    private IllegalArgumentException refused(String value) {
        return new IllegalArgumentException("column " + shown(name) + " expects "
                + (isDate ? "a date " : "a number ") + example() + ", but was given " + value
                + (Double.isNaN(missing) ? "" : "; null stands for a missing one"));
    }

    /**
     * Writes a number's numbers into an array.
     *
     * @param value NaN if it is missing
     * @throws IllegalArgumentException if it is infinite, or missing and the column has no substitute, or the preparation makes NaN or infinity of it
     */
    public void write(double value, double[] into, int at) {
        double given = Double.isNaN(value) ? missing : value;
        if (!Double.isFinite(given)) {
            throw new IllegalArgumentException("column " + shown(name) + " must be finite, but is " + value
                    + ". Fill or drop such rows before predicting");
        }
        double unclipped = (given - center) * scale;
        double v = clipped(unclipped);
        into[at] = v;
        if (curve != null) {
            into[at + 1] = curve.of(given);
        }
        if (calendar && isDate) {
            writeCalendar(value, into, at + plainWidth() - CALENDAR);
        } else if (calendar) {
            double angle = 2 * Math.PI * value / SECONDS;
            into[at + plainWidth() - CIRCLE] = Double.isNaN(value) ? 0 : Math.cos(angle);
            into[at + plainWidth() - CIRCLE + 1] = Double.isNaN(value) ? 0 : Math.sin(angle);
        }
        for (int k = 0; k < frequencies.size(); k++) {
            into[at + plainWidth() + k] = Math.cos(2 * Math.PI * frequencies.get(k) * v + phases.get(k));
        }
        if (straight) {
            into[at + curvedWidth()] = unclipped;
            into[at + curvedWidth() + 1] = Double.isNaN(value) ? 1 : 0;
        }
        for (int i = at, end = at + width(); i < end; i++) {
            if (!Double.isFinite(into[i])) { // a message made for each number would cost more than the number
                throw new IllegalArgumentException("column " + shown(name) + " can't be " + given
                        + ", which the model's preparation of it makes " + into[i]);
            }
        }
    }

    private static void writeCalendar(double years, double[] into, int at) {
        Arrays.fill(into, at, at + CALENDAR, 0);
        if (!(Math.abs(years) < LAST_YEAR)) {
            return;
        }
        double year = Math.floor(years);
        for (int k = 0; k < HARMONICS; k++) {
            double angle = 2 * Math.PI * (k + 1) * (years - year);
            into[at + 2 * k] = Math.cos(angle);
            into[at + 2 * k + 1] = Math.sin(angle);
        }
        int days = Year.of((int) year).length();
        int day = Math.min(days, 1 + (int) ((years - year) * days + A_LITTLE));
        into[
                at
                        + 2 * HARMONICS
                        + LocalDate.ofYearDay((int) year, day).getDayOfWeek().ordinal()] = 1;
    }

    private double clipped(double v) {
        if (clip == Double.POSITIVE_INFINITY) {
            return v;
        }
        double ratio = v / clip;
        return Math.abs(ratio) > FAR ? Math.copySign(clip, v) : v / Math.sqrt(1 + ratio * ratio);
    }
}
