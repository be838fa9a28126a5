package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Widened;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss of predictions and targets, in this order as in Flux: {@code MSE.of(predictions, targets)}. {@link Losses} has Flux's.
 *
 * <p>Both have one example per row and the same shape; nothing is broadcast. A vector counts as one example. Immutable and thread-safe.
 */
public final class LossFunction implements Objective, Described {

    private final String name;
    private final Call call;
    private final LossFormula formula;
    private final LossFormula.OfFloats ofFloats;
    private final Aggregation aggregation;

    /** How the examples' losses become one number. */
    enum Aggregation {
        MEAN,
        SUM
    }

    /**
     * A loss of the library, equal to others with the same call.
     *
     * @param name Flux's, with its numbers, for messages
     * @param call its text form; null for a loss of the user's own
     */
    LossFunction(String name, Call call, LossFormula formula) {
        this(name, call, formula, Aggregation.MEAN);
    }

    private LossFunction(String name, Call call, LossFormula formula, Aggregation aggregation) {
        this.name = name;
        this.call = call;
        this.formula = formula;
        this.ofFloats = formula instanceof LossFormula.OfFloats floats ? floats : null;
        this.aggregation = aggregation;
    }

    private double scale(int rows, int columns) {
        return aggregation == Aggregation.SUM ? 1 : 1 / formula.terms(rows, columns);
    }

    String name() {
        return name;
    }

    LossFormula formula() {
        return formula;
    }

    @Override
    public double evaluate(LossInput batch, double @Nullable [] gradient) {
        formula.require(name, batch);
        double scale = scale(batch.rows(), batch.columns());
        return scale * formula.sum(batch, scale, gradient);
    }

    @Override
    public double evaluate(
            float[] predictions,
            float[] targets,
            double @Nullable [] weights,
            int rows,
            int columns,
            float @Nullable [] gradient,
            Widened wide) {
        if (ofFloats == null) {
            return Objective.super.evaluate(predictions, targets, weights, rows, columns, gradient, wide);
        }
        ofFloats.require(name, predictions, targets, rows, columns);
        double scale = scale(rows, columns);
        return scale * ofFloats.sum(predictions, targets, weights, rows, columns, scale, gradient);
    }

    /** Returns this loss with the sum in place of the mean, Flux's {@code agg = sum}. */
    public LossFunction sum() {
        if (formula.whole() != null) {
            throw new UnsupportedOperationException(name + " " + formula.whole());
        }
        return new LossFunction(name, call, formula, Aggregation.SUM);
    }

    /**
     * Computes the loss.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double of(INDArray predictions, INDArray targets) {
        return evaluate(comparison(predictions, targets, null), null);
    }

    /**
     * Computes the loss with one weight per example, Flux's {@code agg = x -> mean(w .* x)}: weights multiply the terms, and a mean still divides by their
     * number.
     *
     * @param weights {@code [examples]} or {@code [examples, 1]}
     * @throws IllegalArgumentException if a shape doesn't fit
     */
    public double of(INDArray predictions, INDArray targets, INDArray weights) {
        LossInput batch = comparison(predictions, targets, Tensors.toDoubles(weights));
        if (batch.weights().length != batch.rows()) {
            throw new IllegalArgumentException(name + " expects one weight per example, but there are " + batch.rows()
                    + " examples and weights have shape " + Tensors.shape(weights));
        }
        return evaluate(batch, null);
    }

    /** Computes the loss of each example in a new Float64 array {@code [examples]}; if the loss is a mean, it is their mean. */
    public INDArray perExample(INDArray predictions, INDArray targets) {
        LossInput batch = comparison(predictions, targets, null);
        formula.require(name, batch); // as a whole, so that an error names the row
        double[] losses = new double[batch.rows()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = evaluate(batch.row(i), null);
        }
        return Tensors.of(DataType.DOUBLE, losses, losses.length);
    }

    /**
     * Computes ∂loss/∂prediction in a new array of the predictions' shape.
     *
     * @throws IllegalArgumentException if the shapes differ
     * @throws ArithmeticException if the loss is finite, but the gradient overflows the predictions' type, as poisson_loss's does near 0
     */
    public INDArray gradient(INDArray predictions, INDArray targets) {
        LossInput comparison = comparison(predictions, targets, null);
        double[] gradient = new double[(int) predictions.length()];
        double value = evaluate(comparison, gradient);
        DataType type = predictions.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        requireWithin(type, comparison, value, gradient);
        return Tensors.of(type, gradient, predictions.shape());
    }

