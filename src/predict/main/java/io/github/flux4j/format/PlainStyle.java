package io.github.flux4j.format;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Numbers with a point, and the dates that they may stand for. */
enum PlainStyle implements CellStyle {
    NUMBER("1234.5", 0, 0),
    /** Seconds since the start of 1970. */
    UNIX("unix", 1000, 0),
    /** Milliseconds since the start of 1970. */
    UNIX_MILLIS("unix ms", 1, 0),
    /** Days, 25569 of them before 1970. */
    EXCEL("excel", 86_400_000, 25_569);

    private final String text;
    private final int millis;
    private final int before;

    /** Takes the milliseconds of a date's unit, and the number of units before 1970. */
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
