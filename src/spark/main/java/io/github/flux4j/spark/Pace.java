package io.github.flux4j.spark;

import java.util.Locale;
import java.util.function.Consumer;

/** Tells how a fit gets on, and early if its steps are more overhead than work. For one thread. */
final class Pace {

    private static final long EVERY = 10_000_000_000L;
    private static final long LOOK = 2_000_000_000L;
    private static final int FEWEST = 4;

    private final Consumer<String> listener;
    private final Round round;
    private final int epochs;
    private long told = System.nanoTime();
    private long wall;
    private long longest;
    private long work;
    private int measured = -1; // the first one starts natives
    private boolean judged;

    /**
     * Of a run.
     *
     * @param round any of it
     */
    Pace(Consumer<String> listener, Round round, int epochs) {
        this.listener = listener;
        this.round = round;
        this.epochs = epochs;
    }

    /** Tells a line at once. */
    void tell(String line) {
        listener.accept(line);
    }

    /**
     * After each round.
     *
     * @param nanos from its begin to its end, the driver's step included
     */
    void after(Round now, Share share, long nanos) {
        measured++;
        if (measured > 0) {
            wall += nanos;
            longest += share.longest();
            work += share.work();
            judge();
        }
        boolean ends = now.first() + now.steps() == now.stepsOfEpoch();
        if (System.nanoTime() - told > EVERY || ends) {
            told = System.nanoTime();
            listener.accept(line(now, share.loss()));
        }
    }

    private String line(Round now, double loss) {
        String place = String.format(
                Locale.ROOT,
                "epoch %d of %d, step %d of %d: loss %.6g",
                now.epoch() + 1,
                epochs,
                now.first() + now.steps(),
                now.stepsOfEpoch(),
                loss);
        return measured < 1 ? place : place + "; " + times();
    }

    private String times() {
        return milliseconds(wall) + " between messages, of which the slowest worker computes " + milliseconds(longest);
    }

    private String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.3g ms", nanos / 1e6 / measured);
    }

    private void judge() {
        if (!judged && wall > LOOK && measured >= FEWEST) {
            judged = true;
            if (wall > 2 * longest) {
                listener.accept("Spark takes longer than the work that it hands out: " + times() + "; " + remedy());
            }
        }
    }

    private String remedy() {
        String alone = work < wall
                ? "one thread of one machine, without Spark, computes all of it in " + milliseconds(work)
                : "all workers together compute " + milliseconds(work);
        return alone
                + (round.stepsOfEpoch() == 1 ? "" : "; larger batches (setBatchSize) need fewer messages")
                + (round.steps() < round.stepsOfEpoch() ? "; so do local steps (setLocalSteps)" : "");
    }
}
