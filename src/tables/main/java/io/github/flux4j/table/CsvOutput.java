package io.github.flux4j.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.github.flux4j.internal.csv.Blank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Tables as files of comma-separated values. */
final class CsvOutput {

    private CsvOutput() {}

    static void write(Table table, Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(new Quotes(table.columns().size() == 1))
                .build(file)) {
            csv.writeRecord(table.names());
            for (int row = 0; row < table.rows(); row++) {
                int number = row;
                csv.writeRecord(table.columns().stream()
                        .map(column -> column.text(number))
                        .toList());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Where quotes are needed besides where the format asks for them: outer blanks would be taken off, and an empty line left out. */
    private record Quotes(boolean oneColumn) implements QuoteStrategy {

        @Override
        public boolean quoteNull(int line, int field) {
            return oneColumn;
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
            return oneColumn;
        }

        @Override
        public boolean quoteValue(int line, int field, String text) {
            return Blank.is(text.charAt(0)) || Blank.is(text.charAt(text.length() - 1));
        }
    }
}
