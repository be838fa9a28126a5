package io.github.flux4j.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;

/** The records of a file in order, with errors that name the line. */
final class CsvRows implements Closeable {

    private static final int LONGEST_CELL = 1 << 24; // characters
    private static final int MOST_BREAKS = 10; // in a cell; more are a quote that is never closed

    private final CsvInput input;
    private final CsvReader<CsvRecordCells> reader;
    private final Iterator<CsvRecordCells> records;
    private final CsvRecordCells current = new CsvRecordCells();

    CsvRows(CsvInput input, CsvFormat format) throws IOException {
        this.input = input;
        this.reader = CsvReader.builder()
                .fieldSeparator(format.separator())
                .trimWhitespacesAroundQuotes(format.blanksAroundQuotes())
                .maxBufferSize(LONGEST_CELL)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // the mark at the end is a record, too
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(current, new EndMarkedReader(input.open()));
        this.records = reader.iterator();
    }

    /** Moves on to the next record, if there is one. */
    boolean next() throws IOException {
        try {
            if (!records.hasNext()) {
                return false;
            }
            records.next();
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? input.notInCharset(current.line())
                    : input.unreadable(e.getCause());
        } catch (CsvParseException e) {
            throw broken(e);
        }
        requireClosedQuotes();
        return !isEnd();
    }

    private boolean isEnd() throws IOException {
        if (!current.isEnd()) {
            return false;
        }
        long line = current.line();
        if (records.hasNext()) {
            throw input.error(line, "expected text, but U+FFFF isn't a character; save the file as text again");
        }
        return true;
    }

    private IOException broken(CsvParseException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (String.valueOf(e.getCause().getMessage()).contains("closing quote")) {
            return input.error(
                    current.line(),
                    "a closing quote is followed by something other than the separator; write a quote inside quotes twice, as in"
                            + " \"5\"\" pipe\"");
        }
        if (e.getCause() instanceof CsvParseException) {
            return input.error(
                    current.line(),
                    "a cell in the row that begins here has more than " + LONGEST_CELL
                            + " characters; is a quote never closed, or is the file not a table?");
        }
        return new IOException(input.name() + " can't be read: " + e.getMessage(), e);
    }

    private void requireClosedQuotes() throws IOException {
        for (int i = 0; current.hasQuotes() && i < current.count(); i++) {
            if (current.isQuoted(i)) {
                int breaks = current.breaks(i);
                if (breaks > MOST_BREAKS || breaks > 0 && current.cell(i).endsWith(EndMarkedReader.MARK)) {
                    throw input.error(
                            current.line(),
                            "cell " + (i + 1)
                                    + " of the row that begins here opens a quote and doesn't close it within "
                                    + MOST_BREAKS
                                    + " lines; close it, or write it twice inside quotes if it is part of the text");
                }
            }
        }
    }

    /** Throws if the record has NUL characters, as UTF-16 has when read in another charset. */
    void requireText() throws IOException {
        int cell = current.indexOf('\0');
        if (cell >= 0) {
            throw input.error(
                    current.line(),
                    "expected text, but cell " + (cell + 1)
                            + " has a NUL character; if the file is UTF-16 without a byte order mark, save it as UTF-8, or set"
                            + " csv().charset(…)");
        }
    }

    /** The line where the record begins, from 1. */
    long line() {
        return current.line();
    }

    int count() {
        return current.count();
    }

    /** A cell without outer blanks, unless they are in quotes. */
    String cell(int i) {
        return current.cell(i);
    }

    /** Adds cells of the record to a block, as its next row. */
    void addTo(CsvBlock block, int... places) {
        current.addTo(block, places);
    }

    /** Whether blanks precede a cell's quote, so that they don't belong to the cell. */
    boolean hasBlanksBeforeQuotes() {
        return current.hasBlanksBeforeQuotes();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
