package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.Names;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A column on its way from a file to a table: first its cells' shapes, then what these tell, then its values. */
final class CsvColumn {

    private static final int MOST_SLIPS = 500; // that a model file keeps as marks of missing values

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
                ? Finding.of(shapes, List.of(told.formats().get(name)), hasCommas, 1)
                : Finding.of(shapes, comma, hasCommas);
        return finding;
    }

    private boolean isText() {
        return told.texts().contains(name) || finding.isText() || isCode();
    }

    /** Whether all are numbers, some with leading zeros, as in post codes, and nobody wants numbers. */
    private boolean isCode() {
        return !isTold()
                && !told.numbers().contains(name)
                && !finding.isText()
                && !format().isDate()
                && shapes.code() != null;
    }

    /** Throws if it was to be numbers or dates, and isn't. */
    void requireAsTold(CsvBlocks file) throws IOException {
        boolean isAsTold = !isText() && finding.odd() == null;
        if (!isAsTold && (isTold() || told.numbers().contains(name))) {
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
            return isCode()
                    ? code()
                    : finding.best() == null
                            ? ""
                            : finding.share() + ", but line " + finding.odd().line() + " has " + odd();
        }
        String gaps = shapes.gaps().isEmpty() ? "" : "gaps marked " + Names.shown(String.join(" ", shapes.gaps()));
        return Stream.of(written(), slip(), gaps)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String code() {
        return "read as text, since line " + shapes.code().line() + " has '"
                + Names.shown(shapes.code().example()) + "' with a leading zero";
    }

    /** How they are written, with an example where that is unlike a number; nothing where it makes no difference. */
    private String written() {
        Optional<String> unlike = shapes.all().stream()
                .map(CellShapes.Shape::example)
                .filter(cell -> !Double.isNaN(format().value(cell)))
                .filter(cell -> ColumnFormat.NUMBER.value(cell) != format().value(cell))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        String example = Finding.isDressed(format())
                ? unlike.map(cell -> " such as '" + Names.shown(cell) + "'").orElse("")
                : "";
        return format().isUsual() || unlike.isEmpty() ? "" : "written as " + format().text() + example;
    }

    /** A cell among numbers with a unit that is none; empty if there is none. */
    private String slip() {
        if (finding.odd() == null) {
            return "";
        }
        boolean isNumber = !Double.isNaN(format().value(finding.odd().example()));
        return "line " + finding.odd().line() + " has " + odd()
                + (isNumber ? " without it" : ", which counts as missing");
    }

    /** What is said where a model is judged: that most cells are numbers or dates, and it is text all the same, or some aren't read; else empty. */
    String warning() {
        if (told.texts().contains(name)) {
            return "";
        }
        String column = "column " + Names.shown(name);
        if (isCode()) {
            return column + " is " + code() + "; a format such as 1234.5 reads it as numbers";
        }
        if (!isText()) {
            return slip().isEmpty() ? "" : column + ", " + written() + ": " + slip();
        }
        return !finding.isDoubtful()
                ? ""
                : column + " is text, though " + finding.share() + ": line "
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
        return new NumberCells(new double[rows], format().withMissing(told.missing()), isSimple, finding.odd() != null);
    }

    /** Texts that are numbers or dates, row by row on their way to a column of so many rows. */
    private static final class NumberCells implements Cells {

        private final double[] values;
        private final ColumnFormat format;
        private final boolean isSimple;
        private final boolean canSlip;
        private final Set<String> slips = new TreeSet<>();
        private int size;

        NumberCells(double[] values, ColumnFormat format, boolean isSimple, boolean canSlip) {
            this.canSlip = canSlip;
            this.values = values;
            this.format = format;
            this.isSimple = isSimple;
        }

        @Override
        public boolean add(CsvBlock block, int row, int column) {
            double value = isSimple ? block.number(row, column) : Double.NaN; // without a String
            String text = Double.isNaN(value) ? block.text(row, column) : null;
            values[size++] = text == null ? value : format.value(text);
            if (text != null && Double.isNaN(values[size - 1]) && !format.isMissing(text)) {
                if (slips.size() < MOST_SLIPS) {
                    slips.add(text);
                }
                return canSlip;
            }
            return true;
        }

        @Override
        public Numbers column(String name) {
            Set<String> marks =
                    Stream.concat(format.missing().stream(), slips.stream()).collect(Collectors.toSet());
            return new Numbers(name, values, format.withMissing(marks));
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
