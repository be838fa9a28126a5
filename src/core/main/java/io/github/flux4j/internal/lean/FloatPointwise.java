package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarLoop;
import java.util.function.Supplier;

/** {@code y = f(x)}, element by element. */
final class FloatPointwise implements FloatNode {

    private final Supplier<ScalarLoop> loops;

    FloatPointwise(Operation.Pointwise pointwise) {
        this.loops = pointwise.loops();
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
    public void forward(FloatTape tape, int k) {
        loop(tape, k).values(tape.values(k), tape.newValues(k + 1), 0, tape.rows() * tape.columns(k));
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        int n = tape.rows() * tape.columns(k);
        loop(tape, k).derivatives(tape.values(k), tape.values(k + 1), tape.slopes(k + 1), tape.slopes(k), 0, n);
    }

    private ScalarLoop loop(FloatTape tape, int k) {
        if (tape.note(k) == null) {
            tape.note(k, loops.get());
        }
        return (ScalarLoop) tape.note(k);
    }
}
