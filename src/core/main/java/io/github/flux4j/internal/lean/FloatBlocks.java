package io.github.flux4j.internal.lean;

import io.github.flux4j.internal.threads.ParallelLoop;

/**
 * Predictions for many rows, some of them at a time, so that what lies between the nodes stays in a cache and never becomes large. How rows
 * are divided depends on their number and the model alone, so the number of threads changes no bit.
 */
final class FloatBlocks implements ParallelLoop.Work {

    /** Numbers between nodes that a cache holds. */
    private static final long CACHED = 1 << 18;

    /** With fewer rows BLAS would spend its time on arranging the weights. */
    private static final long FEWEST = 256;

    /** Numbers between nodes, at most, where rows are so long that {@link #FEWEST} of them have more. */
    private static final long MOST = 1 << 22;

    private final FloatTapes tapes;
    private final int rows;
    private final Input input;
    private final Output output;

    /** Puts some rows of the features on a tape. */
    interface Input {
        void begin(FloatTape tape, int first, int count);
    }

    /** Takes the predictions for some rows off a tape. */
    interface Output {
        void take(FloatTape tape, int first);
    }

    private FloatBlocks(FloatTapes tapes, int rows, Input input, Output output) {
        this.tapes = tapes;
        this.rows = rows;
        this.input = input;
        this.output = output;
    }

    /** How many rows are computed at once, where a row is so many numbers between nodes. */
    static int size(long numbersOfARow) {
        long size = Math.min(Math.max(FEWEST, CACHED / numbersOfARow), MOST / numbersOfARow);
        return (int) Math.max(1, size);
    }

    /** Predicts. */
    static void predict(FloatTapes tapes, int rows, int size, int threads, Input input, Output output) {
        int blocks = 1 + (rows - 1) / size;
        FloatBlocks work = new FloatBlocks(tapes, rows, input, output);
        new ParallelLoop(work).run(blocks, Math.min(threads, blocks));
    }

    @Override
    public void run(int i, int n, int thread) {
        int first = ParallelLoop.start(rows, i, n);
        FloatTape tape = tapes.take();
        try {
            input.begin(tape, first, ParallelLoop.start(rows, i + 1, n) - first);
            tape.stayOnOneThread();
            tape.forward();
            output.take(tape, first);
        } finally {
            tapes.give(tape);
        }
    }
}
