package io.github.flux4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record of a training run: losses, metrics and times by epoch.
 *
 * @param losses each epoch's mean of its batches' losses, each taken before its update
 * @param validationLosses each epoch's validation loss, taken after it; empty without validation data
 * @param metrics each epoch's metrics of the validation data, by name, in the order in which you added them
 * @param elapsedNanos each epoch's time without validation, in nanoseconds
 * @param bestEpoch the epoch with the lowest validation loss, from 1; 0 without validation data, or if all were NaN
 * @param stopped whether a callback, a loss or early stopping ended the run
 */
public record History(
        List<Double> losses,
        List<Double> validationLosses,
        Map<String, List<Double>> metrics,
        List<Long> elapsedNanos,
        int bestEpoch,
        boolean stopped) {

    /** A history without an epoch. */
    static final History NONE = new History(List.of(), List.of(), Map.of(), List.of(), 0, false);

    public History {
        losses = List.copyOf(losses);
        validationLosses = List.copyOf(validationLosses);
        Map<String, List<Double>> copies = new LinkedHashMap<>();
        metrics.forEach((name, values) -> copies.put(name, List.copyOf(values)));
        metrics = Collections.unmodifiableMap(copies);
        elapsedNanos = List.copyOf(elapsedNanos);
    }

    /** Returns the number of epochs that have a loss; an epoch in which training diverged has none. */
    public int epochs() {
        return losses.size();
    }

    /**
     * Returns the last epoch's loss.
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
