package io.github.flux4j.losses;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A loss as an expression of predictions and targets, which ND4J's SameDiff differentiates.
 *
 * <p>Called from several threads at once if its loss is.
 */
@FunctionalInterface
public interface LossExpression {

    /**
     * The loss, a single number: end with {@code mean()} or {@code sum()}.
     *
     * @param predictions {@code [n, outputs]}
     * @param targets {@code [n, outputs]}
     */
    SDVariable of(SDVariable predictions, SDVariable targets);
}
