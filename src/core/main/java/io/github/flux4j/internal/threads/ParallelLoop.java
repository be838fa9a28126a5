package io.github.flux4j.internal.threads;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Work in parts, done by the caller and by other threads, each taking the next part that nobody has taken; so nobody waits for a thread that
 * is slow to come. Nothing is allocated when work is done again within a second; threads that wait longer end, since one that lives keeps
 * the class loader of this class, and all that came with it.
 */
public final class ParallelLoop {

    /** How long a thread stays awake for more, in nanoseconds: to wake one that sleeps takes longer than many a training step. */
    private static final long AWAKE = 10_000_000;

    /** How long of that it spins. */
    private static final long SPIN = 50_000;

    /** How long a thread sleeps before it ends, in nanoseconds: next to that, to start another one is nothing. */
    private static final long PATIENCE = 1_000_000_000;

    private static final int SPINS_BEFORE_YIELDING = 1000;

    /** Whether the helpers work for somebody. Who finds them busy does everything alone. */
    private static final AtomicBoolean BUSY = new AtomicBoolean();

    /** Those that were needed so far; some may have ended since. */
    private static Helper[] helpers = {};

    private final Work work;
    private final AtomicInteger next = new AtomicInteger();
    private int parts;

    /** What is done for a part. */
    public interface Work {

        /**
         * Does part {@code i} of {@code n}; different parts may be done at the same time.
         *
         * @param thread which thread does it: 0 is the caller
         */
        void run(int i, int n, int thread);
    }

    public ParallelLoop(Work work) {
        this.work = work;
    }

    /** Where part {@code i} of n equal ones begins, of {@code length} things in a row. */
    public static int start(int length, int i, int n) {
        return (int) ((long) length * i / n);
    }

    /**
     * Does all n parts; one caller at a time.
     *
     * @param threads among how many, the caller's included
     */
    public void run(int n, int threads) {
        if (threads == 1) {
            for (int i = 0; i < n; i++) {
                work.run(i, n, 0);
            }
            return;
        }
        parts = n;
        next.set(0);
        if (!BUSY.compareAndSet(false, true)) {
            work(0);
            return;
        }
        try {
            share(threads - 1);
        } finally {
            BUSY.set(false);
        }
    }

    private void share(int others) {
        if (helpers.length < others) {
            helpers = Arrays.copyOf(helpers, others);
        }
        int begun = 0;
        try {
            while (begun < others) {
                begin(begun);
                begun++;
            }
            work(0);
        } finally {
            for (int i = 0; i < begun; i++) {
                helpers[i].await();
            }
        }
        for (int i = 0; i < others; i++) {
            helpers[i].rethrow();
        }
    }

    private void begin(int i) {
        while (helpers[i] == null || !helpers[i].begin(this)) {
            helpers[i] = Helper.started(i + 1);
        }
    }

    private void work(int thread) {
        int n = parts;
        for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
            work.run(i, n, thread);
        }
    }

    private static final class Helper extends Thread {

        /** In place of what to do: this thread has ended. */
        private static final ParallelLoop NOTHING = new ParallelLoop((i, n, thread) -> {});

        private final int number;

        /** What to do, until it is begun or taken back. */
        private final AtomicReference<ParallelLoop> given = new AtomicReference<>();

        private volatile boolean done = true;
        private volatile boolean asleep;
        private Throwable thrown;

        private Helper(int number) {
            super(null, null, "flux4j-" + number, 0, false);
            this.number = number;
            setDaemon(true);
            setContextClassLoader(ParallelLoop.class.getClassLoader()); // not that of whoever came first
        }

        static Helper started(int number) {
            Helper helper = new Helper(number);
            helper.start();
            return helper;
        }

        /** Gives it work, unless it has ended. */
        boolean begin(ParallelLoop shares) {
            thrown = null;
            done = false;
            boolean takes = given.compareAndSet(null, shares);
            if (asleep) {
                LockSupport.unpark(this);
            }
            return takes;
        }

        /** Waits until this thread is done, unless it hasn't begun; then it needn't. */
        void await() {
            if (given.getAndSet(null) != null) {
                done = true;
            }
            for (int spins = 0; !done; spins++) {
                if (spins < SPINS_BEFORE_YIELDING) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        void rethrow() {
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown != null) {
                throw (Error) thrown; // Work declares no checked exception
            }
        }

        @Override
        public void run() {
            do {
                work();
            } while (comesSoon() || comesWhileAsleep() || !given.compareAndSet(null, NOTHING));
        }

        private void work() {
            ParallelLoop shares = given.getAndSet(null);
            if (shares != null) {
                attempt(shares);
                done = true;
            }
        }

        private void attempt(ParallelLoop shares) {
            try {
                shares.work(number);
            } catch (RuntimeException | Error e) {
                thrown = e;
            }
        }

        /** Spins, then lets others have the processor first; a thread that goes on is also given another one if it shares the caller's. */
        private boolean comesSoon() {
            long begin = System.nanoTime();
            long waited = 0;
            while (given.get() == null && waited < AWAKE) {
                if (waited < SPIN) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
                waited = System.nanoTime() - begin;
            }
            return given.get() != null;
        }

        private boolean comesWhileAsleep() {
            long begin = System.nanoTime();
            long left = PATIENCE;
            asleep = true;
            while (given.get() == null && left > 0) {
                LockSupport.parkNanos(this, left);
                Thread.interrupted(); // left set, by a loss say, it would keep this thread from sleeping
                left = PATIENCE - (System.nanoTime() - begin);
            }
            asleep = false;
            return given.get() != null;
        }
    }
}
