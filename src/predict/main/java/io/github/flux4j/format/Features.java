package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.shown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fitted preparation of a model's features: the columns in order, and the numbers that a network receives for a row. Immutable and thread-safe. */
public final class Features {

    /** The most columns that a preparation may have. */
    public static final int MOST = 100_000;

    private static final double SHOWN_AS_IT_IS = 1e15;
    private static final double ROUNDING = 1e-6; // of a sum of shares

    private final List<Feature> list;
    private final int width;
    private final Map<String, List<Double>> ranges;
    private final double[] lows;
    private final double[] highs;
    private final List<List<Object>> background;
    private final boolean allowsMissingColumns;

    private Features(
            List<Feature> list,
            Map<String, List<Double>> ranges,
            List<List<Object>> background,
            boolean allowsMissingColumns) {
        this.list = List.copyOf(list);
        this.background = background;
        this.ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
        this.lows = edges(0, Double.NEGATIVE_INFINITY);
        this.highs = edges(1, Double.POSITIVE_INFINITY);
        this.allowsMissingColumns = allowsMissingColumns;
        this.width = Math.toIntExact(list.stream().mapToLong(Feature::width).sum());
        if (new HashSet<>(names()).size() != list.size() || list.isEmpty() || list.size() > MOST) {
            throw new IllegalArgumentException(
                    "a preparation needs 1 to " + MOST + " columns with different names, but has " + names());
        }
    }

    /**
     * Makes a preparation of these columns.
     *
     * @throws IllegalArgumentException if there are none, or two share a name
     */
    public static Features of(List<? extends Feature> columns) {
        return new Features(List.copyOf(columns), Map.of(), List.of(), false);
    }

    /** Replaces the columns by others of the same names, each in its place; ranges and background stay. */
    public Features with(List<? extends Feature> others) {
        return new Features(List.copyOf(others), ranges, background, allowsMissingColumns);
    }

    private double[] edges(int which, double otherwise) {
        return names().stream()
                .mapToDouble(name -> ranges.containsKey(name) ? ranges.get(name).get(which) : otherwise)
                .toArray();
    }

    /**
     * Sets each column's least and greatest number in training.
     *
     * @throws IllegalArgumentException if a range isn't two numbers in ascending order, or its column isn't one of numbers or dates
     */
    public Features within(Map<String, List<Double>> ranges) {
        ranges.forEach((name, range) -> {
            boolean ofNumber = list.stream()
                    .anyMatch(feature ->
                            feature instanceof NumberFeature && feature.name().equals(name));
            if (!ofNumber || range.size() != 2 || !(range.get(0) <= range.get(1))) {
                throw new IllegalArgumentException("a range must be the least and the greatest number of a column of"
                        + " numbers, but that of " + shown(name) + " is " + range);
            }
        });
        return new Features(list, ranges, background, allowsMissingColumns);
    }

    /** Returns each column's least and greatest number in training, dates as years; without columns where they are unknown or irrelevant. */
    public Map<String, List<Double>> ranges() {
        return ranges;
    }

    /**
     * Sets the background that explanations compare a row with: cluster centres of the training rows, or some of those rows if training stored them.
     *
     * @param rows each row's share of the training rows, above 0 and summing to 1; then its values in the order of the features: numbers, dates as years, or
     *     texts, empty if missing
     * @throws IllegalArgumentException if the rows have another form
     */
    public Features over(List<List<Object>> rows) {
        Features compared = new Features(list, ranges, List.copyOf(rows), allowsMissingColumns);
        double sum = rows.isEmpty() ? 1 : 0;
        for (List<Object> row : rows) { // one after another, since those of a stranger's file may be wide
            compared.backgroundRow(row);
            sum += row.get(0) instanceof Double share && share > 0 ? share : Double.NaN;
        }
        if (!(Math.abs(sum - 1) < ROUNDING)) {
            throw new IllegalArgumentException("the shares of a background's rows must be above 0 and add up to 1");
        }
        return compared;
    }

    /** Returns the background for explanations, as in {@link #over}; empty in older files, and with very many columns. */
    public List<List<Object>> background() {
        return background;
    }

    /** Returns the background's rows, prepared for the network. */
    public double[][] backgroundRows() {
        double[][] rows = new double[background.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = backgroundRow(background.get(i));
        }
        return rows;
    }

    private double[] backgroundRow(List<Object> values) {
        return row(values.subList(Math.min(1, values.size()), values.size()));
    }

    /** Accepts rows without some of the columns, and treats their values as missing. */
    public Features allowMissingColumns() {
        return new Features(list, ranges, background, true);
    }

    /** Whether a row may lack columns. */
    public boolean allowsMissingColumns() {
        return allowsMissingColumns;
    }

    /** Why a value deserves a second look. */
    public enum Flag {
        /** The value is missing. */
        MISSING,
        /** A text that training didn't have. */
        UNKNOWN,
        /** A number or a date outside of its range in training. */
        OUTSIDE
    }

    /** Returns a value's flag in the column with this number, or null if it is like those of training or that is unknown. */
    public @Nullable Flag flag(int column, @Nullable Object value) {
        if (list.get(column) instanceof NumberFeature number) {
            return flag(column, number.number(value));
        }
        TextFeature feature = (TextFeature) list.get(column);
        int place = feature.place(value);
        boolean isGap = value == null || Feature.MISSING.contains(value.toString());
        if (place >= 0) {
            return isGap && feature.levels().get(place).equals(feature.missing()) ? Flag.MISSING : null;
        }
        return isGap ? Flag.MISSING : Flag.UNKNOWN;
    }

    /** Returns a number's flag, or null; NaN counts as missing. */
    public @Nullable Flag flag(int column, double number) {
        if (Double.isNaN(number)) {
            return Flag.MISSING;
        }
        return number < lows[column] || number > highs[column] ? Flag.OUTSIDE : null;
    }

