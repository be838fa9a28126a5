package io.github.flux4j.cli.train;

import java.util.concurrent.CountDownLatch;

/**
 * Turns what ends a process, Ctrl-C or SIGTERM, into an interrupt of the thread that made it, and holds the end up until it is closed: until what was
 * learnt so far is saved.
 */
final class StopSignal implements AutoCloseable {

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "flux4j-stop");

    private volatile boolean came;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process is ending. */
    boolean came() {
        return came;
    }

    private void stop() {
        came = true;
        worker.interrupt();
        try {
            done.await();
        } catch (InterruptedException e) {
            hook.interrupt(); // nobody waits any longer
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return; // it is the end that waited
        }
    }
}
