package io.github.flux4j.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock under which user code, such as a loss within a step, may run. A waiting thread can be interrupted, and a deadlock throws an exception. Threads get it
 * in the order in which they came. Thread-safe.
 */
public final class Turn {

    /** Attempts before a thread sleeps, which takes longer than most work under the lock. */
    private static final int SPINS = 200;

    /** How long an interrupted thread still waits, in nanoseconds. */
    private static final long PATIENCE = 500_000_000;

    /** The lock that each sleeping thread waits for; guarded by itself. */
    private static final Map<Thread, Turn> WAITING = new HashMap<>();

    private final Lock lock = new Lock();
    private final String what;
    private final Object of;
    private final String refused;
    private final String reason;

    private static final class Lock extends ReentrantLock {

        private static final long serialVersionUID = 1;

        Lock() {
            super(true);
        }

        Thread holder() {
            return getOwner();
        }
    }

    /** Makes the lock for a model's gradients, which are computed one at a time. */
    public static Turn ofGradients(String model) {
        return new Turn(
                "a step of ",
                model,
                "the loss of ",
                " trains or differentiates the same model while it is computed, which would"
                        + " change what is being differentiated; use copy(model) in the loss, or train afterwards");
    }

    /**
     * Makes a lock. It composes its texts only when a message needs them, since a first step waits for every lambda.
     *
     * @param what its purpose, such as {@code a step of }
     * @param of its owner, named by {@code toString}
     * @param refused who asks for it again while holding it, such as {@code the loss of }; the name follows
     * @param reason why that is refused, and what to do
     */
    public Turn(String what, Object of, String refused, String reason) {
        this.what = what;
        this.of = of;
        this.refused = refused;
        this.reason = reason;
    }

    /** Whether this thread holds it. */
    public boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * Waits until no other thread holds it, and then holds it.
     *
     * @throws IllegalStateException if this thread holds it, or the thread that does waits for one that this thread holds
     * @throws CancellationException if this thread is interrupted and still waits half a second later
     */
    public void begin() {
        if (isMine()) {
            throw new IllegalStateException(refused + of + reason);
        }
        if (!isTaken() && !isTakenInAWhile()) {
            sleep();
        }
    }

    /** Ends what {@link #begin} began. */
    public void end() {
        lock.unlock();
    }

    private boolean isTaken() {
        return !lock.hasQueuedThreads() && lock.tryLock();
    }

    private boolean isTakenInAWhile() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
            if (isTaken()) {
                return true;
            }
        }
        return false;
    }

    private void sleep() {
        Thread me = Thread.currentThread();
        synchronized (WAITING) {
            requireNoCircle(me);
            WAITING.put(me, this);
        }
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            waitALittle();
            me.interrupt();
        } finally {
            synchronized (WAITING) {
                WAITING.remove(me);
            }
        }
    }

    /** Lets an interrupted thread go on if it need not wait long: most work under the lock is short. */
    private void waitALittle() {
        if (!isTakenInPatience()) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for another thread to finish " + what + of);
        }
    }

    private boolean isTakenInPatience() {
        long end = System.nanoTime() + PATIENCE;
        for (long left = PATIENCE; left > 0; left = end - System.nanoTime()) {
            try {
                return lock.tryLock(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException again) {
                // it knows
            }
        }
        return false;
    }

    /** The last thread to close a circle sees all of it, since the others keep their locks while they sleep. */
    private void requireNoCircle(Thread me) {
        Turn wanted = this;
        Thread holder = lock.holder();
        while (holder != null && WAITING.containsKey(holder)) {
            wanted = WAITING.get(holder);
            Thread next = wanted.lock.holder();
            if (next == me) {
                throw new IllegalStateException(circle(wanted));
            }
            holder = next == holder ? null : next; // it sleeps no more if it holds what it waited for
        }
    }

    private String circle(Turn mine) {
        return "deadlock: this thread is in " + mine.what + mine.of + " and waits for " + what + of
                + ", where another thread waits for this one: each model's loss trains the other model. Use copy(model)"
                + " in one of the losses, or train both in one thread, one after the other";
    }
}
