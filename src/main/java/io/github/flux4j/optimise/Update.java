package io.github.flux4j.optimise;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for one stretch of a model's parameters. */
public interface Update {

    /** One step, given the gradient of the whole model's flat parameters. */
    void apply(INDArray flatGradient);
}
