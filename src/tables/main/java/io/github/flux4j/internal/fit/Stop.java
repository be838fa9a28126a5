package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import java.time.Duration;

/** Whether training is to end early, and why: its thread was interrupted, or its time is over. For any thread. */
final class Stop {

    private final Thread owner;
    private final long start = System.nanoTime();
    private final long most;

    /** Of this thread, from now on; null for no limit. */
    Stop(Duration limit) {
        this(Thread.currentThread(), limit == null ? Long.MAX_VALUE : limit.toNanos());
    }

    private Stop(Thread owner, long most) {
        this.owner = owner;
        this.most = most;
    }

    /** Null to go on. */
    Ending why() {
        if (owner.isInterrupted()) {
            return Ending.INTERRUPTED;
        }
        return nanosLeft() <= 0 ? Ending.TIME_LIMIT : null;
    }

    boolean isDue() {
        return why() != null;
    }

    /** Until the time is over; very many if there is no limit. */
    long nanosLeft() {
        return most - (System.nanoTime() - start);
    }

    /** After this share of what is left. */
    Stop after(double share) {
        return most == Long.MAX_VALUE ? this : new Stop(owner, (long) (nanosLeft() * share));
    }
}
