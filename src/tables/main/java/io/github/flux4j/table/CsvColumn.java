package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.Names;
import java.io.IOException;
import java.util.List;

/** A column on its way from a file to a table: first its cells' shapes, then what these tell, then its values. */
final class CsvColumn {

    private final String name;
    private final ColumnSettings told;
    private final CellShapes shapes = new CellShapes();
    private Finding finding;

    CsvColumn(String name, ColumnSettings told) {
        this.name = name;
        this.told = told;
    }

    String name() {
        return name;
    }

    private boolean isTold() {
        return told.formats().containsKey(name);
    }

    /** The next cell that isn't missing. */
    void add(String cell, long line) {
        if (!told.texts().contains(name)) {
            shapes.add(cell, line);
        }
    }

    /** Looks at the cells, knowing whether the file has decimal commas elsewhere. */
    Finding find(Boolean comma, boolean hasCommas) {
        finding = isTold()
                ? Finding.of(shapes, List.of(told.formats().get(name)), hasCommas)
                : Finding.of(shapes, comma, hasCommas);
        return finding;
    }

    private boolean isText() {
        return told.texts().contains(name) || finding.isText();
    }

    /** Throws if it was to be numbers or dates, and isn't. */
    void requireAsTold(CsvBlocks file) throws IOException {
        if (isText() && (isTold() || told.numbers().contains(name))) {
            ColumnFormat expected = finding.best() == null ? ColumnFormat.NUMBER : finding.best();
            throw file.error(
                    finding.odd().line(),
                    "expected "
                            + (isTold()
                                    ? "a cell written as "
                                            + told.formats().get(name).text()
                                    : finding.best() == null
                                            ? "a number or a date as 1970-01-31"
                                            : "a " + (expected.isDate() ? "date" : "number") + ", as in most cells,")
                            + " in column " + Names.shown(name) + ", but got " + odd()
                            + "; correct it, or name it with csv().missing(…) if it stands for a missing value");
        }
    }

    private String odd() {
        return "'" + Names.shown(finding.odd().example()) + "'";
    }

    /** Two formats that both read all cells; else none. */
    List<ColumnFormat> choices() {
        return isText() || !finding.isAmbiguous() ? List.of() : finding.fitting();
    }

    /** Where both do. */
    String example() {
        CellShapes.Shape first = shapes.all().stream()
                .filter(shape -> finding.fitting().get(0).value(shape.example())
                        != finding.fitting().get(1).value(shape.example()))
                .findFirst()
                .orElse(shapes.all().iterator().next());
        return "'" + Names.shown(first.example()) + "' in line " + first.line();
    }

    /** What was seen that may surprise, for the summary; else empty. */
    String note() {
        if (told.texts().contains(name)) {
            return "";
        }
        if (isText()) {
            return finding.best() == null
                    ? ""
                    : finding.share() + ", but line " + finding.odd().line() + " has " + odd();
        }
        return (format().isUsual() ? "" : "written as " + format().text())
                + (shapes.gaps().isEmpty()
                        ? ""
                        : (format().isUsual() ? "" : ", ") + "gaps marked "
                                + Names.shown(String.join(" ", shapes.gaps())));
    }

    /** What is said where a model is judged: that most cells are numbers or dates, and it is text all the same; else empty. */
    String warning() {
        return told.texts().contains(name) || !finding.isDoubtful()
                ? ""
                : "column " + Names.shown(name) + " is text, though " + finding.share() + ": line "
                        + finding.odd().line() + " has " + odd()
                        + "; correct it, or name it as missing if it stands for a missing value";
    }

    private ColumnFormat format() {
        return finding.fitting().get(0);
    }

    /**
     * For reading all cells again, now that the type is known.
     *
     * @param comma whether blocks read numbers with a decimal comma
     */
    Cells cells(int rows, boolean comma) {
        if (isText()) {
            return new TextCodes(rows);
        }
        boolean isSimple = format().text().equals(comma ? "1234,5" : "1234.5");
        return new NumberCells(new double[rows], format().withMissing(told.missing()), isSimple);
    }

    /** Texts that are numbers or dates, row by row on their way to a column of so many rows. */
    private static final class NumberCells implements Cells {

        private final double[] values;
        private final ColumnFormat format;
        private final boolean isSimple;
        private int size;

        NumberCells(double[] values, ColumnFormat format, boolean isSimple) {
            this.values = values;
            this.format = format;
            this.isSimple = isSimple;
        }

        @Override
        public boolean add(CsvBlock block, int row, int column) {
            double value = isSimple ? block.number(row, column) : Double.NaN; // without a String
            String text = Double.isNaN(value) ? block.text(row, column) : null;
            values[size++] = text == null ? value : format.value(text);
            return text == null || !Double.isNaN(values[size - 1]) || format.isMissing(text);
        }

        @Override
        public Numbers column(String name) {
            return new Numbers(name, values, format);
        }
    }

    /** Texts row by row on their way to a column. */
    interface Cells {

        /** The next row; false if it can't be what it was before. */
        boolean add(CsvBlock block, int row, int column);

        /** The column of all that were added; for use once. */
        Column column(String name);
    }
}
