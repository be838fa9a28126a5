package io.github.flux4j.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/** The cells of one record, the same object for each. */
final class CsvRecordCells extends AbstractBaseCsvCallbackHandler<CsvRecordCells> {

    private String[] cells = new String[16];
    private boolean[] quoted = new boolean[16];
    private boolean blanksBeforeQuotes;

    @Override
    protected void handleBegin(long line) {
        blanksBeforeQuotes = false;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean isQuoted) {
        if (index == cells.length) {
            cells = Arrays.copyOf(cells, Growth.of(index));
            quoted = Arrays.copyOf(quoted, cells.length);
        }
        cells[index] = isQuoted ? new String(buffer, offset, length) : stripped(buffer, offset, offset + length);
        quoted[index] = isQuoted;
    }

    private String stripped(char[] buffer, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && isBlank(buffer[from])) {
            from++;
        }
        while (to > from && isBlank(buffer[to - 1])) {
            to--;
        }
        blanksBeforeQuotes |= from > begin && from < to && buffer[from] == '"';
        return new String(buffer, from, to - from);
    }

    /** Whether it doesn't count at a cell's ends. */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0';
    }

    @Override
    protected CsvRecordCells buildRecord() {
        return this;
    }

    long line() {
        return getStartingLineNumber();
    }

    int count() {
        return getFieldCount();
    }

    String cell(int i) {
        return cells[i];
    }

    boolean isQuoted(int i) {
        return quoted[i];
    }

    boolean hasBlanksBeforeQuotes() {
        return blanksBeforeQuotes;
    }

    /** Whether this isn't a record, but what stands after the last one. */
    boolean isEnd() {
        return getFieldCount() == 1 && !quoted[0] && cells[0].equals(EndMarkedReader.MARK.strip());
    }
}
