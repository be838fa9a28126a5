package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.internal.csv.IsoDate;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/** What a column's cells turn out to be: numbers or dates as long as all of them are, else text. */
final class CsvColumn {

    private final String name;
    private final boolean required;
    private final boolean decimalComma;
    private boolean numbers;
    private boolean dates;
    private long known;
    private long lastLine;
    private String note = "";

    CsvColumn(String name, boolean mayBeNumbers, boolean required, boolean decimalComma) {
        this.name = name;
        this.required = required;
        this.decimalComma = decimalComma;
        this.numbers = mayBeNumbers;
        this.dates = mayBeNumbers;
    }

    /** The next cell that isn't missing. */
    void add(String cell, long line, CsvBlocks file) throws IOException {
        if (!numbers && !dates) {
            return;
        }
        boolean wereNumbers = numbers;
        numbers = numbers && !Double.isNaN(Numeral.parse(cell, decimalComma));
        dates = dates && !Double.isNaN(IsoDate.parse(cell));
        if (!numbers && !dates) {
            turn(cell, line, wereNumbers, file);
        }
        known++;
        lastLine = line;
    }

    private void turn(String cell, long line, boolean wereNumbers, CsvBlocks file) throws IOException {
        String shown = "'" + Names.shown(cell) + "'";
        if (required) {
            throw file.error(
                    line,
                    "a number or a date as 1970-01-31 was expected in column " + Names.shown(name)
                            + (known > 0 && !wereNumbers ? ", a date as before" : "") + ", but it is " + shown
                            + "; correct it, or let csv().missing(…) name it if it means that nothing is known");
        }
        if (known > 0) {
            note = (wereNumbers ? "numbers" : "dates") + " up to line " + lastLine + ", but " + shown + " in line "
                    + line;
        }
    }

    /** What was seen that may surprise; else empty. */
    String note() {
        return note;
    }

    /** For reading all cells again, now that the type is known. */
    Cells cells(int rows) {
        if (numbers) {
            return new NumberCells(rows, Numbers.Kind.NUMBER, cell -> Numeral.parse(cell, decimalComma));
        }
        return dates ? new NumberCells(rows, Numbers.Kind.DATE, IsoDate::parse) : new TextCodes(rows);
    }

    /** Texts that are numbers or dates, row by row on their way to a column of so many rows. */
    private static final class NumberCells implements Cells {

        private final double[] values;
        private final Numbers.Kind kind;
        private final ToDoubleFunction<String> parser;
        private int size;

        NumberCells(int rows, Numbers.Kind kind, ToDoubleFunction<String> parser) {
            this.values = new double[rows];
            this.kind = kind;
            this.parser = parser;
        }

        @Override
        public void add(String text) {
            values[size++] = text == null ? Double.NaN : parser.applyAsDouble(text);
        }

        @Override
        public Numbers column(String name) {
            return new Numbers(name, values, kind);
        }
    }

    /** Texts row by row on their way to a column. */
    interface Cells {

        /** The next row; null if it is missing. */
        void add(String text);

        /** The column of all that were added; for use once. */
        Column column(String name);
    }
}
