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

    private enum Kind {
        NUMBER,
        DATE,
        TEXT
    }

    private final String name;
    private final TextCodes texts = new TextCodes(0);
    private double[] numbers = new double[0];
    private int size;
    private Kind kind;

    TypedColumn(String name) {
        Names.require(name);
        this.name = name;
    }

    /** The next row. */
    void add(Object value) {
        if (value != null && kind == null) {
            begin(kind(value));
        } else if (value != null && kind(value) != kind) {
            throw new IllegalArgumentException("the values of column " + Names.shown(name) + " are " + words(kind)
                    + " in earlier rows, but that of row " + size + " is " + described(value)
                    + "; give all values the same type");
        }
        append(value);
    }

    /** Misses values up to this row. */
    void fill(int rows) {
        while (size < rows) {
            add(null);
        }
    }

    private void begin(Kind first) {
        kind = first;
        int missing = size;
        size = 0;
        for (int row = 0; row < missing; row++) {
            append(null);
        }
    }

    private void append(Object value) {
        if (kind == Kind.TEXT) {
            texts.add(value == null ? null : text(value));
        } else if (kind != null) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Growth.of(size));
            }
            numbers[size] = value == null ? Double.NaN : number(value);
        }
        size++;
    }

    private double number(Object value) {
        double number = kind == Kind.NUMBER ? ((Number) value).doubleValue() : NumberFeature.years(time(value));
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "values of a column must be finite, or null or NaN where they are missing, but row " + size + " of "
                            + Names.shown(name) + " is " + value);
        }
        return number;
    }

    private Kind kind(Object value) {
        if (value instanceof Number) {
            return Kind.NUMBER;
        }
        if (value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Character) {
            return Kind.TEXT;
        }
        if (isTime(value)) {
            return Kind.DATE;
        }
        throw new IllegalArgumentException("a table can have numbers, text, flags, enums and dates, but row " + size
                + " of column " + Names.shown(name) + " is " + described(value) + "; convert it, or drop it");
    }

    private static String text(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    private static boolean isTime(Object value) {
        return value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof OffsetDateTime
                || value instanceof ZonedDateTime
                || value instanceof Instant
                || value instanceof Date && !(value instanceof java.sql.Time);
    }

    private static LocalDateTime time(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        return IsoDate.utc(instant(value).atOffset(ZoneOffset.UTC));
    }

    private static Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        return value instanceof Date date ? date.toInstant() : (Instant) value;
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case NUMBER -> "numbers";
            case DATE -> "dates";
            case TEXT -> "text";
        };
    }

    private static String described(Object value) {
        return "'" + Names.shown(String.valueOf(value)) + "', a "
                + value.getClass().getSimpleName();
    }

    /** Numbers that are all missing, if nothing but null came. */
    Column column() {
        if (kind == Kind.TEXT) {
            return texts.column(name);
        }
        double[] all = Arrays.copyOf(numbers, size);
        if (kind == null) {
            Arrays.fill(all, Double.NaN);
        }
        return new Numbers(name, all, kind == Kind.DATE ? ColumnFormat.DATE : ColumnFormat.NUMBER);
    }
}
