package io.github.flux4j.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads one file: once for the types of its columns and the number of rows, once for the values. */
final class CsvReading {

    private static final int MOST_ROWS = Integer.MAX_VALUE - 8; // of an array

    private final CsvInput input;
    private final CsvSettings settings;
    private CsvFormat format;
    private List<String> names;
    private long headerLine;

    CsvReading(CsvInput input, CsvSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    Table table() throws IOException {
        format = new CsvSniffer(input, settings).format();
        names = settings.names().isEmpty() ? header() : settings.names();
        requireKnown();
        CsvColumn[] columns = names.stream()
                .map(name -> new CsvColumn(name, settings, format.decimalComma()))
                .toArray(CsvColumn[]::new);
        int rows = scan(columns);
        Cells[] cells = Arrays.stream(columns).map(column -> column.cells(rows)).toArray(Cells[]::new);
        fill(cells, rows);
        List<Column> found = IntStream.range(0, cells.length)
                .mapToObj(i -> cells[i].column(names.get(i)))
                .toList();
        return Table.of(found, new Origin(input.name(), format.how(), notes(columns)));
    }

    private List<String> header() throws IOException {
        try (CsvRows rows = new CsvRows(input, format)) {
            if (!rows.next()) {
                throw new IOException(input.name()
                        + ": a first line with the names of the columns was expected, but the file is empty");
            }
            headerLine = rows.line();
            return checked(IntStream.range(0, rows.count()).mapToObj(rows::cell).toList());
        }
    }

    private List<String> checked(List<String> header) throws IOException {
        if (header.stream().noneMatch(name -> Double.isNaN(Numeral.parse(name, format.decimalComma())))
                && header.stream().anyMatch(name -> !name.chars().allMatch(Character::isDigit))) {
            throw input.error(
                    headerLine,
                    "names of columns were expected, but all cells are numbers, such as " + Names.shown(header.get(0))
                            + "; if the file has no names, give them with csv().names(…)");
        }
        try {
            Names.places(header);
            return header;
        } catch (IllegalArgumentException e) {
            throw input.error(headerLine, e.getMessage() + ", or pass csv().names(…) for a file without names");
        }
    }

    /** Settings name columns that are there. */
    private void requireKnown() {
        Stream.concat(settings.texts().stream(), settings.numbers().stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Names.unknown(name, names);
                });
    }

    private int scan(CsvColumn... columns) throws IOException {
        try (CsvRows rows = rows()) {
            int count = 0;
            while (rows.next()) {
                requireCells(rows);
                for (int i = 0; i < columns.length; i++) {
                    if (!settings.isMissing(rows.cell(i))) {
                        columns[i].add(rows.cell(i), rows.line(), input);
                    }
                }
                requireRoom(count++, rows.line());
            }
            if (count == 0) {
                throw new IOException(input.name() + ": rows were expected, but there is none after "
                        + (headerLine > 0 ? "the names in line " + headerLine : "the start"));
            }
            return count;
        }
    }

    private void requireRoom(int count, long line) throws IOException {
        if (count == MOST_ROWS) {
            throw input.error(line, "a table has at most " + MOST_ROWS + " rows; divide the file");
        }
    }

    private void requireCells(CsvRows rows) throws IOException {
        if (rows.count() != names.size()) {
            String expected = names.size() + (names.size() == 1 ? " cell was" : " cells were")
                    + " expected, as many as " + (headerLine > 0 ? "names in line " + headerLine : "names given");
            throw input.error(
                    rows.line(),
                    expected + ", but there " + (rows.count() == 1 ? "is " : "are ") + rows.count()
                            + "; a cell that has the separator '" + separator() + "' in it must stand in \"quotes\"");
        }
    }

    private String separator() {
        return format.separator() == '\t' ? "tab" : String.valueOf(format.separator());
    }

    private void fill(Cells[] cells, int rows) throws IOException {
        try (CsvRows again = rows()) {
            int count = 0;
            while (again.next() && count++ < rows && again.count() == cells.length) {
                for (int i = 0; i < cells.length; i++) {
                    cells[i].add(settings.isMissing(again.cell(i)) ? null : again.cell(i));
                }
            }
            if (count != rows) {
                throw new IOException(input.name() + ": the file changed while it was read; try again");
            }
        }
    }

    /** The file's records after the names. */
    private CsvRows rows() throws IOException {
        CsvRows rows = new CsvRows(input, format);
        if (headerLine > 0) {
            rows.next();
        }
        return rows;
    }

    private Map<String, String> notes(CsvColumn... columns) {
        Map<String, String> notes = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].note().isEmpty()) {
                notes.put(names.get(i), columns[i].note());
            }
        }
        return notes;
    }
}
