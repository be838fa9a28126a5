package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads one file: once for the types of its columns and the number of rows, once for the values.
 *
 * @param texts columns that stay text
 * @param numbers columns whose cells must be numbers or dates
 */
record CsvReading(CsvSettings settings, Set<String> texts, Set<String> numbers) {

    private static final int MOST_ROWS = Integer.MAX_VALUE - 8; // of an array

    Table table(Path file, String name) throws IOException {
        try (CsvBlocks first = CsvBlocks.of(file, name, settings)) {
            List<String> names = first.names();
            requireKnown(names);
            CsvColumn[] columns = names.stream()
                    .map(column -> new CsvColumn(
                            column, !texts.contains(column), numbers.contains(column), first.hasDecimalCommas()))
                    .toArray(CsvColumn[]::new);
            int rows = scan(first, columns);
            CsvColumn.Cells[] cells =
                    Arrays.stream(columns).map(column -> column.cells(rows)).toArray(CsvColumn.Cells[]::new);
            try (CsvBlocks again = first.again()) {
                fill(again, name, cells, rows);
            }
            List<Column> found = IntStream.range(0, cells.length)
                    .mapToObj(i -> cells[i].column(names.get(i)))
                    .toList();
            return Table.of(found, new TableOrigin(name, first.how(), notes(names, columns)));
        }
    }

    /** Settings name columns that are there. */
    private void requireKnown(List<String> names) {
        Stream.concat(texts.stream(), numbers.stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Table.unknown(name, names);
                });
    }

    private static int scan(CsvBlocks file, CsvColumn... columns) throws IOException {
        long count = 0;
        for (CsvBlock block = file.next(null); block != null; block = file.next(block)) {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = 0; i < columns.length; i++) {
                    String cell = block.text(row, i);
                    if (cell != null) {
                        columns[i].add(cell, block.line(row), file);
                    }
                }
                if (++count > MOST_ROWS) {
                    throw file.error(block.line(row), "a table has at most " + MOST_ROWS + " rows; divide the file");
                }
            }
        }
        return (int) count;
    }

    private static void fill(CsvBlocks file, String name, CsvColumn.Cells[] cells, int rows) throws IOException {
        int count = 0;
        boolean same = file.names().size() == cells.length;
        for (CsvBlock block = file.next(null); same && block != null; block = file.next(block)) {
            same = block.rows() <= rows - count;
            for (int row = 0; same && row < block.rows(); row++) {
                for (int i = 0; i < cells.length; i++) {
                    cells[i].add(block.text(row, i));
                }
            }
            count += block.rows();
        }
        if (!same || count != rows) {
            throw new IOException(name + ": the file changed while it was read; try again");
        }
    }

    private static Map<String, String> notes(List<String> names, CsvColumn... columns) {
        Map<String, String> notes = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].note().isEmpty()) {
                notes.put(names.get(i), columns[i].note());
            }
        }
        return notes;
    }
}
