package io.github.flux4j.internal.csv;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

/** Dates of ISO 8601 as numbers: the year and the part of it that has passed. A time with an offset is taken to UTC. */
public final class IsoDate {

    private static final double DAY = 24 * 60 * 60 * 1e9; // nanoseconds

    private IsoDate() {}

    /** The number for {@code 1970-01-31}, with or without a time after {@code T} or a blank; NaN if the text is neither. */
    public static double parse(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Double.NaN;
        }
        try {
            return years(text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : time(text));
        } catch (DateTimeParseException e) {
            return Double.NaN;
        }
    }

    private static LocalDateTime time(String text) {
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime offset ? utc(offset) : (LocalDateTime) time;
    }

    public static LocalDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    public static double years(LocalDateTime time) {
        double days = time.getDayOfYear() - 1 + time.toLocalTime().toNanoOfDay() / DAY;
        return time.getYear() + days / Year.of(time.getYear()).length();
    }

    /** The date, to the millisecond, which is more than the number holds exactly; without the time where it is midnight. */
    public static String text(double years) {
        int year = (int) Math.floor(years);
        long millis = Math.round((years - year) * Year.of(year).length() * DAY / 1e6);
        LocalDateTime time = LocalDateTime.of(year, 1, 1, 0, 0).plus(millis, ChronoUnit.MILLIS);
        return time.toLocalTime().toNanoOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
