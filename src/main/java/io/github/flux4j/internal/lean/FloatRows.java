package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Kernel;

/** A {@link Kernel}, which computes in Float64: its arrays are converted on the way in and out. */
final class FloatRows implements FloatNode {

    private final Kernel kernel;
    private final int offset;

    FloatRows(Kernel kernel, int offset) {
        this.kernel = kernel;
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

        void forwardRoom(int n) {
            x = room(x, n);
            y = room(y, n);
        }

        void backwardRoom(int n) {
            dx = room(dx, n);
            dy = room(dy, n);
        }

        private static double[] room(double[] array, int n) {
            return array.length < n ? new double[n] : array;
        }
    }

    @Override
    public int parameters() {
        return kernel.parameters();
    }

    @Override
    public int outputs(int inputs) {
        return inputs;
    }

    @Override
    public boolean rowsAreIndependent() {
        return kernel.rowsAreIndependent();
    }

    @Override
    public void forward(FloatTape tape, int k) {
        int n = tape.rows() * tape.columns(k);
        if (tape.note(k) == null) {
            tape.note(k, new Note(parameters()));
        }
        Note note = (Note) tape.note(k);
        note.forwardRoom(n);
        for (int i = 0; i < parameters(); i++) {
            note.parameters[i] = tape.parameters().memory().get(offset + i);
        }
        widen(tape.values(k), note.x, n);
        kernel.forward(note.pass.begin(note.parameters, tape.training(), tape.rows(), tape.columns(k)), note.x, note.y);
        narrow(note.y, tape.newValues(k + 1), n);
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        int n = tape.rows() * tape.columns(k);
        Note note = (Note) tape.note(k);
        note.backwardRoom(n);
        widen(tape.slopes(k + 1), note.dy, n);
        kernel.backward(note.pass, note.x, note.y, note.dy, note.dx, note.gradient);
        for (int i = 0; i < parameters(); i++) {
            tape.gradient().memory().put(offset + i, (float) note.gradient[i]);
        }
        narrow(note.dx, tape.slopes(k), n);
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
