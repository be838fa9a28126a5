package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of a file's columns, and what its rows must match.
 *
 * @param rowNames the number of row-name columns before the others, as pandas and R write them: 0 or 1
 * @param line the line of the names; 0 if they were given
 */
record CsvHeader(List<String> names, int rowNames, long line, CsvInput input, CsvFormat format) {

    /** pandas's name for a first column that had none when it read it. */
    private static final String PANDAS = "Unnamed: 0";

    /** Returns the given names, or those in the first record. */
    static CsvHeader of(CsvRows rows, CsvInput input, CsvFormat format, CsvSettings settings) throws IOException {
        if (!settings.names().isEmpty()) {
            return new CsvHeader(settings.names(), 0, 0, input, format);
        }
        if (!rows.next()) {
            throw new IOException(
                    input.name() + ": expected a first line with column names, but the file is empty; export it again");
        }
        rows.requireText();
        List<String> names =
                IntStream.range(0, rows.count()).mapToObj(rows::cell).toList();
        int rowNames =
                names.size() > 1 && (names.get(0).isBlank() || names.get(0).equals(PANDAS)) ? 1 : 0;
        CsvHeader header = new CsvHeader(names.subList(rowNames, names.size()), rowNames, rows.line(), input, format);
        header.requireNames();
        return header;
    }

    private void requireNames() throws IOException {
        if (names.stream().noneMatch(name -> Double.isNaN(Numeral.parse(name, format.decimalComma())))
                && names.stream().anyMatch(name -> !name.chars().allMatch(Character::isDigit))) {
            throw input.error(
                    line,
                    "expected column names, but all cells are numbers, such as " + Names.shown(names.get(0))
                            + "; add a first line with the names, or pass them with csv().names(…)");
        }
        try {
            Names.places(names);
        } catch (IllegalArgumentException e) {
            throw input.error(line, e.getMessage());
        }
    }

    /** Throws unless a record has as many cells as there are names. */
    void requireCells(CsvRows rows) throws IOException {
        int count = rowNames + names.size();
        if (rows.count() != count) {
            String expected = "expected " + count + (count == 1 ? " cell" : " cells") + ", as many as "
                    + (line > 0 ? "names in line " + line : "names given");
            throw input.error(
                    rows.line(),
                    expected + ", but there " + (rows.count() == 1 ? "is " : "are ") + rows.count()
                            + "; put a cell that contains the separator '" + separator() + "' in \"quotes\"");
        }
    }

    private String separator() {
        return format.separator() == '\t' ? "tab" : String.valueOf(format.separator());
    }

    IOException noRows() {
        return new IOException(input.name() + ": expected rows, but there are none after "
                + (line > 0 ? "the names in line " + line : "the start") + "; export it again");
    }
}
