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
    private CsvHeader header;
    private List<String> names;

    CsvReading(CsvInput input, CsvSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    Table table() throws IOException {
        format = new CsvSniffer(input, settings).format();
        header = header();
        names = header.names();
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

    private CsvHeader header() throws IOException {
        try (CsvRows rows = new CsvRows(input, format)) {
            return CsvHeader.of(rows, input, format, settings);
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
                rows.requireText();
                header.requireCells(rows);
                for (int i = 0; i < columns.length; i++) {
                    String cell = rows.cell(i);
                    if (!settings.isMissing(cell)) {
                        columns[i].add(cell, rows.line(), input);
                    }
                }
                requireRoom(count++, rows.line());
            }
            if (count == 0) {
                throw header.noRows();
            }
            return count;
        }
    }

    private void requireRoom(int count, long line) throws IOException {
        if (count == MOST_ROWS) {
            throw input.error(line, "a table has at most " + MOST_ROWS + " rows; divide the file");
        }
    }

    private void fill(Cells[] cells, int rows) throws IOException {
        try (CsvRows again = rows()) {
            int count = 0;
            while (again.next() && count++ < rows && again.count() == cells.length) {
                for (int i = 0; i < cells.length; i++) {
                    String cell = again.cell(i);
                    cells[i].add(settings.isMissing(cell) ? null : cell);
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
        if (header.line() > 0) {
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
