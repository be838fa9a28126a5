package io.github.flux4j.serve;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns that a model takes, those of its preparation or else x1, x2, …; and the conversion of their values to the networks' inputs. For any thread. */
public final class Inputs {

    /** The least number that rounds to infinity in Float32. */
    private static final double BEYOND_FLOAT32 = 0x1.ffffffp127;

    private final Features preparation;
    private final List<Feature> features;
    private final List<Feature> plain;
    private final int width;
    private final boolean areNamed;
    private final double limit;

    private Inputs(Features features, boolean areNamed, double limit) {
        this.preparation = features;
        this.features = features.list();
        this.plain = features.list().stream().map(Inputs::plain).toList();
        this.width = features.width();
        this.areNamed = areNamed;
        this.limit = limit;
    }

    static Inputs of(Predictor predictor) {
        boolean areNamed = predictor.features() != null;
        Features features = areNamed
                ? predictor.features()
                : Features.of(IntStream.rangeClosed(1, predictor.inputs())
                        .mapToObj(i -> NumberFeature.of("x" + i, Double.NaN, 0, 1))
                        .toList());
        return new Inputs(features, areNamed, predictor.isFloat32() ? BEYOND_FLOAT32 : Double.POSITIVE_INFINITY);
    }

    /** As JSON and forms have it: numbers with a point, and dates that may be ISO's; other texts are read as training read them. */
    private static Feature plain(Feature feature) {
        if (!(feature instanceof NumberFeature number)) {
            return feature;
        }
        if (!number.isDate()) {
            return number.format().isTimeOfDay() ? number : number.written(ColumnFormat.NUMBER);
        }
        return Double.isNaN(number.format().value("2000-01-01")) ? number.written(ColumnFormat.DATE) : number;
    }

