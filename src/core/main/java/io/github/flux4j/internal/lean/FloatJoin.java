package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Join;

/** A join of whole batches: sums and columns side by side by loops of their own, others row by row in Float64. */
final class FloatJoin {

    private final Join join;

    FloatJoin(Join join) {
        this.join = join;
    }

    /** One row of each branch, of y, and of the slopes by them. */
    static final class Room {

        private double[][] branches = {};
        private double[][] dBranches = {};
        private double[] y = {};
        private double[] dy = {};

        private void of(int[] widths, int outputs) {
            if (y.length == outputs && branches.length == widths.length && fits(widths)) {
                return;
            }
            branches = new double[widths.length][];
            dBranches = new double[widths.length][];
            for (int b = 0; b < widths.length; b++) {
                branches[b] = new double[widths[b]];
                dBranches[b] = new double[widths[b]];
            }
            y = new double[outputs];
            dy = new double[outputs];
        }

        private boolean fits(int[] widths) {
            for (int b = 0; b < widths.length; b++) {
                if (branches[b].length != widths[b]) {
                    return false;
                }
            }
            return true;
        }
    }

    int outputs(int[] widths) {
        return join.outputs(widths);
    }

    /** The branches' values, each {@code [rows, width]} → y {@code [rows, outputs]}. */
    void forward(Room room, float[][] branches, int[] widths, float[] y, int rows) {
        int outputs = outputs(widths);
        if (join == Join.CONCAT) {
            for (int b = 0, at = 0; b < widths.length; at += widths[b++]) {
                FloatMatrices.copyColumns(rows, widths[b], branches[b], 0, widths[b], y, at, outputs);
            }
        } else if (join == Join.SUM) {
            System.arraycopy(branches[0], 0, y, 0, rows * outputs);
            for (int b = 1; b < widths.length; b++) {
                FloatMatrices.addColumns(rows, outputs, branches[b], y, 0, outputs);
            }
        } else {
            room.of(widths, outputs);
            for (int r = 0; r < rows; r++) {
                read(branches, widths, r, room.branches);
                join.forward(room.branches, room.y);
                write(room.y, y, r * outputs);
            }
        }
    }

    /** Slopes by y → slopes by the branches' values. */
    void backward(Room room, float[][] branches, int[] widths, float[] y, float[] dy, float[][] dBranches, int rows) {
        int outputs = outputs(widths);
        if (join == Join.CONCAT) {
            for (int b = 0, at = 0; b < widths.length; at += widths[b++]) {
                FloatMatrices.copyColumns(rows, widths[b], dy, at, outputs, dBranches[b], 0, widths[b]);
            }
        } else if (join == Join.SUM) {
            for (float[] slopes : dBranches) {
                System.arraycopy(dy, 0, slopes, 0, rows * outputs);
            }
        } else {
            room.of(widths, outputs);
            for (int r = 0; r < rows; r++) {
                read(branches, widths, r, room.branches);
                read(y, r * outputs, room.y);
                read(dy, r * outputs, room.dy);
                join.backward(room.branches, room.y, room.dy, room.dBranches);
                for (int b = 0; b < widths.length; b++) {
                    write(room.dBranches[b], dBranches[b], r * widths[b]);
                }
            }
        }
    }

    private static void read(float[][] branches, int[] widths, int row, double[][] into) {
        for (int b = 0; b < widths.length; b++) {
            read(branches[b], row * widths[b], into[b]);
        }
    }

    private static void read(float[] from, int at, double[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] = from[at + j];
        }
    }

    private static void write(double[] from, float[] into, int at) {
        for (int j = 0; j < from.length; j++) {
            into[at + j] = (float) from[j];
        }
    }
}
