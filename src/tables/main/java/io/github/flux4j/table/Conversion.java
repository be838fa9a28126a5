package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.Names;
import java.util.stream.IntStream;

/** Columns of one type as columns of the other. */
final class Conversion {

    private Conversion() {}

    static Texts toTexts(Column column) {
        if (column instanceof Texts texts) {
            return texts;
        }
        TextCodes codes = new TextCodes(column.size());
        IntStream.range(0, column.size()).forEach(row -> codes.add(column.text(row)));
        return codes.column(column.name());
    }

    static Numbers toNumbers(Column column) {
        return column instanceof Numbers numbers ? numbers : toNumbers((Texts) column);
    }

    private static Numbers toNumbers(Texts texts) {
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
}
