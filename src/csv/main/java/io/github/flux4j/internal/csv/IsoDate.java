package io.github.flux4j.internal.csv;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates of ISO 8601 as numbers: the year and the part of it that has passed. A time with an offset is taken to UTC. */
public final class IsoDate {

    private static final double DAY = 24 * 60 * 60 * 1e9; // nanoseconds

    private IsoDate() {}

    public static LocalDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** The date, to the millisecond, which is more than the number holds exactly; without the time where it is midnight. */
    public static String text(double years) {
        int year = (int) Math.floor(years);
        long millis = Math.round((years - year) * Year.of(year).length() * DAY / 1e6);
        LocalDateTime time = LocalDateTime.of(year, 1, 1, 0, 0).plus(millis, ChronoUnit.MILLIS);
        return time.toLocalTime().toNanoOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
