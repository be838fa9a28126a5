package io.github.flux4j.losses;

import io.github.flux4j.layers.Layer;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss function bound to a model: {@code mse(model).of(x, y)} is {@code MSE.of(model.predict(x), y)}, and a penalty on the model's
 * parameters where one was added.
 *
 * @param function what is minimised
 * @param model whose predictions
 * @param penalty on the model's parameters
 */
public record Loss(LossFunction function, Layer model, Penalty penalty) {

    public Loss {
        Objects.requireNonNull(function, "loss function is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(penalty, "penalty is null");
    }

    /** Without a penalty. */
    public Loss(LossFunction function, Layer model) {
        this(function, model, Penalty.NONE);
    }

    /** The same with a penalty more. */
    public Loss plus(Penalty more) {
        return new Loss(function, model, penalty.plus(more));
    }

    /** Whether there is a penalty. */
    public boolean isPenalised() {
        return penalty.l1() > 0 || penalty.l2() > 0;
    }

    /**
     * The loss of the model's predictions for x, in test mode.
     *
     * @param x features {@code [n, inputs]}
     * @param y targets {@code [n, outputs]}
     * @throws IllegalArgumentException if a shape doesn't fit the model
     */
    public double of(INDArray x, INDArray y) {
        double loss = function.of(model.predict(x), y);
        return isPenalised() ? loss + penalty.of(model.flatParameters()) : loss;
    }

    @Override
    public String toString() {
        return function + "(" + model.inOneLine() + ")" + (isPenalised() ? " + " + penalty : "");
    }
}
