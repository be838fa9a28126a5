package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.csv.Growth;
import io.github.flux4j.internal.csv.IsoDate;
import io.github.flux4j.internal.csv.Names;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;

/** Java's values row by row on their way to a column: all numbers, all dates or all text, as the first one that isn't null. */
final class TypedColumn {

    private final String name;
    private final TextCodes texts = new TextCodes(0);
    private double[] numbers = new double[0];
    private int size;
    /** Double, LocalDateTime or String; null before the first value. */
    private Class<?> type;

    TypedColumn(String name) {
        Names.require(name);
        this.name = name;
    }

    /** The next row. */
    void add(Object value) {
        Object plain = value == null ? null : plain(value);
        if (plain != null && type == null) {
            begin(plain.getClass());
        } else if (plain != null && plain.getClass() != type) {
            throw new IllegalArgumentException("the values of column " + Names.shown(name) + " are " + words()
                    + " in earlier rows, but that of row " + size + " is " + described(value)
                    + "; give all values the same type");
        }
        append(plain, value);
    }

    /** Misses values up to this row. */
    void fill(int rows) {
        while (size < rows) {
            add(null);
        }
    }

    private void begin(Class<?> first) {
        type = first;
        int missing = size;
        size = 0;
        for (int row = 0; row < missing; row++) {
            append(null, null);
        }
    }

    private void append(Object plain, Object value) {
        if (type == String.class) {
            texts.add((String) plain);
        } else if (type != null) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Growth.of(size));
            }
            numbers[size] = plain == null ? Double.NaN : number(plain, value);
        }
        size++;
    }

    private double number(Object plain, Object value) {
        double number = plain instanceof LocalDateTime time ? NumberFeature.years(time) : (Double) plain;
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "values of a column must be finite, or null or NaN where they are missing, but row " + size + " of "
                            + Names.shown(name) + " is " + value);
        }
        return number;
    }

    /** As a Double, a LocalDateTime or a String. */
    private Object plain(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof CharSequence || value instanceof Boolean || value instanceof Character) {
            return value.toString();
        }
        LocalDateTime time = time(value);
        if (time == null) {
            throw new IllegalArgumentException("a table can have numbers, text, flags, enums and dates, but row " + size
                    + " of column " + Names.shown(name) + " is " + described(value) + "; convert it, or drop it");
        }
        return time;
    }

    /** Null for what is no date. */
    private static LocalDateTime time(Object value) {
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        Instant instant = instant(value);
        return instant == null ? null : IsoDate.utc(instant.atOffset(ZoneOffset.UTC));
    }

    private static Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Date date && !(value instanceof java.sql.Time)) {
            return date.toInstant();
        }
        return value instanceof Instant instant ? instant : null;
    }

    private String words() {
        return type == String.class ? "text" : type == Double.class ? "numbers" : "dates";
    }

    private static String described(Object value) {
        return "'" + Names.shown(String.valueOf(value)) + "', a "
                + value.getClass().getSimpleName();
    }

    /** Numbers that are all missing, if nothing but null came. */
    Column column() {
        if (type == String.class) {
            return texts.column(name);
        }
        double[] all = Arrays.copyOf(numbers, size);
        if (type == null) {
            Arrays.fill(all, Double.NaN);
        }
        return new Numbers(name, all, type == LocalDateTime.class ? ColumnFormat.DATE : ColumnFormat.NUMBER);
    }
}
