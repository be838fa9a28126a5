package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullUnmarked;

/**
 * An action that runs at most once in so many seconds however often it is called; Flux's {@code throttle}.
 *
 * <pre>{@code
 * trainer.afterBatch(throttle(progress -> System.out.println(progress.loss()), 10));
 *
 * Throttle report = throttle(() -> System.out.println(loss.of(x, y)), 10);
 * for (Batch batch : data) { …; report.run(); }
 * }</pre>
 *
 * <p>The first call runs and those within the time from its end are dropped. With {@link #trailing} the last of those runs when the time is
 * over; without {@link #leading} the first waits for that too. Flux lets such a call run in the background; here it runs at the next
 * call, so that no action runs while a batch trains, or at {@link #flush}.
 *
 * <p>For one thread.
 */
@NullUnmarked // an action that asks for progress, run without any, gets null
public final class Throttle implements Callback, Runnable {

    private static final double NANOS = 1e9;

    private final Callback action;
    private final long timeout;
    private final boolean leading;
    private final boolean trailing;
    private final LongSupplier clock;

    private boolean cooling;
    private long since;
    private Runnable later;

    private Throttle(Callback action, long timeout, boolean leading, boolean trailing, LongSupplier clock) {
        this.action = action;
        this.timeout = timeout;
        this.leading = leading;
        this.trailing = trailing;
        this.clock = clock;
    }

    /**
     * At most once in {@code seconds}.
     *
     * @throws IllegalArgumentException unless {@code seconds} is finite and not negative
     */
    public static Throttle of(Callback action, double seconds) {
        Objects.requireNonNull(action, "action is null");
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("seconds must be finite and not negative, but was " + seconds);
        }
        return new Throttle(action, (long) (seconds * NANOS), true, false, System::nanoTime);
    }

    /** At most once in {@code seconds}, for an action that wants to know nothing. */
    public static Throttle of(Runnable action, double seconds) {
        Objects.requireNonNull(action, "action is null");
        return of(progress -> action.run(), seconds);
    }

    /** Whether the first call runs at once; true unless told otherwise. */
    public Throttle leading(boolean leading) {
        return new Throttle(action, timeout, leading, trailing, clock);
    }

    /** Whether the last of the calls dropped runs after all when the time is over; false unless told otherwise. */
    public Throttle trailing(boolean trailing) {
        return new Throttle(action, timeout, leading, trailing, clock);
    }

    /** With another clock, in nanoseconds from anywhere; {@link System#nanoTime} unless told otherwise. */
    public Throttle clock(LongSupplier nanos) {
        return new Throttle(action, timeout, leading, trailing, Objects.requireNonNull(nanos, "clock is null"));
    }

    @Override
    public void after(Progress progress) {
        if (cooling && clock.getAsLong() - since >= timeout) {
            cooling = flush();
        }
        if (cooling) {
            later = trailing ? () -> action.after(progress) : later;
        } else if (leading) {
            start(() -> action.after(progress));
        } else {
            cool();
            later = () -> action.after(progress);
        }
    }

    /** A call without progress to tell of; an action that asks for it gets null. */
    @Override
    public void run() {
        after(null);
    }

    /**
     * Runs the call that waits, if one does, without waiting any longer; after the loop, say.
     *
     * @return whether one did
     */
    public boolean flush() {
        Runnable waiting = later;
        later = null;
        if (waiting != null) {
            start(waiting);
        }
        return waiting != null;
    }

    private void start(Runnable call) {
        call.run();
        cool();
    }

    private void cool() {
        cooling = true;
        since = clock.getAsLong();
    }
}
