package io.github.flux4j.fit;

import io.github.flux4j.internal.figures.Figures;
import java.time.Duration;

/**
 * How far a fit has come, after one of its epochs. {@code toString} is a line,
 * {@code epoch 48/400  loss 0.081  left out 0.124 (best 0.121, 12 ago)  31 k rows/s  3 s left}, if all epochs are made.
 *
 * @param number counted from 1
 * @param most how many there will be at most
 * @param loss the mean over networks of their batches' mean losses, each before its update
 * @param leftOutLoss the mean loss of the rows that are left out; NaN if none are
 * @param bestEpoch the one with the lowest of these; 0 if none are left out
 * @param bestLoss that of the best epoch
 * @param rows that were trained on in this epoch, by all networks together
 * @param nanos the epoch took
 * @param elapsedNanos all epochs so far took
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
        long elapsedNanos) {

    private static final double NANOS = 1e9;

    @Override
    public String toString() {
        Duration left = Duration.ofNanos(elapsedNanos / number * (most - number));
        return "epoch " + number + "/" + most + "  loss " + Figures.short3(loss) + leftOut() + "  "
                + Figures.thousands(rows * NANOS / Math.max(1, nanos)) + " rows/s  " + Figures.left(left);
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