    /**
     * A copy for tables that write columns in other formats than training did.
     *
     * @param formats by the column's name
     * @throws IllegalArgumentException if there is no such column, or it is text
     */
    public Inputs written(Map<String, ColumnFormat> formats) {
        formats.keySet().stream()
                .filter(name -> features.stream()
                        .noneMatch(feature -> feature.name().equals(name) && feature instanceof NumberFeature))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("a format was given for column " + ModelFileException.shown(name)
                            + ", but the model has no such column of numbers or dates; omit it");
                });
        List<Feature> written = features.stream()
                .map(feature -> formats.containsKey(feature.name())
                        ? ((NumberFeature) feature).written(formats.get(feature.name()))
                        : feature)
                .toList();
        Features changed = Features.of(written).within(preparation.ranges());
        return formats.isEmpty()
                ? this
                : new Inputs(
                        preparation.allowsMissingColumns() ? changed.allowMissingColumns() : changed, areNamed, limit);
    }

    /** The columns, in the model's order. */
    public List<Feature> features() {
        return features;
    }

    /** The same with what training knows of their values. */
    Features preparation() {
        return preparation;
    }

    /** The columns' names. */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /**
     * Selects these columns from a table, in the model's order, and others after them.
     *
     * @param others further columns of the table
     * @throws IOException if one isn't there; suggests the nearest
     */
    public void takeFrom(CsvBlocks table, String source, String... others) throws IOException {
        List<String> own = among(table.names());
        boolean areOptional = preparation.allowsMissingColumns() && !Collections.disjoint(own, table.names());
        List<String> columns = new ArrayList<>(own);
        columns.addAll(List.of(others));
        try {
            table.take(areOptional ? Set.copyOf(own) : Set.of(), columns.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            boolean isOwn = !Set.copyOf(table.names()).containsAll(own);
            throw new IOException(source + " lacks a column" + (isOwn ? " of the model's " + own.size() : "") + ": "
                    + e.getMessage() + "; add it, with empty cells for missing values, or rename one"
                    + (isOwn ? ", or treat it as missing with --allow-missing-columns" : ""));
        }
    }

    /** Those of their names; without names in the model file, a table's own if it has as many, and neither x1, x2, … nor numbers for names. */
    private List<String> among(List<String> columns) {
        List<String> names = names();
        boolean byOrder = !areNamed
                && columns.size() == names.size()
                && columns.stream().noneMatch(name -> names.contains(name) || name.matches("\\d+"));
        return byOrder ? columns : names;
    }

    /**
     * Prepares a block's rows.
     *
     * @param block of the columns that {@link #takeFrom} selected
     * @param source name for messages
     * @throws RowException if a value is malformed, or is missing and the model has no replacement
     */
    public Rows prepared(CsvBlock block, String source) throws RowException {
        Rows rows =
                new Rows(new double[block.rows()][width], new ArrayList<>(Collections.nCopies(block.rows(), Map.of())));
        int at = 0;
        for (int k = 0; k < features.size(); k++) { // column by column, which is faster
            if (!isWritten(block, k, rows, at)) {
                throw firstRefusal(block, rows.numbers(), source);
            }
            at += features.get(k).width();
        }
        return rows;
    }

    /**
     * Prepared rows.
     *
     * @param numbers the networks' inputs
     * @param flags of each row, by column
     */
    public record Rows(double[][] numbers, List<Map<String, Flag>> flags) {

        private void flag(int row, String column, Flag flag) {
            if (flag != null) {
                if (flags.get(row).isEmpty()) {
                    flags.set(row, new LinkedHashMap<>());
                }
                flags.get(row).put(column, flag);
            }
        }
    }

    private boolean isWritten(CsvBlock block, int column, Rows rows, int at) {
        Feature feature = features.get(column);
        boolean isUsual = isUsual(feature);
        try {
            for (int row = 0; row < block.rows(); row++) {
                rows.flag(row, feature.name(), write(block, row, column, feature, isUsual, rows.numbers()[row], at));
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Row by row, as one reads. */
    private RowException firstRefusal(CsvBlock block, double[][] rows, String source) {
        for (int row = 0; row < rows.length; row++) {
            int at = 0;
            for (int k = 0; k < features.size(); k++) {
                Feature feature = features.get(k);
                try {
                    write(block, row, k, feature, isUsual(feature), rows[row], at);
                } catch (IllegalArgumentException e) {
                    long line = block.line(row);
                    return new RowException(
                            source + ", line " + line, line, feature.name(), named(e.getMessage(), feature));
                }
                at += feature.width();
            }
        }
        throw new IllegalStateException("a value was refused, and then was not");
    }

    private static boolean isUsual(Feature feature) {
        return feature instanceof NumberFeature number && number.format().isUsual();
    }

    /** Usual numbers without a String; what is none may be a date or a gap, which the feature knows. */
    private Flag write(CsvBlock block, int row, int column, Feature feature, boolean isUsual, double[] into, int at) {
        if (isUsual) {
            NumberFeature number = (NumberFeature) feature;
            double value = block.number(row, column);
            if (!Double.isNaN(value) || block.isMissing(row, column)) {
                number.write(value, into, at);
                requireFinite(into[at]);
                return preparation.flag(column, value);
            }
        }
        String text = block.text(row, column);
        feature.write(text, into, at);
        requireFinite(into[at]);
        return preparation.flag(column, text);
    }

    /** A row's values by the columns' names, prepared. */
    Rows prepared(Map<String, ?> values, long number) throws RowException {
        double[] row = new double[width];
        Rows rows = new Rows(new double[][] {row}, new ArrayList<>(List.of(Map.of())));
        int at = 0;
        for (int k = 0; k < plain.size(); k++) {
            Feature feature = plain.get(k);
            try {
                Object value = inItsClothes(value(values, feature), features.get(k));
                feature.write(value, row, at);
                requireFinite(row[at]);
                rows.flag(
                        0,
                        feature.name(),
                        feature instanceof NumberFeature known
                                ? preparation.flag(k, known.number(value))
                                : preparation.flag(k, value));
            } catch (IllegalArgumentException e) {
                throw new RowException("row " + number, number, feature.name(), named(e.getMessage(), feature));
            }
            at += feature.width();
        }
        return rows;
    }

    /** The number of a text that is more than digits and marks, and written as in training: {@code 12,3 kg}, {@code 2h 15m}; else the value. */
    private static Object inItsClothes(Object value, Feature known) {
        if (value instanceof String text && known instanceof NumberFeature number && !text.matches("[-+\\d.,' ]*")) {
            double dressed = number.format().value(text);
            return Double.isNaN(dressed) ? value : (Object) dressed;
        }
        return value;
    }

    /** What stands for a missing number in files is a mistake here, where null and an empty field do. */
    private Object value(Map<String, ?> values, Feature feature) {
        Object value = values.get(feature.name());
        if (value == null && !preparation.allowsMissingColumns() && !values.containsKey(feature.name())) {
            throw new IllegalArgumentException("a row must have it; for a missing value, send null");
        }
        if (feature instanceof NumberFeature
                && value instanceof String text
                && !text.isBlank()
                && ColumnFormat.isGap(text)) {
            throw new IllegalArgumentException("expected a number or a date, or null for a missing one, but got "
                    + ModelFileException.shown(text));
        }
        return value;
    }

    /** A column's first number; the others, cosines or ones, are small. */
    private void requireFinite(double number) {
        if (!(Math.abs(number) < limit)) {
            throw new IllegalArgumentException(
                    "the value is too large for Float32, the model's type; correct it, or leave it empty if it is unknown");
        }
    }

    private static String named(String message, Feature feature) {
        return message.startsWith("column ")
                ? message
                : "column " + ModelFileException.shown(feature.name()) + ": " + message;
    }

    /** A row that the model can't predict: which one, which column, and why. */
    public static final class RowException extends IOException {

        private static final long serialVersionUID = 1;

        private final long row;
        private final String column;

        /**
         * With all of it.
         *
         * @param where in words, such as {@code cars.csv, line 7}
         * @param row its number, or its line in a file, from 1
         * @param column null if it isn't one column's
         */
        RowException(String where, long row, @Nullable String column, String message) {
            super(where + ": " + message);
            this.row = row;
            this.column = column;
        }

        /** The row's number, or its line in a file, from 1. */
        public long row() {
            return row;
        }

        /** The column; null if the fault isn't in one column. */
        public @Nullable String column() {
            return column;
        }
    }
}
