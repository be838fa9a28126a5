package io.github.flux4j.losses;

import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss of predictions and targets, in this order as in Flux: {@code MSE.of(predictions, targets)}. Both have one example per row and
 * the same shape; nothing is ever broadcast. A vector counts as one example.
 */
public abstract class LossFunction implements Objective {

    private final String name;

    LossFunction(String name) {
        this.name = name;
    }

    /**
     * The loss.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double of(INDArray predictions, INDArray targets) {
        return evaluate(comparison(predictions, targets), null);
    }

    /**
     * ∂loss/∂prediction for every prediction, in a new array of the predictions' shape.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public INDArray gradient(INDArray predictions, INDArray targets) {
        double[] gradient = new double[(int) predictions.length()];
        evaluate(comparison(predictions, targets), gradient);
        DataType type = predictions.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        return Tensors.of(type, gradient, predictions.shape());
    }

    /** This loss of a model's predictions. */
    public Loss bind(Layer model) {
        return new Loss(this, model);
    }

    private Comparison comparison(INDArray predictions, INDArray targets) {
        requireSameShape(predictions, targets);
        if (predictions.length() == 0) {
            throw new IllegalArgumentException(name + " expects at least one prediction, but there is none");
        }
        int columns = predictions.rank() == 0 ? 1 : (int) predictions.size(predictions.rank() - 1);
        int rows = (int) (predictions.length() / columns);
        return new Comparison(
                Tensors.toDoubles(predictions),
                Tensors.toDoubles(targets),
                null,
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
        requireSameShape(predictions.shape(), targets.shape());
    }

    /**
     * Throws unless both shapes are the same.
     *
     * @throws IllegalArgumentException with both shapes
     */
    public void requireSameShape(long[] predictions, long[] targets) {
        if (!java.util.Arrays.equals(predictions, targets)) {
            throw new IllegalArgumentException(
                    name + " expects targets of the predictions' shape " + java.util.Arrays.toString(predictions)
                            + ", but targets have shape " + java.util.Arrays.toString(targets)
                            + ". Nothing is broadcast: give one row per example and one column per output");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
