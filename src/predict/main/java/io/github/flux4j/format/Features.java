package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.shown;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A fitted preparation: the columns of the data in order, and what a network is given for a row of them. Never changed, so any number of
 * threads may use it.
 */
public final class Features {

    /** Columns of a preparation. */
    public static final int MOST = 100_000;

    private final List<Feature> list;
    private final int width;

    private Features(List<Feature> list) {
        this.list = List.copyOf(list);
        this.width = Math.toIntExact(list.stream().mapToLong(Feature::width).sum());
        if (new HashSet<>(names()).size() != list.size() || list.isEmpty() || list.size() > MOST) {
            throw new IllegalArgumentException(
                    "1 to " + MOST + " columns of different names are needed, not " + names());
        }
    }

    /**
     * Of these columns.
     *
     * @throws IllegalArgumentException if there are none, or two of one name
     */
    public static Features of(List<? extends Feature> columns) {
        return new Features(List.copyOf(columns));
    }

    /** The columns, in order. */
    public List<Feature> list() {
        return list;
    }

    /** The columns' names, in order. */
    public List<String> names() {
        return list.stream().map(Feature::name).toList();
    }

    /** How many numbers a network is given for a row. */
    public int width() {
        return width;
    }

    /**
     * A row by the columns' names; others are ignored.
     *
     * @throws IllegalArgumentException if a name is not there (null as a value stands for a missing one) or a value can't be understood
     */
    public double[] row(Map<String, ?> values) {
        Objects.requireNonNull(values, "the row is null");
        double[] row = new double[width];
        int at = 0;
        for (Feature feature : list) {
            Object value = values.get(feature.name());
            if (value == null && !values.containsKey(feature.name())) {
                throw new IllegalArgumentException("a row must have " + shown(feature.name())
                        + ", if only as null for a missing value, but has " + values.keySet());
            }
            feature.write(value, row, at);
            at += feature.width();
        }
        return row;
    }

    /**
     * A row in the columns' order.
     *
     * @param cells texts, as in a file of comma-separated values
     * @throws IllegalArgumentException if there are more or fewer, or a cell can't be understood
     */
    public double[] row(String... cells) {
        requireCount(cells.length);
        double[] row = new double[width];
        int at = 0;
        for (int i = 0; i < cells.length; i++) {
            list.get(i).write(cells[i], row, at);
            at += list.get(i).width();
        }
        return row;
    }

    /**
     * A row in the columns' order.
     *
     * @param values numbers, dates as years; NaN for a missing one
     * @throws IllegalArgumentException if there are more or fewer, or a column is text
     */
    public double[] row(double... values) {
        requireCount(values.length);
        double[] row = new double[width];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            number(list.get(i)).write(values[i], row, at);
            at += list.get(i).width();
        }
        return row;
    }

    private void requireCount(int count) {
        if (count != list.size()) {
            throw new IllegalArgumentException(
                    "a row must have " + list.size() + (list.size() == 1 ? " value" : " values") + ", "
                            + shown(String.join(", ", names())) + ", but has " + count);
        }
    }

    private static NumberFeature number(Feature feature) {
        if (feature instanceof NumberFeature number) {
            return number;
        }
        throw new IllegalArgumentException("column " + shown(feature.name())
                + " is text, which numbers alone can't give; pass a map by name, or all cells as texts");
    }

    /**
     * Many rows, column by column.
     *
     * @param columns in order, each a {@code double[]} (dates as years, NaN for what is missing) or a {@code String[]}, all of one length
     * @throws IllegalArgumentException as {@link #row(String...)}
     */
    public double[][] rows(List<?> columns) {
        requireCount(columns.size());
        double[][] rows = new double[length(columns.get(0))][width];
        int at = 0;
        for (int i = 0; i < columns.size(); i++) {
            Object column = columns.get(i);
            if (length(column) != rows.length) {
                throw new IllegalArgumentException("all columns must have " + rows.length + " values, but "
                        + shown(list.get(i).name()) + " has " + length(column));
            }
            write(list.get(i), column, rows, at);
            at += list.get(i).width();
        }
        return rows;
    }

    private static int length(Object column) {
        if (column instanceof double[] numbers) {
            return numbers.length;
        }
        if (column instanceof String[] texts) {
            return texts.length;
        }
        throw new IllegalArgumentException("a column must be a double[] or a String[], but is "
                + (column == null ? "null" : "a " + column.getClass().getSimpleName()));
    }

    private static void write(Feature feature, Object column, double[][] rows, int at) {
        for (int r = 0; r < rows.length; r++) {
            if (column instanceof double[] numbers) {
                number(feature).write(numbers[r], rows[r], at);
            } else {
                feature.write(((String[]) column)[r], rows[r], at);
            }
        }
    }
}
