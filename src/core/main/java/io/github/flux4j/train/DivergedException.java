package io.github.flux4j.train;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.optimise.Rule;

/**
 * The loss of a batch was NaN or infinite, or its gradient or the step was. The parameters, running statistics and what the rule remembers are
 * those before that batch; where a {@link Trainer} restores the best state, parameters and running statistics are those after its best epoch, if
 * it had one.
 */
public final class DivergedException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    /** In place of the number of an epoch that isn't one of several. */
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
                        : ", which had " + spoilt + " already. Take a state that is finite, or make the model anew",
                ALONE,
                batch,
                loss,
                rule,
                History.NONE,
                ALONE);
    }

    /** For a finite loss whose step would not be. */
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
     * The same, of a run of several epochs.
     *
     * @param restored the epoch whose parameters the model will have; 0 if they are those before that batch
     */
    DivergedException in(int itsEpoch, History soFar, int restored) {
        DivergedException told = new DivergedException(what, then, itsEpoch, batch, loss, rule, soFar, restored);
        told.setStackTrace(getStackTrace());
        return told;
    }

    /** Which epoch of a {@link Trainer}'s run, counted from 1; 0 in a single pass, such as {@code train(…)} makes. */
    public int epoch() {
        return epoch;
    }

    /** Which batch of the pass over the data, counted from 1. */
    public int batch() {
        return batch;
    }

    /** NaN or an infinity; a number if only the gradient or the step was not finite. */
    public double loss() {
        return loss;
    }

    /** The rule that was at work. */
    public Rule rule() {
        return rule;
    }

    /** The epochs of the {@link Trainer}'s run that were finished before; none in a single pass. */
    public History history() {
        return history;
    }
}
