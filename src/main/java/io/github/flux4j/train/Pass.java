package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import java.util.Objects;

/** One pass over data, in Flux's order of events for each batch: gradient, check that loss and gradient are finite, update, callback. */
final class Pass {

    private final Loss loss;
    private final Optimiser optimiser;
    private final Onlooker onlooker;
    private double total;
    private int batches;
    private int steps;
    private boolean stopped;

    Pass(Loss loss, Optimiser optimiser, Onlooker onlooker) {
        Step.prepare(loss, optimiser);
        this.loss = loss;
        this.optimiser = optimiser;
        this.onlooker = onlooker;
    }

    /** Goes once through the data. */
    Pass over(Iterable<Batch> data) {
        Objects.requireNonNull(data, "data is null");
        optimiser.beginEpoch();
        try {
            for (Batch batch : inTheSameMemory(data)) {
                batches++;
                step(batch);
            }
            requireSome();
        } catch (StopTraining stop) {
            stopped = true;
        }
        return this;
    }

    /** No batch outlives its step here. */
    private static Iterable<Batch> inTheSameMemory(Iterable<Batch> data) {
        return data instanceof DataLoader loader ? loader.reusing() : data;
    }

    private void step(Batch batch) {
        try {
            double value = trained(batch);
            total += value;
            steps++;
            onlooker.after(batches, value);
        } catch (SkipBatch skip) {
            // the loss asked for the next batch
        }
    }

    private double trained(Batch batch) {
        try {
            return Step.on(loss, batch, batches, optimiser);
        } catch (DivergedException diverged) {
            throw onlooker.told(diverged);
        }
    }

    private void requireSome() {
        if (batches == 0) {
            throw new IllegalArgumentException(
                    "there is no batch to train on: data is empty; pass List.of(batch(x, y)) or dataLoader(x, y)");
        }
    }

    /** The mean of the batches' losses, each taken before its update; NaN if all were skipped. */
    double meanLoss() {
        return total / steps;
    }

    /** How many batches it began. */
    int batches() {
        return batches;
    }

    /** Whether {@code stop()} ended it. */
    boolean stopped() {
        return stopped;
    }
}
