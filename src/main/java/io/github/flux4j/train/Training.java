package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Recipe;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One pass over data, in Flux's order of events for each batch: gradient, check that the loss is finite, update. */
public final class Training {

    private Training() {}

    /**
     * One pass, in the article's style.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss is not finite; the parameters are then those before that batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or loss and params are of different models
     */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(params, "params is null");
        if (loss.model() != params.model()) {
            throw new IllegalArgumentException("the loss is that of " + loss.model() + ", but the params are those of "
                    + params.model() + "; take both from one model: train(mse(model), params(model), …)");
        }
        return train(loss.function(), loss.model(), data, params.optimiser(rule));
    }

    /**
     * One pass, in today's explicit style.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss is not finite; the parameters are then those before that batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or the optimiser is another model's
     */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(data, "data is null");
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(model);
        model.trainedWith(new Recipe(loss, optimiser.rule()));
        double total = 0;
        int batches = 0;
        for (Batch batch : data) {
            batches++;
            INDArray gradient = optimiser.gradientBuffer();
            double value = gradient(loss, model, batch, batches, gradient);
            if (!Double.isFinite(value)) {
                throw new DivergedException(batches, value, optimiser.rule());
            }
            optimiser.step(gradient);
            total += value;
        }
        if (batches == 0) {
            throw new IllegalArgumentException("there is no batch to train on: data is empty");
        }
        return total / batches;
    }

    private static double gradient(LossFunction loss, Layer model, Batch batch, int number, INDArray gradient) {
        Objects.requireNonNull(batch, "a batch is null");
        INDArray x = batch.features();
        INDArray y = batch.targets();
        model.requireFeatures(x, "batch " + number);
        requireTargets(loss, model, x, y);
        INDArray weights = batch.weights();
        return model.program().gradient(x, y, weights == null ? null : Tensors.toDoubles(weights), loss, gradient);
    }

    private static void requireTargets(LossFunction loss, Layer model, INDArray x, INDArray y) {
        int outputs = model.outputSize(x.columns());
        if (y.rows() != x.rows() || y.columns() != outputs) {
            loss.requireSameShape(new long[] {x.rows(), outputs}, y.shape());
        }
    }

    /**
     * The loss of a batch in training mode and its gradient with respect to the model's parameters; nothing is changed.
     *
     * @throws IllegalArgumentException if x or y doesn't fit the model, is empty, or has a NaN or an infinity
     */
    public static WithGradient withGradient(LossFunction loss, Layer model, INDArray x, INDArray y) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(model, "model is null");
        INDArray flat = model.parameterCount() == 0 ? null : Tensors.zeros(model.dataType(), model.parameterCount());
        double value = gradient(loss, model, Batch.of(x, y), 1, flat);
        return new WithGradient(value, new Gradient(model, flat));
    }

    /**
     * Moves a model's parameters by one step of the optimiser's rule. The gradient is left as it was.
     *
     * @throws IllegalArgumentException if the optimiser or the gradient is another model's
     */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) {
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(model);
        Objects.requireNonNull(gradient, "gradient is null");
        if (gradient.model() != model) {
            throw new IllegalArgumentException("the gradient is that of " + gradient.model() + ", not of " + model);
        }
        optimiser.step(gradient.flat());
    }
}
