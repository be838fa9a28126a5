package io.github.flux4j.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.github.flux4j.internal.csv.Blank;
import io.github.flux4j.internal.csv.Growth;
import java.util.Arrays;

/** The cells of one record, in one array of text; the same object serves all records, and makes a String of a cell only on request. */
final class CsvRecordCells extends AbstractBaseCsvCallbackHandler<CsvRecordCells> {

    private char[] text = new char[256];
    private int length;
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean hasQuotes;
    private boolean blanksBeforeQuotes;

    @Override
    protected void handleBegin(long line) {
        blanksBeforeQuotes = false;
        hasQuotes = false;
        length = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int count, boolean isQuoted) {
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, Growth.of(index));
            quoted = Arrays.copyOf(quoted, ends.length);
        }
        quoted[index] = isQuoted;
        hasQuotes |= isQuoted;
        if (isQuoted) {
            append(buffer, offset, offset + count);
        } else {
            appendStripped(buffer, offset, offset + count);
        }
        ends[index] = length;
    }

    private void appendStripped(char[] buffer, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && Blank.is(buffer[from])) {
            from++;
        }
        while (to > from && Blank.is(buffer[to - 1])) {
            to--;
        }
        blanksBeforeQuotes |= from > begin && from < to && buffer[from] == '"';
        append(buffer, from, to);
    }

    private void append(char[] buffer, int from, int to) {
        int count = to - from;
        if (length + count > text.length) {
            text = Arrays.copyOf(text, Math.max(Growth.of(text.length), length + count));
        }
        System.arraycopy(buffer, from, text, length, count);
        length += count;
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
        return new String(text, start(i), ends[i] - start(i));
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    boolean hasQuotes() {
        return hasQuotes;
    }

    boolean isQuoted(int i) {
        return quoted[i];
    }

    boolean hasBlanksBeforeQuotes() {
        return blanksBeforeQuotes;
    }

    /** Whether this is the mark after the last record. */
    boolean isEnd() {
        return getFieldCount() == 1 && !quoted[0] && cell(0).equals(EndMarkedReader.MARK.strip());
    }

    /** The number of line ends within a cell. */
    int breaks(int i) {
        int breaks = 0;
        for (int at = start(i); at < ends[i]; at++) {
            breaks += text[at] == '\n' ? 1 : 0;
        }
        return breaks;
    }

    /** The first cell with this character, or −1. */
    int indexOf(char wanted) {
        for (int at = 0; at < length; at++) {
            if (text[at] == wanted) {
                int cell = 0;
                while (ends[cell] <= at) {
                    cell++;
                }
                return cell;
            }
        }
        return -1;
    }

    /** Adds the cells at these places to a block, as its next row. */
    void addTo(CsvBlock block, int... places) {
        block.beginRow(text, length, line());
        for (int place : places) {
            boolean isThere = place != CsvBlocks.ABSENT;
            block.addCell(isThere ? start(place) : 0, isThere ? ends[place] : 0);
        }
    }
}
