package io.github.flux4j.train;

import io.github.flux4j.optimise.Rule;
import java.util.List;

/** The loss of a batch was NaN or infinite. The parameters are those before that batch. */
public final class DivergedException extends ArithmeticException {

    /** In place of the number of an epoch that isn't one of several. */
    private static final int ALONE = 0;

    private final int epoch;
    private final int batch;
    private final double loss;
    private final transient Rule rule;
    private final transient History history;

    DivergedException(int batch, double loss, Rule rule) {
        this(ALONE, batch, loss, rule, new History(List.of(), List.of(), List.of(), false));
    }

    private DivergedException(int epoch, int batch, double loss, Rule rule, History history) {
        super("loss became " + loss + " at batch " + batch + (epoch == ALONE ? "" : " of epoch " + epoch) + " with "
                + rule
                + "; the parameters are those before that batch. Try a smaller learning rate or scale the features");
        this.epoch = epoch;
        this.batch = batch;
        this.loss = loss;
        this.rule = rule;
        this.history = history;
    }

    /** The same, of a run of several epochs. */
    DivergedException in(int itsEpoch, History soFar) {
        DivergedException told = new DivergedException(itsEpoch, batch, loss, rule, soFar);
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

    /** NaN or an infinity. */
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
