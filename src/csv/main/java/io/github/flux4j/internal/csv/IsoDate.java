package io.github.flux4j.internal.csv;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** ISO 8601 dates as numbers: the year plus its elapsed fraction. A time with an offset is converted to UTC. */
public final class IsoDate {

    private static final double DAY = 24 * 60 * 60 * 1e9; // nanoseconds

    private IsoDate() {}

    public static LocalDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** The date, to the millisecond, which is beyond the number's precision; without the time at midnight. */
    public static String text(double years) {
        int year = (int) Math.floor(years);
        long millis = Math.round((years - year) * Year.of(year).length() * DAY / 1e6);
        LocalDateTime time = LocalDateTime.of(year, 1, 1, 0, 0).plus(millis, ChronoUnit.MILLIS);
        return time.toLocalTime().toNanoOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
