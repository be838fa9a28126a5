package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Growth;
import io.github.flux4j.internal.csv.ShortNumeral;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a file, in the columns that were asked for, as {@link CsvBlocks} reads them. Its cells are the text that stands in the file, so that no
 * object is made for a cell. Filled by one thread; while it isn't filled again, any thread may read it.
 */
public final class CsvBlock {

    private final CsvSettings settings;
    private final boolean decimalComma;
    private final int columns;
    private final boolean[] startsOfMarks;
    private char[] text = new char[1 << 12];
    private int length;
    private int rowStart;
    private int[] starts = new int[1 << 10];
    private int[] ends = new int[1 << 10];
    private int cells;
    private long[] lines = new long[1 << 8];
    private int rows;

    CsvBlock(CsvSettings settings, boolean decimalComma, int columns) {
        this.settings = settings;
        this.decimalComma = decimalComma;
        this.columns = columns;
        int greatest = settings.missing().stream()
                .filter(mark -> !mark.isEmpty())
                .mapToInt(mark -> mark.charAt(0))
                .max()
                .orElse(0);
        this.startsOfMarks = new boolean[greatest + 1];
        settings.missing().stream()
                .filter(mark -> !mark.isEmpty())
                .forEach(mark -> startsOfMarks[mark.charAt(0)] = true);
    }

    void clear() {
        length = 0;
        cells = 0;
        rows = 0;
    }

    void beginRow(char[] record, int count, long line) {
        if (length + count > text.length) {
            text = Arrays.copyOf(text, Math.max(Growth.of(text.length), Math.addExact(length, count)));
        }
        System.arraycopy(record, 0, text, length, count);
        rowStart = length;
        length += count;
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, Growth.of(rows));
        }
        lines[rows++] = line;
    }

    /** Of the row's text, from where to where. */
    void addCell(int from, int to) {
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, Growth.of(cells));
            ends = Arrays.copyOf(ends, starts.length);
        }
        starts[cells] = rowStart + from;
        ends[cells++] = rowStart + to;
    }

    /** How many characters it holds. */
    int length() {
        return length;
    }

    /** How many rows it has. */
    public int rows() {
        return rows;
    }

    /** The line of the file where a row begins, from 1. */
    public long line(int row) {
        return lines[row];
    }

    /** Whether a cell is empty, or marks a missing value. */
    public boolean isMissing(int row, int column) {
        return isMissing(row * columns + column);
    }

    /** Most cells tell by their first letter that they aren't. */
    private boolean isMissing(int cell) {
        int start = starts[cell];
        return start == ends[cell]
                || text[start] < startsOfMarks.length && startsOfMarks[text[start]] && settings.isMissing(string(cell));
    }

    /** The number in a cell; NaN if it is missing or none. */
    public double number(int row, int column) {
        int cell = row * columns + column;
        return isMissing(cell) ? Double.NaN : ShortNumeral.parse(text, starts[cell], ends[cell], decimalComma);
    }

    /** The text in a cell; null if it is missing. */
    public @Nullable String text(int row, int column) {
        int cell = row * columns + column;
        return isMissing(cell) ? null : string(cell);
    }

    private String string(int cell) {
        return new String(text, starts[cell], ends[cell] - starts[cell]);
    }
}
