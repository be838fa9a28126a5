package io.github.flux4j.bench.baseline.tuned;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that do a piece of work together, the caller among them, and wait actively for the next. */
final class SpinningCrew implements AutoCloseable {

    /** Turns of waiting after which the core is offered to others. */
    private static final int PATIENCE = 10_000;

    private final int others;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile RuntimeException failure;
    private IntConsumer work;

    SpinningCrew(int threads) {
        others = threads - 1;
        for (int i = 1; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> serve(number));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void serve(int number) {
        int done = 0;
        while (true) {
            for (int turns = 0; round == done && !closed; turns++) {
                rest(turns);
            }
            if (closed) {
                return;
            }
            done = round;
            try {
                work.accept(number);
            } catch (RuntimeException e) {
                failure = e;
            }
            busy.decrementAndGet();
        }
    }

    private static void rest(int turns) {
        if (turns < PATIENCE) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** Each thread once, with its number; ends when all have ended. */
    void run(IntConsumer piece) {
        if (others == 0) {
            piece.accept(0);
            return;
        }
        work = piece;
        busy.set(others);
        round++;
        try {
            piece.accept(0);
        } finally {
            for (int turns = 0; busy.get() > 0; turns++) {
                rest(turns);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
