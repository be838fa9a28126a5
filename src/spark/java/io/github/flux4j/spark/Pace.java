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

    /**
     * After each round.
     *
     * @param nanos from its begin to its end, the driver's step included
     * @param longest of them in which the slowest task computed
     */
    void after(Round now, double loss, long nanos, long longest) {
        measured++;
        if (measured > 0) {
            wall += nanos;
            work += longest;
            judge();
        }
        boolean ends = now.first() + now.steps() == now.stepsOfEpoch();
        if (System.nanoTime() - told > EVERY || ends) {
            told = System.nanoTime();
            listener.accept(line(now, loss));
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
        return String.format(
                Locale.ROOT,
                "%.3g ms between messages, of which %.3g ms are work",
                wall / 1e6 / measured,
                work / 1e6 / measured);
    }

    private void judge() {
        if (!judged && wall > LOOK && measured >= FEWEST) {
            judged = true;
            if (wall > 2 * work) {
                listener.accept("Spark takes longer than the work that it hands out: " + times() + ". "
                        + (round.stepsOfEpoch() == 1 ? "" : "Larger batches (setBatchSize), ")
                        + (round.steps() < round.stepsOfEpoch() ? "local steps (setLocalSteps) or " : "")
                        + "one machine without Spark will be faster");
            }
        }
    }
}
