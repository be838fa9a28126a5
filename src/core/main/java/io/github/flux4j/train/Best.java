package io.github.flux4j.train;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Snapshot;
import io.github.flux4j.layers.State;
import io.github.flux4j.train.Checkpoints.TrainingState;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The epoch with the lowest validation loss so far and, if it is to be restored, the model's numbers after it, in memory made once. */
final class Best {

    private final Layer model;
    private final Snapshot numbers;
    private double loss = Double.POSITIVE_INFINITY;
    private int epoch;

    /**
     * Starts without a best epoch.
     *
     * @param keeps whether it keeps the model's numbers
     */
    Best(Layer model, boolean keeps) {
        this.model = model;
        this.numbers = keeps ? new Snapshot(model) : null;
    }

    /** Whether this epoch is better than all before; a loss of NaN, or one equal to the best, is not. */
    boolean improves(int itsEpoch, double itsLoss) {
        if (!(itsLoss < loss)) {
            return false;
        }
        loss = itsLoss;
        epoch = itsEpoch;
        if (numbers != null) {
            numbers.take();
        }
        return true;
    }

    /** Continues from another run's best epoch. */
    void resume(TrainingState from) {
        loss = from.bestLoss();
        epoch = from.bestEpoch();
        if (numbers != null && from.best() != null) {
            numbers.take(from.best());
        }
    }

    double loss() {
        return loss;
    }

    /** The numbers after the best epoch; null if there is none, or they are not kept. */
    State state() {
        return numbers == null || epoch == 0 ? null : numbers.state();
    }

    /** The best epoch, from 1; 0 if there was none. */
    int epoch() {
        return epoch;
    }

    /** The epoch that {@link #restore} returns to; 0 if it kept none. */
    int restorable() {
        return numbers == null || isClosed() ? 0 : epoch;
    }

    void restore() {
        if (restorable() > 0) {
            numbers.putBack();
        }
    }

    private boolean isClosed() {
        INDArray parameters = model.flatParameters();
        return parameters != null && Lifetime.isOver(parameters);
    }
}
