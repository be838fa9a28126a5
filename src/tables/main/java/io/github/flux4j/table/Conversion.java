package io.github.flux4j.table;

import io.github.flux4j.internal.csv.IsoDate;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import java.util.function.ToDoubleFunction;
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
                && texts.levels().stream().noneMatch(level -> Double.isNaN(IsoDate.parse(level)));
        double[] values =
                dates ? values(texts, IsoDate::parse) : values(texts, level -> Numeral.parse(level.strip(), false));
        double[] rows = IntStream.range(0, texts.size())
                .mapToDouble(row -> texts.isMissing(row) ? Double.NaN : values[texts.code(row)])
                .toArray();
        requireAll(texts, rows);
        return new Numbers(texts.name(), rows, dates ? Numbers.Kind.DATE : Numbers.Kind.NUMBER);
    }

    private static double[] values(Texts texts, ToDoubleFunction<String> value) {
        return texts.levels().stream().mapToDouble(value).toArray();
    }

    private static void requireAll(Texts texts, double[] rows) {
        for (int row = 0; row < rows.length; row++) {
            if (Double.isNaN(rows[row]) && !texts.isMissing(row)) {
                throw new IllegalArgumentException("column " + Names.shown(texts.name())
                        + " can't be numbers, since row " + row + " is '" + Names.shown(texts.text(row))
                        + "'; read it with missing(…) if that means that nothing is known");
            }
        }
    }
}