    private void requireWithin(DataType type, LossInput batch, double value, double[] gradient) {
        double most = type == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        for (int i = 0; i < gradient.length && Double.isFinite(value); i++) {
            if (!(Math.abs(gradient[i]) <= most)) {
                throw new ArithmeticException("the gradient of " + name + " overflows " + type + " at row "
                        + i / batch.columns() + ", column " + i % batch.columns() + ", where the prediction is "
                        + batch.predictions()[i] + " and the target " + batch.targets()[i] + ", although the loss is "
                        + value + ". Keep predictions away from there, by an epsilon or the model's last activation");
            }
        }
    }

    /**
     * Makes a loss of your own from its value and gradient.
     *
     * @param value computes the loss of predictions and targets, both {@code [n, outputs]}
     * @param gradient computes ∂loss/∂prediction, of the predictions' shape
     */
    public static LossFunction of(
            String name, ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        return own(name, new OwnFormula(name, value, gradient));
    }

    /**
     * Makes a loss of your own from an expression that SameDiff differentiates: {@code (yhat, y) -> yhat.sub(y).pow(4).mean()}.
     *
     * @param expression a single number from predictions and targets, both {@code [n, outputs]}
     */
    public static LossFunction of(String name, Expression expression) {
        return own(name, OwnFormula.of(name, expression));
    }

    private static LossFunction own(String name, LossFormula formula) {
        return new LossFunction(Objects.requireNonNull(name, "name is null"), null, formula);
    }

    /**
     * Parses one of the library's losses by its name in {@code Flux4j}: {@code mse}, {@code huber(0.3)}, {@code focalLoss(2, 0.01)}, {@code mae(agg=sum)}.
     * Omitted numbers have their defaults.
     *
     * @throws IllegalArgumentException if there is no such loss, or it has no such number
     */
    public static LossFunction parse(String text) {
        return LossWords.ALL.read(text);
    }

    /**
     * Parses a loss, one of the library's or of your own: {@code Parts.of().value(LossFunction.class, "mine", mine)}.
     *
     * @throws IllegalArgumentException if there is no such loss, or it has no such number
     */
    public static LossFunction parse(String text, Parts parts) {
        return LossWords.ALL.read(text, parts);
    }

    /**
     * Returns the text that {@link #parse(String)} reads as an equal loss; for a loss of your own its name, which a reader passes as a part.
     *
     * @throws IllegalArgumentException if text can't hold the name of a loss of your own, or the library has a loss of that name
     */
    public String text() {
        return call().toString();
    }

    @Override
    public Call call() {
        return isOwn() ? LossWords.own(name) : LossWords.withAggregation(call, aggregation);
    }

    @Override
    public boolean isOwn() {
        return formula instanceof OwnFormula;
    }

    /** Binds this loss to a model. */
    public Loss bind(Layer model) {
        return new Loss(this, model);
    }

    private LossInput comparison(INDArray predictions, INDArray targets, double[] weights) {
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
        return new LossInput(
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

    private void requireSameShape(INDArray predictions, INDArray targets) {
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
    void requireSameShape(long[] predictions, long[] targets, String what) {
        if (!Arrays.equals(predictions, targets)) {
            throw new IllegalArgumentException(
                    name + " expects targets of the predictions' shape " + Arrays.toString(predictions)
                            + ", but " + what + " have shape " + Arrays.toString(targets)
                            + ". Nothing is broadcast: give one row per example and one column per output");
        }
    }

    /** Whether both are the same object, or the same loss of the library with the same numbers. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LossFunction loss
                && aggregation == loss.aggregation
                && (isOwn() ? formula == loss.formula : !loss.isOwn() && call.equals(loss.call));
    }

    @Override
    public int hashCode() {
        return Objects.hash(call, aggregation);
    }

    @Override
    public String toString() {
        return aggregation == Aggregation.SUM ? name + "; agg=sum" : name;
    }

    /** An expression of predictions and targets that SameDiff differentiates. Threads that share the loss may call it at once. */
    @FunctionalInterface
    public interface Expression {

        /**
         * Builds the loss, a single number: end with {@code mean()} or {@code sum()}.
         *
         * @param predictions {@code [n, outputs]}
         * @param targets {@code [n, outputs]}
         */
        SDVariable of(SDVariable predictions, SDVariable targets);
    }
}
