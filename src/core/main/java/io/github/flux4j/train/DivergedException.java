package io.github.flux4j.train;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.optimise.Rule;

/**
 * Thrown when a batch's loss, its gradient or the step is NaN or infinite. Parameters, running statistics and the rule's state are those before the batch.
 *
 * <p>If a {@link Trainer} restores the best state, parameters and running statistics are those after the best epoch, if there was one.
 */
public final class DivergedException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    /** In place of an epoch's number, for a single pass. */
    private static final int ALONE = 0;

    private final String what;
    private final String then;
    private final int epoch;
    private final int batch;
    private final double loss;
    private final transient Rule rule;
    private final transient History history;

    /**
     * For a loss that is not finite.
     *
     * @param spoilt what was not finite in the parameters before, as words; null if nothing
     */
    DivergedException(int batch, double loss, Rule rule, String spoilt) {
        this(
                "loss became " + loss,
                spoilt == null
                        ? ". Try a smaller learning rate or scale the features"
                        : ", which already had " + spoilt + ". Load a finite state, or make a new model",
                ALONE,
                batch,
                loss,
                rule,
                History.NONE,
                ALONE);
    }

    /** For a finite loss with a step that isn't finite. */
    DivergedException(int batch, double loss, Rule rule, OverflowException overflow) {
        this(
                overflow.what(),
                ", though the loss, " + loss + ", is finite. " + OverflowException.REMEDY,
                ALONE,
                batch,
                loss,
                rule,
                History.NONE,
                ALONE);
    }

    private DivergedException(
            String what, String then, int epoch, int batch, double loss, Rule rule, History history, int restored) {
        super(what + " at batch " + batch + (epoch == ALONE ? "" : " of epoch " + epoch) + " with " + rule
                + "; the parameters are those "
                + (restored == ALONE ? "before that batch" : "after epoch " + restored + ", the best, restored")
                + then);
        this.what = what;
        this.then = then;
        this.epoch = epoch;
        this.batch = batch;
        this.loss = loss;
        this.rule = rule;
        this.history = history;
    }

    /**
     * Adds the epoch and history of a longer run.
     *
     * @param restored the epoch to which the model's parameters return; 0 for those before the batch
     */
    DivergedException in(int itsEpoch, History soFar, int restored) {
        DivergedException told = new DivergedException(what, then, itsEpoch, batch, loss, rule, soFar, restored);
        told.setStackTrace(getStackTrace());
        return told;
    }

    /** Returns the epoch of a {@link Trainer}'s run, from 1, or 0 for a single pass such as {@code train(…)}. */
    public int epoch() {
        return epoch;
    }

    /** Returns the batch of the pass over the data, from 1. */
    public int batch() {
        return batch;
    }

    /** Returns the loss: NaN or an infinity, or a number if only the gradient or the step was not finite. */
    public double loss() {
        return loss;
    }

    /** Returns the rule in use. */
    public Rule rule() {
        return rule;
    }

    /** Returns the history of the {@link Trainer}'s completed epochs; empty for a single pass. */
    public History history() {
        return history;
    }
}
