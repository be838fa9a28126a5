package io.github.flux4j.optimise;

import io.github.flux4j.engine.Recipe;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.optimise.float32.FloatUpdate;
import io.github.flux4j.optimise.float64.DoubleUpdate;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for the parameters of one model; made by {@code setup(rule, model)}. */
public final class Optimiser {

    private final Rule rule;
    private final Layer model;
    private INDArray memory;
    private INDArray gradient;
    private Update update;

    /** Fresh state for this model. */
    public Optimiser(Rule rule, Layer model) {
        this.rule = Objects.requireNonNull(rule, "rule is null");
        this.model = Objects.requireNonNull(model, "model is null");
        if (model.parameterCount() == 0) {
            throw new IllegalArgumentException(model + " has no parameters, so there is nothing to train");
        }
        attach();
    }

    private void attach() {
        memory = model.flatParameters();
        gradient = Tensors.zeros(memory.dataType(), memory.length());
        update = memory.dataType() == DataType.DOUBLE
                ? new DoubleUpdate(rule, memory, 0)
                : new FloatUpdate(rule, memory, 0);
    }

    /** The rule it applies. */
    public Rule rule() {
        return rule;
    }

    /** The model whose parameters it moves. */
    public Layer model() {
        return model;
    }

    /** Room for a gradient of this model, used again by each step of a training loop. */
    public INDArray gradientBuffer() {
        requireInPlace();
        return gradient;
    }

    /** Moves the parameters, given the gradient of all of them in one vector. */
    public void step(INDArray flatGradient) {
        requireInPlace();
        update.apply(flatGradient);
    }

    /**
     * Throws unless this optimiser was made for {@code model}.
     *
     * @throws IllegalArgumentException with both models
     */
    public void requireModel(Layer other) {
        if (other != model) {
            throw new IllegalArgumentException("this optimiser keeps the state of " + model + ", not of " + other
                    + "; make one for it with setup(rule, model)");
        }
    }

    private void requireInPlace() {
        if (model.flatParameters() != memory) {
            throw new IllegalStateException(
                    "the parameters of " + model
                            + " have moved into a chain since this optimiser was made; train the chain, with an optimiser of its own");
        }
    }

    /** How training goes on with this rule, for {@code network()}. */
    public Recipe recipe(io.github.flux4j.engine.Objective loss) {
        return new Recipe(loss, rule);
    }

    @Override
    public String toString() {
        return "Optimiser(" + rule + ", " + model + ")";
    }
}
