package io.github.flux4j.internal.network;

import java.util.Arrays;

/** Rows of Float32 as rows of Float64, and back. */
public final class Rows {

    private Rows() {}

    /** A row. */
    public static double[] wide(float[] row) {
        double[] wide = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            wide[j] = row[j];
        }
        return wide;
    }

    /** A row, rounded. */
    public static float[] narrow(double[] row) {
        float[] narrow = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            narrow[j] = (float) row[j];
        }
        return narrow;
    }

    /** A row that is null stays so. */
    public static double[][] wide(float[][] rows) {
        double[][] wide = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            wide[r] = rows[r] == null ? null : wide(rows[r]);
        }
        return wide;
    }

    /** Rows, rounded. */
    public static float[][] narrow(double[][] rows) {
        float[][] narrow = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            narrow[r] = narrow(rows[r]);
        }
        return narrow;
    }

    /** Some columns of rows, copied. */
    static float[][] columns(float[][] rows, int from, int to) {
        float[][] columns = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            columns[r] = Arrays.copyOfRange(rows[r], from, to);
        }
        return columns;
    }

    /** Some columns of rows, copied. */
    static double[][] columns(double[][] rows, int from, int to) {
        double[][] columns = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            columns[r] = Arrays.copyOfRange(rows[r], from, to);
        }
        return columns;
    }

    /** Rows of so many from numbers row after row. */
    public static double[][] split(float[] values, int columns) {
        double[][] rows = new double[values.length / columns][columns];
        for (int i = 0; i < values.length; i++) {
            rows[i / columns][i % columns] = values[i];
        }
        return rows;
    }

    /** Rows of one length, one after another. */
    public static float[] joined(double[][] rows) {
        int columns = rows[0].length;
        float[] joined = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = (float) rows[i / columns][i % columns];
        }
        return joined;
    }
}
