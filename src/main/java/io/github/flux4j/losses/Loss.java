package io.github.flux4j.losses;

import io.github.flux4j.layers.Layer;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss function bound to a model: {@code mse(model).of(x, y)} is {@code MSE.of(model.predict(x), y)}.
 *
 * @param function what is minimised
 * @param model whose predictions
 */
public record Loss(LossFunction function, Layer model) {

    public Loss {
        Objects.requireNonNull(function, "loss function is null");
        Objects.requireNonNull(model, "model is null");
    }

    /**
     * The loss of the model's predictions for x, in test mode.
     *
     * @param x features {@code [n, inputs]}
     * @param y targets {@code [n, outputs]}
     * @throws IllegalArgumentException if a shape doesn't fit the model
     */
    public double of(INDArray x, INDArray y) {
        return function.of(model.predict(x), y);
    }

    @Override
    public String toString() {
        return function + "(" + model.toString().lines().findFirst().orElse("") + ")";
    }
}
