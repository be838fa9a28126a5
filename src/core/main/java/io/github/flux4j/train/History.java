package io.github.flux4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training run leaves behind.
 *
 * @param losses of each epoch, the mean of its batches' losses, each taken before its update
 * @param validationLosses of each epoch, taken after it; empty without validation data
 * @param metrics of each epoch, of the validation data, by name and in the order in which they were asked for
 * @param elapsedNanos of each epoch, without validation
 * @param bestEpoch that of the lowest validation loss, counted from 1; 0 without validation data, or if none was a number
 * @param stopped whether a callback, a loss or early stopping ended the run
 */
public record History(
        List<Double> losses,
        List<Double> validationLosses,
        Map<String, List<Double>> metrics,
        List<Long> elapsedNanos,
        int bestEpoch,
        boolean stopped) {

    /** No epoch yet. */
    static final History NONE = new History(List.of(), List.of(), Map.of(), List.of(), 0, false);

    public History {
        losses = List.copyOf(losses);
        validationLosses = List.copyOf(validationLosses);
        Map<String, List<Double>> copies = new LinkedHashMap<>();
        metrics.forEach((name, values) -> copies.put(name, List.copyOf(values)));
        metrics = Collections.unmodifiableMap(copies);
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
