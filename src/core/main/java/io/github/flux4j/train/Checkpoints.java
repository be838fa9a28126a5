package io.github.flux4j.train;

import io.github.flux4j.optimise.Optimiser;
import java.io.IOException;

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
    TrainingState resume(Optimiser optimiser) throws IOException;
}
