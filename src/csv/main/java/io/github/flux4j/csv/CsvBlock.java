package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Growth;
import io.github.flux4j.internal.csv.ShortNumeral;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file that {@link CsvBlocks} reads together, in the requested columns. Cells are stretches of the file's text, so reading allocates no object per
 * cell.
 *
 * <p>One thread fills a block; between fillings any thread may read it.
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

    /** Adds a cell, from one position of the row's text to another. */
    void addCell(int from, int to) {
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, Growth.of(cells));
            ends = Arrays.copyOf(ends, starts.length);
        }
        starts[cells] = rowStart + from;
        ends[cells++] = rowStart + to;
    }

    /** The number of characters that it holds. */
    int length() {
        return length;
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the line of the file where a row begins, from 1. */
    public long line(int row) {
        return lines[row];
    }

    /** Whether a cell is empty, or marks a missing value. */
    public boolean isMissing(int row, int column) {
        return isMissing(row * columns + column);
    }

    /** A cell's first letter excludes most marks. */
    private boolean isMissing(int cell) {
        int start = starts[cell];
        return start == ends[cell]
                || text[start] < startsOfMarks.length && startsOfMarks[text[start]] && settings.isMissing(string(cell));
    }

    /** Returns the number in a cell, or NaN if it is missing or not a number. */
    public double number(int row, int column) {
        int cell = row * columns + column;
        return isMissing(cell) ? Double.NaN : ShortNumeral.parse(text, starts[cell], ends[cell], decimalComma);
    }

    /** Returns the text in a cell, or null if it is missing. */
    public @Nullable String text(int row, int column) {
        int cell = row * columns + column;
        return isMissing(cell) ? null : string(cell);
    }

    private String string(int cell) {
        return new String(text, starts[cell], ends[cell] - starts[cell]);
    }
}
