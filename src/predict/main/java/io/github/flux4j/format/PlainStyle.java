package io.github.flux4j.format;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Numbers with a point and nothing more, and what they stand for. */
enum PlainStyle implements CellStyle {
    NUMBER("1234.5") {
        @Override
        double meant(double number) {
            return number;
        }
    },
    /** Seconds since 1970 began. */
    UNIX("unix") {
        @Override
        double meant(double number) {
            return years(number * TimeUnit.SECONDS.toMillis(1), 0);
        }
    },
    /** Milliseconds since 1970 began. */
    UNIX_MILLIS("unix ms") {
        @Override
        double meant(double number) {
            return years(number, 0);
        }
    },
    /** Days, of which 25569 had passed when 1970 began. */
    EXCEL("excel") {
        @Override
        double meant(double number) {
            return years(number * TimeUnit.DAYS.toMillis(1), DAYS_TO_1970);
        }
    };

    private static final int DAYS_TO_1970 = 25569;

    private final String text;

    PlainStyle(String text) {
        this.text = text;
    }

    abstract double meant(double number);

    private static double years(double millis, int daysBefore) {
        long whole = Math.round(millis) - TimeUnit.DAYS.toMillis(daysBefore);
        int nanos = (int) TimeUnit.MILLISECONDS.toNanos(Math.floorMod(whole, TimeUnit.SECONDS.toMillis(1)));
        try {
            return NumberFeature.years(LocalDateTime.ofEpochSecond(
                    Math.floorDiv(whole, TimeUnit.SECONDS.toMillis(1)), nanos, ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean isDate() {
        return this != NUMBER;
    }

    @Override
    public double value(String cell) {
        double number = NumberFeature.parse(cell);
        return Double.isNaN(number) ? number : meant(number);
    }
}
