package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Finiteness;
import io.github.flux4j.internal.arrays.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks whether a model can predict from features; each message says what to do. */
final class FeatureCheck {

    private static final String FILL = "Fill or drop such rows before predicting";

    private FeatureCheck() {}

    /** Throws if there is a number that is not finite, unless the model has no parameters. */
    static void requireFinite(Layer model, INDArray x) {
        if (model.flatParameters() != null) {
            Finiteness.require(x, model.memory().type(), "features", FILL);
        }
    }

    /** Checks rows one after another; see {@link #requireFinite(Layer, INDArray)}. */
    static void requireFinite(Layer model, double[] features, int rows) {
        if (model.flatParameters() != null) {
            Finiteness.require(features, features.length / rows, model.memory().type(), "features", FILL);
        }
    }

    /** Checks rows one after another; see {@link #requireFinite(Layer, INDArray)}. */
    static void requireFinite(Layer model, float[] features, int rows) {
        if (model.flatParameters() != null) {
            Finiteness.require(features, features.length / rows, "features", FILL);
        }
    }

    /** Throws unless rows may have this number of features. */
    static void requireInputs(Layer model, int inputs) {
        if (inputs < 1 || !LayerCheck.takes(model.structure(), inputs)) {
            throw new IllegalArgumentException(model.entrance() + " expects "
                    + (model.inputs() == 0 ? "at least " + counted(Math.max(1, least(model))) : counted(model.inputs()))
                    + " per row, but outputSize was asked for " + inputs);
        }
    }

    private static int least(Layer model) {
        return model.structure().least();
    }

    private static String counted(int features) {
        return features + (features == 1 ? " feature" : " features");
    }

    /** Returns the number of predictions for one example. */
    static int outputsOfOne(Layer model, int features) {
        if (features == 0) {
            throw new IllegalArgumentException(model.inOneLine() + " needs features to predict from; pass "
                    + (model.inputs() == 0 ? "those" : model.inputs() + ", those") + " of one example");
        }
        return model.outputs(Math.max(model.inputs(), features));
    }

    /** Throws if the predictions are more than an array can have. */
    static void requirePossible(Layer model, INDArray x) {
        int rows = x.rows();
        int outputs = model.outputs(x.columns());
        long most = Integer.MAX_VALUE / model.compiled().typeFor(x.dataType()).width();
        if ((long) rows * outputs > most) {
            throw new IllegalArgumentException(
                    model.inOneLine() + " gives " + outputs + " numbers per row, which for " + rows
                            + " rows are " + (long) rows * outputs + ", but an array can have at most " + most
                            + "; predict fewer rows at a time");
        }
    }

    /** Throws unless arrays of these lengths are rows of the model's inputs, and of its outputs. */
    static void requireLengths(Layer model, int features, int rows, int predictions) {
        int inputs = model.inputs();
        int columns = rows < 1 ? 0 : features / rows;
        boolean isWhole = columns > 0 && columns * rows == features;
        if (!isWhole || inputs != 0 && columns != inputs || inputs == 0 && columns < least(model)) {
            String given = isWhole
                    ? "the array has " + columns + " (shape [" + rows + ", " + columns + "])"
                    : "there are " + features + " numbers for " + rows + (rows == 1 ? " row" : " rows");
            throw new IllegalArgumentException(model.entrance() + " expects "
                    + (inputs != 0
                            ? counted(inputs)
                            : least(model) == 0 ? "some features" : "at least " + counted(least(model)))
                    + " per row, but " + given);
        }
        int outputs = model.outputs(columns);
        long expected = (long) rows * outputs;
        if (predictions != expected) {
            throw new IllegalArgumentException(model.inOneLine() + " gives " + outputs
                    + " numbers per row, so predictions must have length " + expected + ", but has " + predictions);
        }
    }

    /**
     * Throws unless x is a matrix with as many columns as this model has inputs.
     *
     * @param what the name of x in the message
     */
    static void requireFeatures(Layer model, INDArray x, String what) {
        Tensors.requireMatrix(x, "features");
        int inputs = model.inputs();
        if (inputs != 0 && x.columns() != inputs) {
            throw new IllegalArgumentException(model.entrance() + " expects " + counted(inputs) + " per row, but "
                    + what + " has " + x.columns() + " (shape " + Tensors.shape(x) + ")" + remedy(inputs, x));
        }
        if (inputs == 0 && x.columns() < least(model)) {
            throw new IllegalArgumentException(model.entrance() + " expects at least " + counted(least(model))
                    + " per row, but " + what + " has " + x.columns() + " (shape " + Tensors.shape(x) + ")");
        }
    }

    private static String remedy(int inputs, INDArray x) {
        if (inputs == 1 && x.rows() == 1) {
            return ". That is one example with " + x.columns() + " features; for " + x.columns()
                    + " examples with one feature each pass a column, shape [" + x.columns()
                    + ", 1]: column(…) or x.reshape(" + x.columns() + ", 1)";
        }
        return x.rows() == inputs
                ? ". One example per row: pass x.transpose(), shape [" + x.columns() + ", " + x.rows() + "]"
                : "";
    }
}
