package io.github.flux4j.losses;

import io.github.flux4j.arrays.Lifetime;
import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.layers.Layer;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss of predictions and targets, in this order as in Flux: {@code MSE.of(predictions, targets)}. Both have one example per row and
 * the same shape; nothing is ever broadcast. A vector counts as one example.
 */
public abstract class LossFunction implements Objective {

    private final String name;
    private final Aggregation aggregation;

    /** What is made of the examples' losses. */
    enum Aggregation {
        MEAN,
        SUM
    }

    LossFunction(String name, Aggregation aggregation) {
        this.name = name;
        this.aggregation = aggregation;
    }

    /** This loss, aggregated so. */
    abstract LossFunction with(Aggregation aggregation);

    /** 1, or 1/n where the mean over n is asked for. */
    final double scale(double n) {
        return aggregation == Aggregation.SUM ? 1 : 1 / n;
    }

    final String name() {
        return name;
    }

    /** The same loss with the sum where Flux's default takes the mean, {@code agg = sum}. */
    public LossFunction sum() {
        return with(Aggregation.SUM);
    }

    /**
     * The loss.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double of(INDArray predictions, INDArray targets) {
        return evaluate(comparison(predictions, targets, null), null);
    }

    /**
     * The loss with one weight an example, {@code agg = x -> mean(w .* x)}: every term counts as often as its example's weight says; a
     * mean still divides by the number of terms.
     *
     * @param weights {@code [examples]} or {@code [examples, 1]}
     * @throws IllegalArgumentException if a shape doesn't fit
     */
    public double of(INDArray predictions, INDArray targets, INDArray weights) {
        Comparison batch = comparison(predictions, targets, Tensors.toDoubles(weights));
        if (batch.weights().length != batch.rows()) {
            throw new IllegalArgumentException(name + " expects one weight per example, but there are " + batch.rows()
                    + " examples and weights have shape " + Tensors.shape(weights));
        }
        return evaluate(batch, null);
    }

    /** The loss of each example alone, a new array {@code [examples]} in Float64; their mean is the loss where that is a mean. */
    public INDArray perExample(INDArray predictions, INDArray targets) {
        Comparison batch = comparison(predictions, targets, null);
        require(batch); // as a whole, so that an error names the row
        double[] losses = new double[batch.rows()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = evaluate(batch.row(i), null);
        }
        return Tensors.of(DataType.DOUBLE, losses, losses.length);
    }

    /**
     * ∂loss/∂prediction for every prediction, in a new array of the predictions' shape.
     *
     * @throws IllegalArgumentException if the shapes differ
     * @throws ArithmeticException if the loss is finite but the gradient is beyond the predictions' type, as poisson_loss's is near 0
     */
    public INDArray gradient(INDArray predictions, INDArray targets) {
        Comparison comparison = comparison(predictions, targets, null);
        double[] gradient = new double[(int) predictions.length()];
        double value = evaluate(comparison, gradient);
        DataType type = predictions.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        requireWithin(type, comparison, value, gradient);
        return Tensors.of(type, gradient, predictions.shape());
    }

    private void requireWithin(DataType type, Comparison batch, double value, double[] gradient) {
        double most = type == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        for (int i = 0; i < gradient.length && Double.isFinite(value); i++) {
            if (!(Math.abs(gradient[i]) <= most)) {
                throw new ArithmeticException("the gradient of " + name + " is beyond " + type + " at row "
                        + i / batch.columns() + ", column " + i % batch.columns() + ", where the prediction is "
                        + batch.predictions()[i] + " and the target " + batch.targets()[i] + ", although the loss is "
                        + value + ". Keep predictions away from there, by an epsilon or the model's last activation");
            }
        }
    }

    /**
     * A loss of your own, given as value and gradient.
     *
     * @param value the loss of predictions and targets, both {@code [n, outputs]}
     * @param gradient ∂loss/∂prediction, of the predictions' shape
     */
    public static LossFunction of(
            String name, ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        return new ArrayLoss(name, value, gradient);
    }

    /**
     * A loss of your own, given as an expression that ND4J's SameDiff differentiates: {@code (yhat, y) -> yhat.sub(y).pow(4).mean()}.
     *
     * @param expression a single number made of predictions and targets, both {@code [n, outputs]}
     */
    public static LossFunction of(String name, LossExpression expression) {
        return new ExpressionLoss(name, expression);
    }

    /** This loss of a model's predictions. */
    public Loss bind(Layer model) {
        return new Loss(this, model);
    }

    /** Throws unless the predictions are of the kind that this loss is for. */
    void require(Comparison batch) {}

    private Comparison comparison(INDArray predictions, INDArray targets, double[] weights) {
        requireSameShape(predictions, targets);
        Lifetime.require(predictions, "the predictions");
        Lifetime.require(targets, "the targets");
        Tensors.requireNumbers(predictions, "predictions");
        Tensors.requireNumbers(targets, "targets");
        if (predictions.length() == 0) {
            throw new IllegalArgumentException(name + " expects at least one prediction, but there is none");
        }
        int columns = predictions.rank() == 0 ? 1 : (int) predictions.size(predictions.rank() - 1);
        int rows = (int) (predictions.length() / columns);
        return new Comparison(
                Tensors.toDoubles(predictions),
                Tensors.toDoubles(targets),
                weights,
                rows,
                columns,
                epsilon(predictions.dataType()));
    }

    /** The distance from 1 to the next number of the type, Julia's {@code eps}. */
    private static double epsilon(DataType type) {
        return type == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f);
    }

    /**
     * Throws unless both have the same shape.
     *
     * @throws IllegalArgumentException with both shapes
     */
    public void requireSameShape(INDArray predictions, INDArray targets) {
        if (predictions == null || targets == null) {
            throw new NullPointerException(
                    (predictions == null ? "predictions" : "targets") + " of " + name + " is null");
        }
        requireSameShape(predictions.shape(), targets.shape(), "the targets");
    }

    /**
     * Throws unless both shapes are the same.
     *
     * @param what the name of the targets in the message
     * @throws IllegalArgumentException with both shapes
     */
    public void requireSameShape(long[] predictions, long[] targets, String what) {
        if (!Arrays.equals(predictions, targets)) {
            throw new IllegalArgumentException(
                    name + " expects targets of the predictions' shape " + Arrays.toString(predictions)
                            + ", but " + what + " have shape " + Arrays.toString(targets)
                            + ". Nothing is broadcast: give one row per example and one column per output");
        }
    }

    @Override
    public String toString() {
        return aggregation == Aggregation.SUM ? name + "; agg=sum" : name;
    }
}
