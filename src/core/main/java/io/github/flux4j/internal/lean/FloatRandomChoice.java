package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.RandomChoice;

/** A {@link RandomChoice}, computed as the kernel would, to the bit, without converting whole arrays. */
final class FloatRandomChoice implements FloatNode {

    private final RandomChoice kernel;
    private final double[] factors;
    private final double[] summands;

    FloatRandomChoice(RandomChoice kernel) {
        this.kernel = kernel;
        this.factors = kernel.factors();
        this.summands = kernel.summands();
    }

    /** What the node keeps on a tape. */
    private static final class Note {

        private byte[] choice = {};
        private boolean isMade;
    }

    @Override
    public int parameters() {
        return 0;
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
    public boolean mayShareRows() {
        return false;
    }

    @Override
    public void forward(FloatTape tape, int k) {
        int n = tape.rows() * tape.columns(k);
        if (tape.note(k) == null) {
            tape.note(k, new Note());
        }
        Note note = (Note) tape.note(k);
        note.choice = note.choice.length < n ? new byte[n] : note.choice;
        note.isMade = kernel.choose(tape.training(), tape.rows(), tape.columns(k), note.choice);
        float[] x = tape.values(k);
        float[] y = tape.newValues(k + 1);
        if (!note.isMade) {
            System.arraycopy(x, 0, y, 0, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[i] = (float) (factors[note.choice[i]] * x[i] + summands[note.choice[i]]);
        }
    }

    @Override
    public void backward(FloatTape tape, int k, boolean isWanted) {
        int n = tape.rows() * tape.columns(k);
        Note note = (Note) tape.note(k);
        float[] dy = tape.slopes(k + 1);
        float[] dx = tape.slopes(k);
        if (!note.isMade) {
            System.arraycopy(dy, 0, dx, 0, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            dx[i] = (float) (factors[note.choice[i]] * dy[i]);
        }
    }
}
