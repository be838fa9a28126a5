package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tables' rows as networks are given them. Any number of threads may ask. */
public record Preparation(Features features) {

    private static final double FAR = 1e15;

    /** The same with the ranges of numbers, but for the column by which rows are ordered: there, later ones are what is judged by. */
    Preparation within(List<Column> columns, EstimatorSettings settings) {
        Map<String, List<Double>> ranges = new LinkedHashMap<>();
        Set<String> names = Set.copyOf(names());
        for (Column column : columns) {
            boolean isOrder = column.name().equals(settings.get(EstimatorSetting.TIME));
            if (column instanceof Numbers numbers && names.contains(column.name()) && !isOrder) {
                DoubleSummaryStatistics known = DoubleStream.of(numbers.values())
                        .filter(value -> !Double.isNaN(value))
                        .summaryStatistics();
                ranges.put(column.name(), List.of(known.getMin(), known.getMax()));
            }
        }
        return new Preparation(features.within(ranges));
    }

    /** The same, with ranges that have room for another table's numbers, too. */
    Preparation widened(Table table, EstimatorSettings settings) {
        Map<String, List<Double>> ranges = new LinkedHashMap<>(features.ranges());
        List<Column> columns = names().stream().map(table::column).toList();
        within(columns, settings)
                .features
                .ranges()
                .forEach((name, range) -> ranges.computeIfPresent(
                        name,
                        (any, old) -> List.of(Math.min(old.get(0), range.get(0)), Math.max(old.get(1), range.get(1)))));
        return new Preparation(features.within(ranges));
    }

    /** The same without what linear models see of numbers. */
    public Preparation curved() {
        return new Preparation(features.with(features.list().stream()
                .map(feature -> feature instanceof NumberFeature number ? number.straight(false) : feature)
                .toList()));
    }

    /** How many numbers a row becomes. */
    public int width() {
        return features.width();
    }

    /** The columns that are needed. */
    public List<String> names() {
        return features.names();
    }

    /** Which numbers of a prepared row are no cosines. */
    public int[] plain() {
        return plain((feature, place) -> true);
    }

    /** Those of them that are wanted, by feature and place within it. */
    public int[] plain(BiPredicate<Feature, Integer> wanted) {
        List<Integer> places = new ArrayList<>();
        int at = 0;
        for (Feature feature : features.list()) {
            int kept = feature instanceof NumberFeature number ? number.plainWidth() : feature.width();
            int from = at;
            IntStream.range(0, kept)
                    .filter(place -> wanted.test(feature, place))
                    .forEach(place -> places.add(from + place));
            at += feature.width();
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * All rows of a table, one after another.
     *
     * @throws IllegalArgumentException if it lacks a column, or a value can't be understood; with its row
     */
    public float[] rows(Table table) {
        float[] all = new float[Examples.numbers(table.rows(), width())];
        each(table, (one, row) -> narrow(one, all, row * one.length));
        return all;
    }

    /** Gives each row of a table with its number; the array is the same for all. */
    public void each(Table table, ObjIntConsumer<double[]> receiver) {
        List<Column> columns = columns(table);
        double[] one = new double[width()];
        for (int row = 0; row < table.rows(); row++) {
            write(columns, row, one);
            receiver.accept(one, row);
        }
    }

    /** The same with what linear models see of numbers, but for those of this table that are too far out to be squared in Float32. */
    Preparation straight(Table table) {
        return new Preparation(features.with(features.list().stream()
                .map(feature -> feature instanceof NumberFeature number
                        ? number.straight(DoubleStream.of(((Numbers) table.column(number.name())).values())
                                .noneMatch(x -> Math.abs(x - number.center()) * number.scale() > FAR))
                        : feature)
                .toList()));
    }

    /** Null in place of one that isn't there, where that is allowed. */
    private List<Column> columns(Table table) {
        Set<String> there = Set.copyOf(table.names());
        List<Column> columns = new ArrayList<>();
        for (String name : names()) {
            columns.add(features.allowsMissingColumns() && !there.contains(name) ? null : table.column(name));
        }
        if (columns.stream().allMatch(Objects::isNull)) {
            table.column(names().get(0)); // none is there, so it is another table: refused
        }
        return columns;
    }

    /** Which rows of a table have a number outside the range of training. */
    public boolean[] outside(Table table) {
        boolean[] outside = new boolean[table.rows()];
        List<Column> columns = columns(table);
        for (int i = 0; i < columns.size(); i++) {
            for (int row = 0; row < outside.length && columns.get(i) instanceof Numbers numbers; row++) {
                boolean isNumber = features.list().get(i) instanceof NumberFeature;
                outside[row] |= isNumber && features.flag(i, numbers.value(row)) == Features.Flag.OUTSIDE;
            }
        }
        return outside;
    }

    private void write(List<Column> columns, int row, double... into) {
        int at = 0;
        for (int i = 0; i < columns.size(); i++) {
            Feature feature = features.list().get(i);
            try {
                write(feature, columns.get(i), row, into, at);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("row " + row + ": " + refused.getMessage(), refused);
            }
            at += feature.width();
        }
    }

    private static void write(Feature feature, Column column, int row, double[] into, int at) {
        if (feature instanceof NumberFeature number && column instanceof Numbers numbers) {
            number.write(numbers.value(row), into, at);
        } else {
            feature.write(column == null ? null : column.text(row), into, at);
        }
    }

    /**
     * Prepared numbers in Float32.
     *
     * @throws IllegalArgumentException if one is too large; with its column
     */
    public void narrow(double[] row, float[] into, int at) {
        for (int i = 0; i < row.length; i++) {
            into[at + i] = (float) row[i];
            if (Float.isInfinite(into[at + i])) {
                throw new IllegalArgumentException(
                        "the model's preparation makes " + row[i] + " of column "
                                + Names.shown(features.column(i % width()))
                                + ", too large for Float32. It is too far outside the range of training; or fit and save the model again");
            }
        }
    }

    /** One row by the names of its columns. */
    public double[] row(Map<String, ?> values) {
        return features.row(values);
    }

    /** One row of numbers, in the order of the columns that were offered to the fit, some of which may not be needed. */
    public double[] row(List<String> offered, double... values) {
        return features.row(names().stream()
                .mapToDouble(name -> values[offered.indexOf(name)])
                .toArray());
    }
}
