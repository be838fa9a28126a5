package io.github.flux4j.fit;

import io.github.flux4j.internal.figures.Figures;
import java.time.Duration;

/**
 * The state of a fit after an epoch, and every second within a longer one. {@code toString} is a line, {@code epoch 48/400  about 3 s left  loss 0.081  held out
 * 0.124 (best 0.121, 12 ago)  31 k rows/s}.
 *
 * @param number from 1
 * @param most the maximum number of epochs
 * @param loss the mean over networks of their batches' mean losses, each before its update; NaN within an epoch
 * @param leftOutLoss the mean loss of the held-out rows; NaN if there are none, and within an epoch
 * @param bestEpoch the epoch with the lowest held-out loss; 0 if no row is held out
 * @param bestLoss that loss
 * @param rows that all networks together trained on in this epoch
 * @param nanos duration of the epoch
 * @param elapsedNanos duration of all epochs so far
 * @param share of this epoch that is done: 1 after it, less within
 * @param left the expected time until training ends, from the losses so far and the time limit; judging comes after it
 */
public record Epoch(
        int number,
        int most,
        double loss,
        double leftOutLoss,
        int bestEpoch,
        double bestLoss,
        long rows,
        long nanos,
        long elapsedNanos,
        double share,
        Duration left) {

    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    /** The share of the expected time that has passed, from 0 to 1. */
    public double progress() {
        return elapsedNanos / Math.max(1.0, (double) elapsedNanos + left.toNanos());
    }

    @Override
    public String toString() {
        return "epoch " + number + "/" + most + (share < 1 ? ", " + Math.round(PERCENT * share) + " % of it" : "")
                + "  about " + Figures.left(left) + (share < 1 ? "" : "  loss " + Figures.short3(loss)) + leftOut()
                + "  " + Figures.thousands(rows * NANOS / Math.max(1, nanos)) + " rows/s";
    }

    private String leftOut() {
        if (Double.isNaN(leftOutLoss)) {
            return "";
        }
        String best = bestEpoch == 0
                ? ""
                : " (best " + Figures.short3(bestLoss)
                        + (bestEpoch == number ? ", now)" : ", " + (number - bestEpoch) + " ago)");
        return "  held out " + Figures.short3(leftOutLoss) + best;
    }
}
