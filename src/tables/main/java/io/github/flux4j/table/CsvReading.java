package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads one file: once for the types of its columns and the number of rows, once for the values. */
record CsvReading(CsvSettings settings, ColumnSettings told) {

    private static final int MOST_ROWS = Integer.MAX_VALUE - 8; // of an array

    Table table(Path file, String name) throws IOException {
        try (CsvBlocks first = CsvBlocks.of(file, name, settings)) {
            told.requireKnown(first.names());
            String[] names = kept(first);
            CsvColumn[] columns = Arrays.stream(names)
                    .map(column -> new CsvColumn(column, told))
                    .toArray(CsvColumn[]::new);
            int rows = scan(first, columns);
            find(first, name, columns);
            CsvColumn.Cells[] cells = Arrays.stream(columns)
                    .map(column -> column.cells(rows, first.hasDecimalCommas()))
                    .toArray(CsvColumn.Cells[]::new);
            try (CsvBlocks again = first.again()) {
                boolean same = again.names().equals(first.names());
                again.take(same ? names : new String[0]);
                requireSame(same && fill(again, cells, rows), name);
            }
            List<Column> found = IntStream.range(0, cells.length)
                    .mapToObj(i -> cells[i].column(names[i]))
                    .toList();
            return Table.of(found, origin(first, name, columns));
        }
    }

    private String[] kept(CsvBlocks file) {
        String[] names = file.names().stream()
                .filter(name -> !told.dropped().contains(name))
                .toArray(String[]::new);
        if (names.length == 0) {
            throw new IllegalArgumentException("a table needs a column, but all are dropped; keep one");
        }
        file.take(names);
        return names;
    }

    private static int scan(CsvBlocks file, CsvColumn... columns) throws IOException {
        long count = 0;
        for (CsvBlock block = file.next(null); block != null; block = file.next(block)) {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = 0; i < columns.length; i++) {
                    String cell = block.text(row, i);
                    if (cell != null) {
                        columns[i].add(cell, block.line(row));
                    }
                }
                if (++count > MOST_ROWS) {
                    throw file.error(
                            block.line(row), "a table can have at most " + MOST_ROWS + " rows; divide the file");
                }
            }
        }
        return (int) count;
    }

    /** A column's decimal commas may tell how another is meant. */
    private void find(CsvBlocks file, String name, CsvColumn... columns) throws IOException {
        Boolean comma = settings.decimalComma();
        boolean hasCommas = Boolean.TRUE.equals(comma);
        for (CsvColumn column : columns) {
            hasCommas |= column.find(comma, false).hasDecimalCommas();
        }
        List<CsvColumn> ambiguous = new ArrayList<>();
        for (CsvColumn column : columns) {
            if (hasCommas) {
                column.find(comma, true);
            }
            column.requireAsTold(file);
            if (!column.choices().isEmpty()) {
                ambiguous.add(column);
            }
        }
        if (!ambiguous.isEmpty()) {
            throw Csv.AmbiguousFormatException.of(name, ambiguous);
        }
    }

    /** False if there is something else than before. */
    private static boolean fill(CsvBlocks file, CsvColumn.Cells[] cells, int rows) throws IOException {
        int count = 0;
        boolean same = true;
        for (CsvBlock block = file.next(null); same && block != null; block = file.next(block)) {
            same = block.rows() <= rows - count;
            for (int row = 0; same && row < block.rows(); row++) {
                for (int i = 0; i < cells.length; i++) {
                    same &= cells[i].add(block, row, i);
                }
            }
            count += block.rows();
        }
        return same && count == rows;
    }

    private static void requireSame(boolean same, String name) throws IOException {
        if (!same) {
            throw new IOException(name + ": the file changed while it was read; try again");
        }
    }

    private static TableOrigin origin(CsvBlocks file, String name, CsvColumn... columns) {
        return new TableOrigin(
                name,
                file.how(),
                file.hasRowNames(),
                texts(CsvColumn::note, columns),
                texts(CsvColumn::warning, columns),
                null);
    }

    private static Map<String, String> texts(Function<CsvColumn, String> text, CsvColumn... columns) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (CsvColumn column : columns) {
            String its = text.apply(column);
            if (!its.isEmpty()) {
                texts.put(column.name(), its);
            }
        }
        return texts;
    }
}
