package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * One pass over data in Flux's order for each batch: gradient, check that loss and gradient are finite, update, callback. It allocates no object, since a step
 * of a small model takes little longer than that.
 */
final class Pass {

    private Pass() {}

    /** The mean of the batches' losses, each taken before its update; NaN if all batches were skipped. */
    static double over(Iterable<Batch> data, Loss loss, Optimiser optimiser, Onlooker onlooker) {
        TrainingStep.prepare(loss, optimiser);
        List<Batch> list = data instanceof RandomAccess && data instanceof List<Batch> all ? all : null;
        Iterator<Batch> each = list == null ? inTheSameMemory(data).iterator() : null;
        optimiser.beginEpoch();
        double total = 0;
        int begun = 0;
        int steps = 0;
        boolean stopped = false;
        try {
            while (list == null ? each.hasNext() : begun < list.size()) {
                Batch batch = list == null ? each.next() : list.get(begun);
                double value = Double.NaN;
                try {
                    value = TrainingStep.on(loss, batch, ++begun, optimiser);
                    TrainingStep.requireFinite(value, loss, begun, optimiser);
                    total += value;
                    steps++;
                } catch (Training.Skip skip) {
                    // the loss asked for the next batch
                } catch (DivergedException diverged) {
                    throw onlooker.told(diverged);
                }
                onlooker.after(begun, value);
            }
            requireSome(begun);
        } catch (Training.Stop stop) {
            stopped = true;
        }
        onlooker.ended(begun, stopped);
        return total / steps;
    }

    /** Reuses memory, since no batch outlives its step here. */
    private static Iterable<Batch> inTheSameMemory(Iterable<Batch> data) {
        Objects.requireNonNull(data, "data is null");
        return data instanceof DataLoader loader ? loader.reusing() : data;
    }

    private static void requireSome(int batches) {
        if (batches == 0) {
            throw new IllegalArgumentException(
                    "there is no batch to train on: data is empty; pass List.of(batch(x, y)) or dataLoader(x, y)");
        }
    }

    /** Observes a pass; by default it does nothing. */
    interface Onlooker {

        Onlooker NONE = new Onlooker() {};

        /** Called after each batch, with NaN for one that was skipped; may stop the pass. */
        default void after(int batch, double loss) {}

        /** Adds what the observer knows of the run. */
        default DivergedException told(DivergedException diverged) {
            return diverged;
        }

        /** Called at the end with the number of batches begun, and whether {@code stop()} ended them. */
        default void ended(int batches, boolean stopped) {}
    }
}
