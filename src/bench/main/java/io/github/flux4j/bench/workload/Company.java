package io.github.flux4j.bench.workload;

import java.util.List;
import java.util.function.Supplier;

/** Threads that keep the machine busy while something else is timed, each with work of its own, again and again until it is over. */
final class Company {

    private final List<Thread> threads;
    private volatile boolean over;
    private volatile RuntimeException failure;

    private Company(List<Runnable> work) {
        threads = work.stream().map(each -> new Thread(() -> repeat(each))).toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    /** Does something beside such threads, and waits for their end. Their failure is thrown then. */
    static <T> T beside(List<Runnable> work, Supplier<T> timed) {
        Company company = new Company(work);
        try {
            return timed.get();
        } finally {
            company.end();
        }
    }

    private void repeat(Runnable work) {
        try {
            do {
                work.run();
            } while (!over);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void end() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
