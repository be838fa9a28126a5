package io.github.flux4j.engine;

/** A loss as an engine sees it: a number to be made small, and its gradient with respect to the predictions. */
public interface Objective {

    /**
     * The loss of a batch.
     *
     * @param batch predictions and targets
     * @param gradient receives ∂loss/∂prediction for every element, row-major as the predictions, unless null
     */
    double evaluate(Comparison batch, double[] gradient);
}
