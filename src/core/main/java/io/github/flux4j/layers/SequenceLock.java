package io.github.flux4j.layers;

import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.Turn;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets any number of threads read a model's numbers while one changes them, each from a consistent state. A reader checks a version, odd during a change,
 * before and after reading. If it changed, it reads again, and after some attempts blocks changes. A change and those few readers wait for each other in order
 * of arrival.
 */
final class SequenceLock {

    /** The attempts at a short reading, after which waiting costs less. */
    private static final int ATTEMPTS = 4;

    /** The number of rows that take so long to predict that a second attempt would fail like the first. */
    private static final int MANY = 256;

    /** Checks of a change in progress before it counts as an attempt; most are over by then. */
    private static final int SPINS = 100;

    private final Turn turn;
    private final Layer model;
    private final AtomicLong version = new AtomicLong();

    /** A reading: a prediction for x, into y or as a new object. */
    interface Reading<X, Y> {
        Y of(Program program, X x, int rows, Y y);
    }

    SequenceLock(Layer model) {
        this.model = model;
        turn = new Turn(
                "a change of the numbers of ",
                this,
                "a change of ",
                " changes the same model again, as a rule might in its step; do it afterwards");
    }

    /** Begins to change the numbers, exclusively until {@link #end}. */
    void begin() {
        turn.begin();
        version.setOpaque(version.getOpaque() + 1);
        VarHandle.storeStoreFence();
    }

    /** Ends a change. */
    void end() {
        version.setRelease(version.getOpaque() + 1);
        turn.end();
    }

    /** Makes a prediction that changes numbers. */
    <X, Y> Y change(Program program, X x, int rows, Y y, Reading<X, Y> reading) {
        begin();
        try {
            return reading.of(program, x, rows, y);
        } finally {
            end();
        }
    }

    /** Reads a consistent state. It may read more than once, and ignores what a reading of inconsistent numbers throws. */
    <T> T read(Supplier<T> reading) {
        return read(null, reading, 1, null, (program, from, rows, into) -> from.get());
    }

    /** Makes a prediction from a consistent state. */
    <X, Y> Y read(Program program, X x, int rows, Y y, Reading<X, Y> reading) {
        int attempts = rows > MANY ? 1 : ATTEMPTS;
        for (int i = 0; i < attempts; i++) {
            long seen = settled();
            if (isOdd(seen)) {
                break; // a change that takes its time, or this thread's own
            }
            try {
                Y result = reading.of(program, x, rows, y);
                if (isAt(seen)) {
                    return result;
                }
                discard(result, y);
            } catch (Throwable failure) {
                if (isAt(seen)) {
                    throw failure;
                }
            }
        }
        return readAlone(program, x, rows, y, reading);
    }

    /** Returns the version once no change is in progress, or soon after. */
    private long settled() {
        long seen = version.getAcquire();
        for (int i = 0; i < SPINS && isOdd(seen); i++) {
            Thread.onSpinWait();
            seen = version.getAcquire();
        }
        return seen;
    }

    private static boolean isOdd(long seen) {
        return (seen & 1) == 1;
    }

    /** Whether the numbers have not changed since this version. */
    private boolean isAt(long seen) {
        VarHandle.acquireFence();
        return version.getOpaque() == seen;
    }

    /** Frees a discarded result at once. */
    private static void discard(Object result, Object given) {
        if (result != given && result instanceof INDArray array && array.closeable()) {
            array.close();
        }
    }

    private <X, Y> Y readAlone(Program program, X x, int rows, Y y, Reading<X, Y> reading) {
        if (turn.isMine()) { // a rule that predicts, or a layer that does within a prediction
            return reading.of(program, x, rows, y);
        }
        turn.begin();
        try {
            return reading.of(program, x, rows, y);
        } finally {
            turn.end();
        }
    }

    /** The model's name in messages. */
    @Override
    public String toString() {
        return model.inOneLine();
    }
}
