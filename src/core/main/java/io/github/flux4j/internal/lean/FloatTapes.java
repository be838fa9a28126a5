package io.github.flux4j.internal.lean;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A program's tapes for predictions, one for each thread that predicts at the moment and a few that wait for the next: bounded in number and
 * size, and gone with the program. A thread looks first where it has put its last one, so threads rarely meet.
 */
final class FloatTapes {

    /** Tapes that wait, at most. */
    private static final int PLACES = 16;

    /** References between two places, so that two processors don't write to one line of their caches. */
    private static final int APART = 32;

    /** Numbers between nodes up to which a tape is kept. */
    private static final long KEPT = 1 << 20;

    private final FloatNode[] nodes;
    private final FloatParameters parameters;
    private final AtomicReferenceArray<FloatTape> waiting = new AtomicReferenceArray<>(PLACES * APART);

    FloatTapes(FloatNode[] nodes, FloatParameters parameters) {
        this.nodes = nodes;
        this.parameters = parameters;
    }

    /** A tape for this thread alone, until it gives it back. */
    FloatTape take() {
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            FloatTape tape = waiting.getAndSet(place(home + i), null);
            if (tape != null) {
                return tape;
            }
        }
        return new FloatTape(nodes, parameters);
    }

    /** Gives back what {@link #take} gave. If another thread does at the same place at the same time, one of both tapes is lost; that is all. */
    void give(FloatTape tape) {
        if (tape.numbers() > KEPT) {
            return;
        }
        tape.release();
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            if (waiting.getAcquire(place(home + i)) == null) {
                waiting.setRelease(place(home + i), tape);
                return;
            }
        }
    }

    private static int home() {
        return (int) Thread.currentThread().getId();
    }

    private static int place(int i) {
        return (i & PLACES - 1) * APART;
    }
}
