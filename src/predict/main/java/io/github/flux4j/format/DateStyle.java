package io.github.flux4j.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates with their parts in a fixed order and an optional time. Months are numbers or English names; years of two digits mean 1969 to 2068. It also reads ISO
 * 8601 dates, which can't be confused with others.
 *
 * @param text such as {@code day/month/year}
 */
record DateStyle(String text, Pattern pattern) implements CellStyle {

    static final String ISO = "year-month-day";

    private static final Pattern TEXT =
            Pattern.compile("(day|month|year)([-/. ])(?!\\1)(day|month|year)(?:\\2(?!\\1|\\3)(day|month|year))?");
    /** A time of day, which {@link #time} reads. */
    static final String OF_DAY =
            "(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?(?: ?(?<half>[AaPp])\\.?[Mm]\\.?)?";

    private static final String TIME = "(?:(?:T|,? )" + OF_DAY + "(?: ?(?<zone>Z|UTC|GMT|[-+]\\d\\d:?\\d\\d))?)?";
    private static final List<String> MONTHS =
            List.of("january february march april may june july august september october november december".split(" "));
    private static final int FIRST_OF_TWO_DIGITS = 69; // as POSIX has it
    private static final int NOON = 12;

    /** Null if the text isn't of this kind. */
    static @Nullable DateStyle of(String text) {
        Matcher parts = TEXT.matcher(text);
        boolean known = parts.matches() && text.contains("year") && text.contains("month");
        return known ? new DateStyle(text, pattern(text, parts.group(2), parts.group(4) != null)) : null;
    }

    private static Pattern pattern(String text, String separator, boolean hasDay) {
        String between = switch (separator) {
            case " " -> ",? ";
            case "." -> "\\. ?";
            default -> separator;
        };
        String year = hasDay && !text.startsWith("year") ? "(?<year>\\d{4}|\\d\\d)" : "(?<year>\\d{4})";
        return Pattern.compile(text.replace(separator, between)
                        .replace("day", "(?<day>\\d{1,2})")
                        .replace("month", "(?<month>\\d{1,2}|[A-Za-z]{3,9}\\.?)")
                        .replace("year", year)
                + TIME);
    }

    @Override
    public boolean isDate() {
        return true;
    }

    @Override
    public double value(String cell) {
        try {
            if (isLikeIso(cell)) {
                return NumberFeature.years(cell);
            }
            Matcher parts = pattern.matcher(cell);
            return parts.matches() ? years(parts) : Double.NaN;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    private static boolean isLikeIso(String cell) {
        return cell.length() >= 10 && cell.charAt(4) == '-' && cell.charAt(7) == '-' && cell.charAt(0) <= '9';
    }

    private double years(Matcher parts) {
        int day = text.contains("day") ? number(parts, "day") : 1;
        LocalDate date = LocalDate.of(year(parts.group("year")), month(parts.group("month")), day);
        if (parts.group("hour") == null) {
            return NumberFeature.years(date);
        }
        return NumberFeature.years(date.atTime(time(parts)).minusSeconds(offset(parts.group("zone"))));
    }

    private static int year(String text) {
        int year = Integer.parseInt(text);
        return text.length() > 2 ? year : year < FIRST_OF_TWO_DIGITS ? 2000 + year : 1900 + year;
    }

    /** A month's number; 0 if it isn't one. */
    private static int month(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        String name = text.toLowerCase(Locale.ROOT).replace(".", "");
        return MONTHS.indexOf(MONTHS.stream()
                        .filter(month -> month.startsWith(name))
                        .findFirst()
                        .orElse(""))
                + 1;
    }

    static LocalTime time(Matcher parts) {
        int hour = number(parts, "hour");
        String half = parts.group("half");
        if (half != null && (hour < 1 || hour > NOON)) {
            throw new DateTimeException("no hour of a half day");
        }
        int ofDay = half == null ? hour : hour % NOON + (half.equalsIgnoreCase("p") ? NOON : 0);
        String fraction = parts.group("fraction") == null ? "" : parts.group("fraction");
        int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
        return LocalTime.of(ofDay, number(parts, "minute"), number(parts, "second"), nanos);
    }

    private static int number(Matcher parts, String name) {
        return parts.group(name) == null ? 0 : Integer.parseInt(parts.group(name));
    }

    private static int offset(String zone) {
        return zone == null || Character.isLetter(zone.charAt(0))
                ? 0
                : ZoneOffset.of(zone).getTotalSeconds();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateStyle style && style.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
