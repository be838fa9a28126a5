package io.github.flux4j.losses;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
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
        return ofPredictions(model.predict(x), y);
    }

    /**
     * The loss of predictions that the model has made.
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
     * The loss of a batch in training mode, and its gradient with respect to the model's parameters, as {@code train} has them, the batch's
     * weights and the penalty included. Nothing of the model is changed. {@code optimiser.step(into)} then moves the parameters, and the running
     * statistics of a {@code BatchNorm}, as training would. In between, gradients of several batches, threads or machines may be averaged; running
     * statistics are then left as they are, see {@link io.github.flux4j.optimise.Optimiser#step}.
     *
     * <pre>{@code
     * INDArray into = Nd4j.create(model.dataType(), model.parameterCount());
     * double value = loss.gradient(batch, into);
     * optimiser.step(into);
     * }</pre>
     *
     * <p>Several threads may ask for gradients of one model, each with an array of its own, and then wait for each other. A loss that is not finite
     * is returned; training throws for it, and {@code trainstep} makes no step.
     *
     * @param into receives the gradient, overwritten: as long as the flat parameters, of the model's type; null for a model without any
     * @return the loss
     * @throws IllegalArgumentException if the batch or the array doesn't fit the model
     * @throws IllegalStateException if an array of the batch, {@code into}, or the parameters were closed
     */
    public double gradient(Batch batch, @Nullable INDArray into) {
        return gradient(batch, into, BatchCheck.ALONE);
    }

    /**
     * As {@link #gradient(Batch, INDArray)}, for loops.
     *
     * @param number which batch this is, counted from 1, for messages
     */
    public double gradient(Batch batch, @Nullable INDArray into, int number) {
        model.port().requireVector(into, "the gradient");
        double value = compute(batch, into, number);
        model.port().gradientComputed(into, false);
        return value;
    }

    /**
     * As {@link #gradient(Batch, INDArray)} for training loops, whose array is the optimiser's own and needs no look at each step, and whose next
     * step is by this gradient.
     *
     * @param into the optimiser's {@code gradientBuffer()}
     */
    public double gradientOfStep(Batch batch, @Nullable INDArray into) {
        return gradientOfStep(batch, into, BatchCheck.ALONE);
    }

    /** As {@link #gradientOfStep(Batch, INDArray)}, of one of several batches. */
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

    /** Infinite beyond what the model's type can say: the gradient overflows next, and an update would spoil the parameters. */
    private double inTheModelsType(double value) {
        return model.dataType() == DataType.FLOAT && Double.isInfinite((float) value) ? (float) value : value;
    }

    @Override
    public String toString() {
        return function + "(" + model.inOneLine() + ")" + (isPenalised() ? " + " + penalty : "");
    }
}
