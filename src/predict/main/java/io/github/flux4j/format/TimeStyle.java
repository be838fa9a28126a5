package io.github.flux4j.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times that aren't days: of day and how long, in seconds; quarters and ISO weeks, as the year of their first day. */
enum TimeStyle implements CellStyle {
    /** {@code 13:30}, {@code 13:30:05}, {@code 1:30 pm}, as seconds after midnight. */
    OF_DAY(
            "hour:minute",
            "(?!\\d:\\d\\d:[^ ]*$)" + DateStyle.OF_DAY, // 1:23:45 is a duration
            parts -> DateStyle.time(parts).toNanoOfDay() / 1e9),
    /** {@code 1:23:45}, {@code 2h 15m}, {@code 45 min}. */
    DURATION(
            "duration",
            "(?<hours>\\d{1,6}):(?<minutes>[0-5]\\d):(?<seconds>[0-5]\\d(?:[.,]\\d{1,9})?)"
                    + "|(?=\\d)(?:(?<d>\\d{1,6}) ?(?:d|days?) ?)?(?:(?<h>\\d{1,6}) ?(?:h|hrs?|hours?|std)\\.? ?)?"
                    + "(?:(?<m>\\d{1,6}) ?(?:m|mins?|minutes?)\\.? ?)?(?:(?<s>\\d{1,6}(?:[.,]\\d{1,9})?) ?(?:s|secs?|seconds?)\\.?)?",
            TimeStyle::seconds),
    /** {@code 2024-Q1}, {@code Q1 2024}. */
    QUARTER(
            "year-quarter",
            "(?<year>\\d{4})[-/ ]?Q(?<quarter>[1-4])|Q(?<first>[1-4])[-/ ]?(?<then>\\d{4})",
            parts -> NumberFeature.years(LocalDate.of(
                    (int) (number(parts, "year") + number(parts, "then")),
                    (int) (3 * (number(parts, "quarter") + number(parts, "first")) - 2),
                    1))),
    /** {@code 2024-W07}. */
    WEEK(
            "year-week",
            "(?<year>\\d{4})-?W(?<week>\\d\\d)",
            parts -> NumberFeature.years(LocalDate.parse(
                    parts.group("year") + "-W" + parts.group("week") + "-1", DateTimeFormatter.ISO_WEEK_DATE)));

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private final String text;
    private final Pattern pattern;
    private final ToDoubleFunction<Matcher> reading;

    TimeStyle(String text, String pattern, ToDoubleFunction<Matcher> reading) {
        this.text = text;
        this.pattern = Pattern.compile(pattern);
        this.reading = reading;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean isDate() {
        return this == QUARTER || this == WEEK;
    }

    @Override
    public double value(String cell) {
        Matcher parts = pattern.matcher(cell);
        try {
            return parts.matches() ? reading.applyAsDouble(parts) : Double.NaN;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    private static double seconds(Matcher parts) {
        return DAY * number(parts, "d")
                + HOUR * (number(parts, "hours") + number(parts, "h"))
                + 60 * (number(parts, "minutes") + number(parts, "m"))
                + number(parts, "seconds")
                + number(parts, "s");
    }

    private static double number(Matcher parts, String name) {
        String digits = parts.group(name);
        return digits == null ? 0 : Double.parseDouble(digits.replace(',', '.'));
    }
}
