package io.github.flux4j.data;

import io.github.flux4j.engine.Operand;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The examples of one training step: features {@code [n, inputs]}, targets {@code [n, outputs]} and optional weights {@code [n, 1]}.
 *
 * <p>A batch refers to the given arrays without copying them, and may hold further ones. It is immutable and thread-safe as long as nobody changes them.
 */
public final class Batch {

    private static final List<String> NAMES = List.of("features", "targets", "weights");

    private final List<INDArray> arrays;
    private final Operand features;
    private final Operand targets;
    private final Operand weights;

    /**
     * Makes a batch and checks its arrays once, so that training need not check them at each step.
     *
     * @throws IllegalArgumentException if there is no array, one is empty, is not a matrix or has a NaN or an infinity, or their numbers of rows differ
     * @throws IllegalStateException if an array was closed or belongs to a workspace that was closed
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

    /** Without checks: {@link #of} takes arrays from outside, this constructor parts of arrays that passed them. */
    Batch(List<INDArray> arrays) {
        this.arrays = arrays;
        this.features = new Operand(arrays.get(0));
        this.targets = arrays.size() < 2 ? null : new Operand(arrays.get(1));
        this.weights = arrays.size() < 3 ? null : new Operand(arrays.get(2));
    }

    /** Returns the features as an engine reads them. */
    public Operand featureOperand() {
        return features;
    }

    /** Returns the targets as an engine reads them, or null if there are none. */
    public @Nullable Operand targetOperand() {
        return targets;
    }

    /** Whether an array that a step needs was closed. That may happen at any time, so each step asks. */
    public boolean isOver() {
        return features.isOver() || targets != null && targets.isOver() || weights != null && weights.isOver();
    }

    /**
     * Throws if the memory of an array was released.
     *
     * @param batch describes this batch in the message
     * @throws IllegalStateException if an array was closed or belongs to a workspace that was closed
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
     * Returns the targets.
     *
     * @throws IllegalStateException if the batch has features alone
     */
    public INDArray targets() {
        if (arrays.size() < 2) {
            throw new IllegalStateException(
                    "this batch has features but no targets; make it with batch(features, targets)");
        }
        return arrays.get(1);
    }

    /** Returns the examples' weights, or null if all examples count the same. */
    public @Nullable INDArray weights() {
        return arrays.size() < 3 ? null : arrays.get(2);
    }

    /** Returns all arrays in the given order. */
    public List<INDArray> arrays() {
        return arrays;
    }

    /** Copies the examples with these row numbers, in this order, into new arrays. */
    Batch gather(int... rows) {
        requireOpen("the examples");
        return new Batch(
                arrays.stream().map(array -> RowCopies.gather(array, rows)).toList());
    }

    /** Returns the number of examples. */
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
