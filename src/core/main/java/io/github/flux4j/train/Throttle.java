package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullUnmarked;

/**
 * Runs an action at most once in so many seconds, however often you call it; Flux's {@code throttle}.
 *
 * <pre>{@code
 * trainer.afterBatch(throttle(progress -> System.out.println(progress.loss()), 10));
 *
 * Throttle report = throttle(() -> System.out.println(loss.of(x, y)), 10);
 * for (Batch batch : data) { …; report.run(); }
 * }</pre>
 *
 * <p>The first call runs; calls within the time from its end are dropped. With {@link #trailing}, the last dropped call runs when the time is over; without
 * {@link #leading}, so does the first. Flux runs such a call in the background. Here it runs at the next call or {@link #flush}, never while a batch trains.
 * Not thread-safe.
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
     * Runs a callback at most once in {@code seconds}.
     *
     * @throws IllegalArgumentException unless {@code seconds} is finite and at least 0
     */
    public static Throttle of(Callback action, double seconds) {
        Objects.requireNonNull(action, "action is null");
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("seconds must be finite and not negative, but was " + seconds);
        }
        return new Throttle(action, (long) (seconds * NANOS), true, false, System::nanoTime);
    }

    /** Runs an action that ignores progress at most once in {@code seconds}. */
    public static Throttle of(Runnable action, double seconds) {
        Objects.requireNonNull(action, "action is null");
        return of(progress -> action.run(), seconds);
    }

    /** Sets whether the first call runs at once; true by default. */
    public Throttle leading(boolean leading) {
        return new Throttle(action, timeout, leading, trailing, clock);
    }

    /** Sets whether the last dropped call runs when the time is over; false by default. */
    public Throttle trailing(boolean trailing) {
        return new Throttle(action, timeout, leading, trailing, clock);
    }

    /** Sets the clock, in nanoseconds from any origin; {@link System#nanoTime} by default. */
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

    /** Calls the action without progress; an action that asks for it gets null. */
    @Override
    public void run() {
        after(null);
    }

    /**
     * Runs the waiting call, if there is one, at once; for use after the loop.
     *
     * @return whether one ran
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
