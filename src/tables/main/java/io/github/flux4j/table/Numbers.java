package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.IsoDate;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers; NaN is a missing one. A date is a number, too: its year plus the elapsed part of the year, so that 1970-07-02 is 1970.5 (to half a day).
 * Immutable; safe for any thread.
 */
public final class Numbers implements Column {

    /** What the numbers mean. */
    public enum Kind {
        NUMBER,
        DATE
    }

    private final String name;
    private final double[] values;
    private final ColumnFormat format;

    /** Takes the array as it is. */
    Numbers(String name, double[] values, ColumnFormat format) {
        this.name = name;
        this.values = values;
        this.format = format;
    }

    /**
     * A column of these numbers, copied.
     *
     * @param values NaN is a missing number
     * @throws IllegalArgumentException if the name is blank, or a number is infinite
     */
    public static Numbers of(String name, double... values) {
        Names.require(name);
        Objects.requireNonNull(values, "values is null");
        for (int row = 0; row < values.length; row++) {
            if (Double.isInfinite(values[row])) {
                throw new IllegalArgumentException(
                        "values of a column must be finite, or NaN where they are missing, but row " + row + " of "
                                + Names.shown(name) + " is " + values[row]);
            }
        }
        return new Numbers(name, values.clone(), ColumnFormat.NUMBER);
    }

    /** A column as numbers, if all its texts are numbers, or all are dates. */
    static Numbers of(Column column) {
        return column instanceof Numbers numbers ? numbers : of((Texts) column);
    }

    private static Numbers of(Texts texts) {
        boolean dates = !texts.levels().isEmpty()
                && texts.levels().stream().noneMatch(level -> Double.isNaN(ColumnFormat.DATE.value(level)));
        ColumnFormat format = dates ? ColumnFormat.DATE : ColumnFormat.NUMBER;
        double[] values = texts.levels().stream().mapToDouble(format::value).toArray();
        double[] rows = IntStream.range(0, texts.size())
                .mapToDouble(row -> texts.isMissing(row) ? Double.NaN : values[texts.code(row)])
                .toArray();
        requireAll(texts, rows);
        return new Numbers(texts.name(), rows, format);
    }

    private static void requireAll(Texts texts, double[] rows) {
        for (int row = 0; row < rows.length; row++) {
            if (Double.isNaN(rows[row]) && !texts.isMissing(row)) {
                throw new IllegalArgumentException("column " + Names.shown(texts.name())
                        + " can't be numbers, since row " + row + " is '" + Names.shown(texts.text(row))
                        + "'; read it with missing(…) if that stands for a missing value");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    public Kind kind() {
        return format.isDate() ? Kind.DATE : Kind.NUMBER;
    }

    /** How the source wrote the cells; a model keeps it. */
    public ColumnFormat format() {
        return format;
    }

    /** The row's number; NaN if it is missing. */
    public double value(int row) {
        return values[row];
    }

    /** A copy of all numbers. */
    public double[] values() {
        return values.clone();
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    @Override
    public int missing() {
        return (int) DoubleStream.of(values).filter(Double::isNaN).count();
    }

    @Override
    public int different() {
        double[] sorted = known().sorted().toArray(); // a set of as many objects would take eight times the memory
        return (int) IntStream.range(0, sorted.length)
                .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
                .count();
    }

    /** Those that aren't missing. */
    DoubleStream known() {
        return DoubleStream.of(values).filter(value -> !Double.isNaN(value));
    }

    /** The number as written: {@code 4}, {@code 46.6}, {@code 1970-01-01}. */
    @Override
    public @Nullable String text(int row) {
        return isMissing(row) ? null : text(values[row]);
    }

    String text(double value) {
        return format.isDate() ? IsoDate.text(value) : Numeral.text(value);
    }

    @Override
    public Numbers rows(int... rows) {
        return new Numbers(
                name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray(), format);
    }

    @Override
    public String type() {
        return kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return Names.shown(name) + ": " + size() + (format.isDate() ? " dates" : " numbers");
    }
}
