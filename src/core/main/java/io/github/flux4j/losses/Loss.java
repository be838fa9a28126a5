package io.github.flux4j.losses;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss function bound to a model: {@code mse(model).of(x, y)} computes {@code MSE.of(model.predict(x), y)} plus any penalty on the model's parameters. For
 * threads see {@link io.github.flux4j.layers.Layer}.
 *
 * @param function the loss of predictions and targets
 * @param model the model that predicts
 * @param penalty the penalty on the model's parameters
 */
public record Loss(LossFunction function, Layer model, Penalty penalty) {

    public Loss {
        Objects.requireNonNull(function, "loss function is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(penalty, "penalty is null");
    }

    /** Binds a loss function to a model, without a penalty. */
    public Loss(LossFunction function, Layer model) {
        this(function, model, Penalty.NONE);
    }

    /** Returns this loss with a further penalty added. */
    public Loss plus(Penalty more) {
        return new Loss(function, model, penalty.plus(more));
    }

    /** Whether the loss includes a penalty. */
    public boolean isPenalised() {
        return penalty.l1() > 0 || penalty.l2() > 0;
    }

    /**
     * Computes the loss of the model's predictions for x, in test mode.
     *
     * @param x features {@code [n, inputs]}
     * @param y targets {@code [n, outputs]}
     * @throws IllegalArgumentException if a shape doesn't fit the model
     */
    public double of(INDArray x, INDArray y) {
        return ofPredictions(model.predict(x), y);
    }

    /**
     * Computes the loss of predictions that the model has made.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double ofPredictions(INDArray predictions, INDArray y) {
        return withPenalty(function.of(predictions, y));
    }

    private double withPenalty(double loss) {
        return isPenalised() && model.flatParameters() != null ? loss + penalty.of(model.flatParameters()) : loss;
    }

    /**
     * Computes a batch's loss in training mode and writes its gradient into an array, as {@code train} does: with the batch's weights and the penalty.
     *
     * <pre>{@code
     * INDArray into = Nd4j.create(model.dataType(), model.parameterCount());
     * double value = loss.gradient(batch, into);
     * optimiser.step(into);
     * }</pre>
     *
     * <p>The call leaves the model unchanged. {@code optimiser.step(into)} then moves the parameters, and the running statistics of a {@code BatchNorm}, as
     * training would. You may average gradients of several batches, threads or machines first; running statistics then stay, see {@link
     * io.github.flux4j.optimise.Optimiser#step}. Threads may share a model, each with an array of its own; they take turns. A loss that isn't finite is
     * returned, where {@code train} throws.
     *
     * @param into receives the gradient: as long as the flat parameters, of the model's type; null for a model without any
     * @return the loss
     * @throws IllegalArgumentException if the batch or the array doesn't fit the model
     * @throws IllegalStateException if an array of the batch, {@code into}, or the parameters were closed
     */
    public double gradient(Batch batch, @Nullable INDArray into) {
        return gradient(batch, into, BatchCheck.ALONE);
    }

    /**
     * Does the same as {@link #gradient(Batch, INDArray)}, for loops.
     *
     * @param number the batch's number, from 1, for messages
     */
    public double gradient(Batch batch, @Nullable INDArray into, int number) {
        model.port().requireVector(into, "the gradient");
        double value = compute(batch, into, number);
        model.port().gradientComputed(into, false);
        return value;
    }

    /**
     * Computes the gradient of a training loop's next step: like {@link #gradient(Batch, INDArray)}, without checking the optimiser's own array each time.
     *
     * @param into the optimiser's {@code gradientBuffer()}
     */
    public double gradientOfStep(Batch batch, @Nullable INDArray into) {
        return gradientOfStep(batch, into, BatchCheck.ALONE);
    }

    /** Does the same as {@link #gradientOfStep(Batch, INDArray)} for the batch of this number. */
    public double gradientOfStep(Batch batch, @Nullable INDArray into, int number) {
        double value = compute(batch, into, number);
        model.port().gradientComputed(into, true);
        return value;
    }

    private double compute(Batch batch, @Nullable INDArray into, int number) {
        BatchCheck.require(this, Objects.requireNonNull(batch, "a batch is null"), number);
        INDArray weights = batch.weights();
        double value = model.port()
                .program(batch.features())
                .gradient(
                        batch.featureOperand(),
                        batch.targetOperand(),
                        weights == null ? null : Tensors.toDoubles(weights),
                        function,
                        into);
        if (isPenalised() && into != null) {
            penalty.addGradient(model.flatParameters(), into);
            value = withPenalty(value);
        }
        return inTheModelsType(value);
    }

    /** Infinite if the model's type can't hold the value: the gradient would overflow next, and an update would spoil the parameters. */
    private double inTheModelsType(double value) {
        return model.dataType() == DataType.FLOAT && Double.isInfinite((float) value) ? (float) value : value;
    }

    @Override
    public String toString() {
        return function + "(" + model.inOneLine() + ")" + (isPenalised() ? " + " + penalty : "");
    }
}
