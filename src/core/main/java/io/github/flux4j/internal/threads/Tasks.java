package io.github.flux4j.internal.threads;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Long tasks that are done side by side, each on one thread, BLAS and ND4J included; so each gives what it gives alone. */
public final class Tasks {

    private Tasks() {}

    /**
     * Does tasks 0, 1, … and gives their results in this order. Threads are made for them and end with them.
     *
     * @param threads how many tasks are done at the same time, at most
     * @throws CancellationException if the caller is interrupted, and stays so; tasks under way are interrupted, too, and waited for
     * @throws RuntimeException what the first of the tasks that failed has thrown; others are then interrupted, and none begins
     */
    public static <T> List<T> all(int threads, int count, IntFunction<? extends T> task) {
        OneThread natives = new OneThread();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, count)), Tasks::thread);
        AtomicInteger failed = new AtomicInteger(count);
        try {
            List<Future<T>> results = IntStream.range(0, count)
                    .mapToObj(i -> pool.<T>submit(() -> one(task, i, failed)))
                    .toList();
            return results.stream().map(Tasks::result).toList();
        } finally {
            end(pool);
            natives.close();
        }
    }

    private static <T> T one(IntFunction<? extends T> task, int i, AtomicInteger failed) {
        if (failed.get() < i) {
            throw new CancellationException("an earlier task failed");
        }
        try {
            return Threads.within(1, () -> task.apply(i));
        } catch (RuntimeException | Error e) {
            failed.accumulateAndGet(i, Math::min);
            throw e;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "flux4j-task");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before all was done");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw (Error) e.getCause(); // a function declares no checked exception
        }
    }

    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
