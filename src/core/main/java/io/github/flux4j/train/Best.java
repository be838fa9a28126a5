package io.github.flux4j.train;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Snapshot;
import io.github.flux4j.layers.State;
import io.github.flux4j.train.Checkpoints.TrainingState;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The epoch of the lowest validation loss so far and, if that is to be restored, the model's numbers after it, in memory made once. */
final class Best {

    private final Layer model;
    private final Snapshot numbers;
    private double loss = Double.POSITIVE_INFINITY;
    private int epoch;

    /**
     * None yet.
     *
     * @param keeps whether the model's numbers are kept
     */
    Best(Layer model, boolean keeps) {
        this.model = model;
        this.numbers = keeps ? new Snapshot(model) : null;
    }

    /** Whether this epoch is better than all before; one whose loss is NaN, or only equals the best, is not. */
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

    /** Goes on from where another run was. */
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

    /** The numbers after that epoch; null if there is none, or they are not kept. */
    State state() {
        return numbers == null || epoch == 0 ? null : numbers.state();
    }

    /** Counted from 1; 0 if there was none. */
    int epoch() {
        return epoch;
    }

    /** Which epoch {@link #restore} goes back to; 0 if none, since nothing was kept. */
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
