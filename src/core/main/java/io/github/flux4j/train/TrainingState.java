package io.github.flux4j.train;

import io.github.flux4j.layers.State;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training run stands after an epoch.
 *
 * @param epoch how many epochs are behind it
 * @param ended whether it ended there before its last, by early stopping or {@code stop()}
 * @param series what was written down of each epoch, by name
 * @param best the model's numbers after its best epoch; null if they are not kept
 * @param bestEpoch counted from 1; 0 if there was none
 * @param bestLoss the validation loss after it
 * @param shuffling where the loader's order goes on; null if it doesn't shuffle
 * @param plan what the run is of, by name, as text: whoever goes on compares it with its own; empty for a trainer's
 */
public record TrainingState(
        int epoch,
        boolean ended,
        Map<String, List<Double>> series,
        State best,
        int bestEpoch,
        double bestLoss,
        String shuffling,
        Map<String, String> plan) {

    public TrainingState {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        series.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        series = Collections.unmodifiableMap(copy);
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
    }

    /** Without a plan. */
    public TrainingState(
            int epoch,
            boolean ended,
            Map<String, List<Double>> series,
            State best,
            int bestEpoch,
            double bestLoss,
            String shuffling) {
        this(epoch, ended, series, best, bestEpoch, bestLoss, shuffling, Map.of());
    }

    /** Of a model that isn't in a trainer's hands. */
    public static final TrainingState NONE =
            new TrainingState(0, false, Map.of(), null, 0, Double.POSITIVE_INFINITY, null);
}
