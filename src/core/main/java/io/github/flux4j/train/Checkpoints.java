package io.github.flux4j.train;

import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Storage for a training run, from which another run can continue after a crash; {@code Checkpoint.at(path)} in {@code io} stores it in a file.
 *
 * <p>The training thread calls it.
 */
public interface Checkpoints {

    /**
     * Throws if this optimiser and its model can't be stored, whatever their numbers will be.
     *
     * @throws IllegalArgumentException if a part, a rule or a schedule has no name that can be written
     * @throws IOException if there is no place to write to
     */
    void requireWritable(Optimiser optimiser) throws IOException;

    /** Stores the model, its optimiser and the run's state in place of the last ones. */
    void write(Optimiser optimiser, TrainingState state) throws IOException;

    /**
     * Restores the stored model and optimiser.
     *
     * @return the stored run's state, or null if nothing is stored yet
     * @throws IllegalArgumentException if model or rule differ from the stored ones; nothing is changed then
     * @throws IOException if the stored run can't be read
     */
    @Nullable
    TrainingState resume(Optimiser optimiser) throws IOException;

    /**
     * The state of a training run after an epoch.
     *
     * @param epoch the number of completed epochs
     * @param ended whether early stopping or {@code stop()} ended the run there
     * @param series one number per epoch, by the series' name
     * @param best the model's numbers after its best epoch; null if they are not kept
     * @param bestEpoch counted from 1; 0 if there was none
     * @param bestLoss the validation loss after it
     * @param shuffling the loader's shuffling state; null if it doesn't shuffle
     * @param plan the run's settings as text, by name, for whoever continues it to compare with theirs; empty for a trainer's
     */
    record TrainingState(
            int epoch,
            boolean ended,
            Map<String, List<Double>> series,
            @Nullable State best,
            int bestEpoch,
            double bestLoss,
            @Nullable String shuffling,
            Map<String, String> plan) {

        public TrainingState {
            Map<String, List<Double>> copy = new LinkedHashMap<>();
            series.forEach((name, values) -> copy.put(name, List.copyOf(values)));
            series = Collections.unmodifiableMap(copy);
            plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
        }

        /** Makes a state without a plan. */
        public TrainingState(
                int epoch,
                boolean ended,
                Map<String, List<Double>> series,
                @Nullable State best,
                int bestEpoch,
                double bestLoss,
                @Nullable String shuffling) {
            this(epoch, ended, series, best, bestEpoch, bestLoss, shuffling, Map.of());
        }

        /** The state of a model that no trainer trains. */
        public static final TrainingState NONE =
                new TrainingState(0, false, Map.of(), null, 0, Double.POSITIVE_INFINITY, null);
    }
}
