package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;

/** A {@link Kernel}, which computes in Float64: its arrays are converted on the way in and out. */
final class FloatKernelNode implements FloatNode {

    private final Kernel kernel;
    private final int parameters;
    private final int offset;

    FloatKernelNode(Operation.Rows rows, int offset) {
        this.kernel = rows.kernel();
        this.parameters = rows.parameters();
        this.offset = offset;
    }

    /** What the node keeps on a tape. */
    private static final class Note {

        private final Kernel.Pass pass = new Kernel.Pass();
        private final double[] parameters;
        private final double[] gradient;
        private double[] x = {};
        private double[] y = {};
        private double[] dx = {};
        private double[] dy = {};

        Note(int parameters) {
            this.parameters = parameters == 0 ? null : new double[parameters];
            this.gradient = parameters == 0 ? null : new double[parameters];
        }

        void forwardRoom(int inputs, int outputs) {
            x = room(x, inputs);
            y = room(y, outputs);
        }

        void backwardRoom(int inputs, int outputs) {
            dx = room(dx, inputs);
            dy = room(dy, outputs);
        }

        private static double[] room(double[] array, int n) {
            return array.length < n ? new double[n] : array;
        }
    }

    @Override
    public int parameters() {
        return parameters;
    }

    @Override
    public int outputs(int inputs) {
        return kernel.outputs(inputs);
    }

    @Override
    public boolean rowsAreIndependent() {
        return kernel.rowsAreIndependent();
    }

    @Override
    public boolean mayShareRows() {
        return false;
    }

    @Override
    public void forward(FloatTape tape, int k) {
        int inputs = tape.rows() * tape.columns(k);
        int outputs = tape.rows() * tape.columns(k + 1);
        if (tape.note(k) == null) {
            tape.note(k, new Note(parameters));
        }
        Note note = (Note) tape.note(k);
        note.forwardRoom(inputs, outputs);
        for (int i = 0; i < parameters; i++) {
            note.parameters[i] = tape.parameters().memory().get(offset + i);
        }
        widen(tape.values(k), note.x, inputs);
        kernel.forward(note.pass.begin(note.parameters, tape.training(), tape.rows(), tape.columns(k)), note.x, note.y);
        narrow(note.y, tape.newValues(k + 1), outputs);
    }

    @Override
    public void backward(FloatTape tape, int k, boolean isWanted) {
        int inputs = tape.rows() * tape.columns(k);
        int outputs = tape.rows() * tape.columns(k + 1);
        Note note = (Note) tape.note(k);
        note.backwardRoom(inputs, outputs);
        widen(tape.slopes(k + 1), note.dy, outputs);
        kernel.backward(note.pass, note.x, note.y, note.dy, note.dx, note.gradient);
        for (int i = 0; i < parameters; i++) {
            tape.gradient().memory().put(offset + i, (float) note.gradient[i]);
        }
        narrow(note.dx, tape.slopes(k), inputs);
    }

    private static void widen(float[] from, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[i];
        }
    }

    private static void narrow(double[] from, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = (float) from[i];
        }
    }
}