    /**
     * Returns the flags of a row by column name; empty if all values are like those of training.
     *
     * @throws IllegalArgumentException as {@link #row(Map)}
     */
    public Map<String, Flag> flags(Map<String, ?> row) {
        Map<String, Flag> flags = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Flag flag = flag(i, value(row, list.get(i).name()));
            if (flag != null) {
                flags.put(list.get(i).name(), flag);
            }
        }
        return flags;
    }

    /** Describes a flag, such as {@code outside 1 to 100}. */
    public String words(String column, Flag flag) {
        int place = names().indexOf(column);
        return flag != Flag.OUTSIDE
                ? flag.name().toLowerCase(Locale.ROOT)
                : "outside " + edge(place, lows[place]) + " to " + edge(place, highs[place]);
    }

    private String edge(int column, double number) {
        if (((NumberFeature) list.get(column)).isDate()) {
            return NumberFeature.date(number).toString();
        }
        return number == Math.rint(number) && Math.abs(number) < SHOWN_AS_IT_IS
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    /** Counts the flags of rows. */
    public Flags count(Iterable<? extends Map<String, Flag>> rows) {
        Map<String, Map<Flag, Long>> counts = new LinkedHashMap<>();
        rows.forEach(row -> row.forEach((column, flag) ->
                counts.computeIfAbsent(column, any -> new EnumMap<>(Flag.class)).merge(flag, 1L, Long::sum)));
        return new Flags(this, counts);
    }

    /** Counts, by column, of values that are missing, unknown or outside of their range in training. Immutable. */
    public static final class Flags {

        private final Features features;
        private final Map<String, Map<Flag, Long>> counts;

        private Flags(Features features, Map<String, Map<Flag, Long>> counts) {
            this.features = features;
            this.counts = counts;
        }

        /** Returns the number of a column's values with this flag. */
        public long of(String column, Flag flag) {
            return counts.getOrDefault(column, Map.of()).getOrDefault(flag, 0L);
        }

        /** Returns the number of all columns' values with this flag. */
        public long of(Flag flag) {
            return counts.keySet().stream()
                    .mapToLong(column -> of(column, flag))
                    .sum();
        }

        /** Whether no value has a flag. */
        public boolean isEmpty() {
            return counts.isEmpty();
        }

        /** Adds other counts. */
        public Flags plus(Flags others) {
            Map<String, Map<Flag, Long>> sum = new LinkedHashMap<>();
            for (Map<String, Map<Flag, Long>> some : List.of(counts, others.counts)) {
                some.forEach((column, kinds) ->
                        kinds.forEach((flag, count) -> sum.computeIfAbsent(column, any -> new EnumMap<>(Flag.class))
                                .merge(flag, count, Long::sum)));
            }
            return new Flags(features, sum);
        }

        /** Such as {@code a: 3 outside 1 to 100; colour: 1 missing, 2 unknown}. */
        @Override
        public String toString() {
            List<String> columns = new ArrayList<>();
            counts.forEach((column, kinds) -> {
                List<String> words = new ArrayList<>();
                kinds.forEach((flag, count) -> words.add(count + " " + features.words(column, flag)));
                columns.add(column + ": " + String.join(", ", words));
            });
            return String.join("; ", columns);
        }
    }

    /** Returns the columns in order. */
    public List<Feature> list() {
        return list;
    }

    /** Returns the columns' names in order. */
    public List<String> names() {
        return list.stream().map(Feature::name).toList();
    }

    /** Returns the column that a number of a prepared row comes from. */
    public String column(int place) {
        int column = 0;
        for (int at = list.get(0).width(); at <= place; at += list.get(column).width()) {
            column++;
        }
        return list.get(column).name();
    }

    /** Returns how many numbers a network receives for a row. */
    public int width() {
        return width;
    }

    /**
     * Prepares a row given by column names; ignores other names.
     *
     * @throws IllegalArgumentException if a column is absent (use null for a missing value) or a value can't be understood
     */
    public double[] row(Map<String, ?> values) {
        Objects.requireNonNull(values, "the row is null");
        double[] row = new double[width];
        int at = 0;
        for (Feature feature : list) {
            feature.write(value(values, feature.name()), row, at);
            at += feature.width();
        }
        return row;
    }

    private @Nullable Object value(Map<String, ?> values, String name) {
        Object value = values.get(name);
        if (value == null && !allowsMissingColumns && !values.containsKey(name)) {
            throw new IllegalArgumentException("a row must have " + shown(name)
                    + ", if only as null for a missing value, but has " + values.keySet()
                    + "; allowMissingColumns() treats it as missing");
        }
        return value;
    }

    /**
     * Prepares a row of cells in the columns' order.
     *
     * @param cells texts, as in a CSV file
     * @throws IllegalArgumentException if their number isn't that of the columns, or a cell can't be understood
     */
    public double[] row(String... cells) {
        return row(Arrays.asList(cells));
    }

    private double[] row(List<?> cells) {
        requireCount(cells.size());
        double[] row = new double[width];
        int at = 0;
        for (int i = 0; i < list.size(); i++) {
            list.get(i).write(cells.get(i), row, at);
            at += list.get(i).width();
        }
        return row;
    }

    /**
     * Prepares a row of numbers in the columns' order.
     *
     * @param values numbers, dates as years; NaN for a missing one
     * @throws IllegalArgumentException if their number isn't that of the columns, or a column is text
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
                + " is text, but the row has only numbers; pass a map by name, or all cells as texts");
    }

    /**
     * Prepares many rows, column by column.
     *
     * @param columns in order, each a {@code double[]} (dates as years, NaN if missing) or a {@code String[]}, all of one length
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
