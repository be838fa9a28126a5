package io.github.flux4j.bench.workload;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Threads that keep the machine busy while something else is timed, each with work of its own, again and again until it is over. */
final class Company {

    private Company() {}

    /** Does something beside such threads, and waits for their end. Their failure is thrown then. */
    static <T> T beside(List<Runnable> work, Supplier<T> timed) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<?> all = CompletableFuture.allOf(work.stream()
                .map(each -> CompletableFuture.runAsync(() -> repeat(each, over), Company::start))
                .toArray(CompletableFuture[]::new));
        T result;
        try {
            result = timed.get();
        } finally {
            over.set(true);
        }
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
        return result;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void repeat(Runnable work, AtomicBoolean over) {
        do {
            work.run();
        } while (!over.get());
    }
}
