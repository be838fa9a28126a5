package io.github.flux4j.format;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Numbers with a point and nothing more, and what they stand for. */
enum PlainStyle implements CellStyle {
    NUMBER("1234.5", 0, 0),
    /** Seconds since 1970 began. */
    UNIX("unix", 1000, 0),
    /** Milliseconds since 1970 began. */
    UNIX_MILLIS("unix ms", 1, 0),
    /** Days, of which 25569 had passed when 1970 began. */
    EXCEL("excel", 86_400_000, 25_569);

    private final String text;
    private final int millis;
    private final int before;

    /** How many milliseconds a date's unit has, and how many units there were before 1970. */
    PlainStyle(String text, int millis, int before) {
        this.text = text;
        this.millis = millis;
        this.before = before;
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
        return Double.isNaN(number) || this == NUMBER ? number : years(Math.round((number - before) * millis));
    }

    private static double years(long millis) {
        try {
            return NumberFeature.years(LocalDateTime.ofEpochSecond(
                    Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
