package io.github.flux4j.train;

import java.util.List;

/**
 * What a training run leaves behind.
 *
 * @param losses of each epoch, the mean of its batches' losses, each taken before its update
 * @param validationLosses of each epoch, taken after it; empty without validation data
 * @param elapsedNanos of each epoch, without validation
 * @param stopped whether a callback ended the run before its last epoch
 */
public record History(List<Double> losses, List<Double> validationLosses, List<Long> elapsedNanos, boolean stopped) {

    public History {
        losses = List.copyOf(losses);
        validationLosses = List.copyOf(validationLosses);
        elapsedNanos = List.copyOf(elapsedNanos);
    }

    /** How many epochs have a loss: those begun, but for one in which training diverged. */
    public int epochs() {
        return losses.size();
    }

    /**
     * The last epoch's loss.
     *
     * @throws IllegalStateException if there is none, since training diverged in the first epoch
     */
    public double lastLoss() {
        if (losses.isEmpty()) {
            throw new IllegalStateException("no epoch was finished, so there is no last loss");
        }
        return losses.get(losses.size() - 1);
    }
}
