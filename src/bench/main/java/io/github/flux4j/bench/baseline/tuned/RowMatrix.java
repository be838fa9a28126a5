package io.github.flux4j.bench.baseline.tuned;

import java.util.Arrays;

/** Matrices with an array for each row. */
final class RowMatrix {

    /** A square of so many rows and columns fits the first cache. */
    private static final int BLOCK = 16;

    private RowMatrix() {}

    static void fill(float[][] rows, int count, float[] with) {
        for (int r = 0; r < count; r++) {
            System.arraycopy(with, 0, rows[r], 0, with.length);
        }
    }

    static void clear(float[][] rows, int count) {
        for (int r = 0; r < count; r++) {
            Arrays.fill(rows[r], 0);
        }
    }

    /** The sum of the rows. */
    static void sum(float[][] rows, int count, float[] into) {
        Arrays.fill(into, 0);
        for (int r = 0; r < count; r++) {
            add(rows[r], 1, into);
        }
    }

    /** to ← to + factor·row. */
    static void add(float[] row, float factor, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = Math.fma(factor, row[j], to[j]);
        }
    }

    /** B ← Aᵀ, in squares that fit the first cache. */
    static void transpose(float[][] a, float[][] b) {
        for (int r0 = 0; r0 < a.length; r0 += BLOCK) {
            for (int c0 = 0; c0 < b.length; c0 += BLOCK) {
                int rows = Math.min(r0 + BLOCK, a.length);
                int columns = Math.min(c0 + BLOCK, b.length);
                for (int c = c0; c < columns; c++) {
                    float[] row = b[c];
                    for (int r = r0; r < rows; r++) {
                        row[r] = a[r][c];
                    }
                }
            }
        }
    }
}
