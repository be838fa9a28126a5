package io.github.flux4j.train;

import io.github.flux4j.optimise.Rule;

/** The loss of a batch was NaN or infinite. The parameters are those before that batch. */
public final class DivergedException extends ArithmeticException {

    private final int batch;
    private final double loss;
    private final transient Rule rule;

    DivergedException(int batch, double loss, Rule rule) {
        super("loss became " + loss + " at batch " + batch + " with " + rule
                + "; the parameters are those before that batch. Try a smaller learning rate or scale the features");
        this.batch = batch;
        this.loss = loss;
        this.rule = rule;
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
}
