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
 * Where a run is kept, so that another goes on from there after a crash: {@code Checkpoint.at(path)} of {@code io} keeps it in a file.
 *
 * <p>Called by the thread that trains.
 */
public interface Checkpoints {

    /**
     * Throws if this optimiser and its model couldn't be kept, whatever becomes of their numbers.
     *
     * @throws IllegalArgumentException if a part, a rule or a schedule has no name that can be written
     * @throws IOException if there is no place to write to
     */
    void requireWritable(Optimiser optimiser) throws IOException;

    /** Keeps the model, its optimiser and where the run stands, in place of what was kept before. */
    void write(Optimiser optimiser, TrainingState state) throws IOException;

    /**
     * Lets the model and its optimiser go on from what is kept.
     *
     * @return where that run stood; null if nothing is kept yet
     * @throws IllegalArgumentException if model or rule are others than those kept; nothing is changed then
     * @throws IOException if what is kept can't be read
     */
    @Nullable
    TrainingState resume(Optimiser optimiser) throws IOException;

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

        /** Without a plan. */
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

        /** Of a model that isn't in a trainer's hands. */
        public static final TrainingState NONE =
                new TrainingState(0, false, Map.of(), null, 0, Double.POSITIVE_INFINITY, null);
    }
}
