package io.github.flux4j.data;

import io.github.flux4j.engine.Operand;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is trained on in one step: features {@code [examples, features]}, targets {@code [examples, outputs]} and, if examples count
 * differently, weights {@code [examples, 1]}. Further arrays are carried along. The arrays are kept, not copied.
 *
 * <p>Immutable but for its arrays, which must not change while it is used; for any thread then.
 */
public final class Batch {

    private static final List<String> NAMES = List.of("features", "targets", "weights");

    private final List<INDArray> arrays;
    private final Operand features;
    private final Operand targets;
    private final Operand weights;

    /**
     * Checks the arrays once, here, so that training need not.
     *
     * @throws IllegalArgumentException if there are none, one is empty or not a matrix, has a NaN or an infinity, or they differ in rows
     * @throws IllegalStateException if one was closed, or lies in a workspace that was left
     */
    public static Batch of(INDArray... arrays) {
        if (Objects.requireNonNull(arrays, "arrays is null").length == 0) {
            throw new IllegalArgumentException(
                    "a batch needs features (and, to train, targets), but there is no array");
        }
        for (int i = 0; i < arrays.length; i++) {
            Tensors.requireMatrix(arrays[i], name(i));
            if (arrays[i].rows() != arrays[0].rows()) {
                throw new IllegalArgumentException("features and " + name(i)
                        + " must have the same number of rows, one per example, but features have shape "
                        + Tensors.shape(arrays[0]) + " and " + name(i) + " " + Tensors.shape(arrays[i])
                        + rowsRemedy(arrays[i], arrays[0].rows(), name(i)));
            }
        }
        if (arrays.length > 2 && arrays[2].columns() != 1) {
            throw new IllegalArgumentException("weights must have one column, one number per example, but the shape is "
                    + Tensors.shape(arrays[2]) + "; take one of the columns");
        }
        for (int i = 0; i < arrays.length; i++) {
            Tensors.requireFinite(arrays[i], name(i), "Remove or fill such rows before training");
        }
        return new Batch(List.of(arrays));
    }

    /** Not checked: {@link #of} is for arrays from outside, this for parts of arrays that have been through it. */
    Batch(List<INDArray> arrays) {
        this.arrays = arrays;
        this.features = new Operand(arrays.get(0));
        this.targets = arrays.size() < 2 ? null : new Operand(arrays.get(1));
        this.weights = arrays.size() < 3 ? null : new Operand(arrays.get(2));
    }

    /** The features as an engine reads them. */
    public Operand featureOperand() {
        return features;
    }

    /** The targets as an engine reads them; null without. */
    public @Nullable Operand targetOperand() {
        return targets;
    }

    /** Whether what a step needs of it can't be read any more. An array may be closed at any time, so each step asks. */
    public boolean isOver() {
        return features.isOver() || targets != null && targets.isOver() || weights != null && weights.isOver();
    }

    /**
     * Throws if an array's memory is gone.
     *
     * @param batch which batch this is, for the message
     * @throws IllegalStateException with the first such array: it was closed, or lies in a workspace that was left
     */
    public void requireOpen(String batch) {
        for (int i = 0; i < arrays.size(); i++) {
            Lifetime.require(arrays.get(i), "the " + name(i) + " of " + batch);
        }
    }

    private static String rowsRemedy(INDArray array, int rows, String name) {
        return array.columns() == rows
                ? ". Pass " + name + ".transpose(), shape [" + rows + ", " + array.rows() + "]"
                : ". Give both of them the same examples";
    }

    private static String name(int i) {
        return i < NAMES.size() ? NAMES.get(i) : "array " + (i + 1);
    }

    public INDArray features() {
        return arrays.get(0);
    }

    /**
     * The targets.
     *
     * @throws IllegalStateException if the batch was made of features alone
     */
    public INDArray targets() {
        if (arrays.size() < 2) {
            throw new IllegalStateException(
                    "this batch has features but no targets; make it with batch(features, targets)");
        }
        return arrays.get(1);
    }

    /** The examples' weights, or null if all count the same. */
    public @Nullable INDArray weights() {
        return arrays.size() < 3 ? null : arrays.get(2);
    }

    /** All arrays, in the order given. */
    public List<INDArray> arrays() {
        return arrays;
    }

    /** The examples with these numbers, in this order, in new arrays. */
    Batch gather(int... rows) {
        requireOpen("the examples");
        return new Batch(
                arrays.stream().map(array -> RowCopies.gather(array, rows)).toList());
    }

    /** How many examples it has. */
    public int size() {
        return features.rows();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Batch(");
        for (int i = 0; i < arrays.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(name(i)).append(' ').append(Tensors.shape(arrays.get(i)));
        }
        return text.append(')').toString();
    }
}
