package io.github.flux4j.internal.data;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Encodes labels as one-hot rows and back: OneHotArrays' {@code onehot}, {@code onehotbatch} and {@code onecold}, with one example per row, indices from 0.
 *
 * <pre>{@code
 * List<String> species = List.of("setosa", "versicolor", "virginica");
 * INDArray y = onehotbatch(names, species);               // [n, 3]
 * List<String> predicted = onecold(model.predict(x), species);
 * }</pre>
 *
 * <p>Labels are compared with {@link Object#equals}; among equal ones the first counts. The rows are Float32. Thread-safe.
 */
public final class OneHot {

    private static final int SHOWN = 20;

    private OneHot() {}

    /**
     * Encodes one value as a row, {@code [1, labels]}.
     *
     * @throws IllegalArgumentException if it is not among the labels
     */
    public static <T> INDArray onehot(T value, List<? extends T> labels) {
        return onehotbatch(Collections.singletonList(value), labels);
    }

    /**
     * Encodes one value as a row, {@code [1, labels]}, an unknown one as {@code otherwise}.
     *
     * @throws IllegalArgumentException if {@code otherwise} is not among the labels
     */
    public static <T> INDArray onehot(T value, List<? extends T> labels, T otherwise) {
        Objects.requireNonNull(value, "value is null");
        return onehotbatch(Collections.singletonList(value), labels, otherwise);
    }

    /**
     * Encodes each value as a row of {@code [values, labels]}.
     *
     * @throws IllegalArgumentException if there is no value, or one is not among the labels
     */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels) {
        Objects.requireNonNull(values, "values is null");
        Map<Object, Integer> indices = indices(labels);
        for (int i = 0; i < values.size(); i++) {
            requireKnown(values.get(i), "value " + i, indices, labels);
        }
        return rows(values.stream().mapToInt(indices::get).toArray(), labels.size());
    }

    /**
     * Encodes each value as a row of {@code [values, labels]}, an unknown one as {@code otherwise}.
     *
     * @throws IllegalArgumentException if there is no value, or {@code otherwise} is not among the labels
     */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels, T otherwise) {
        Objects.requireNonNull(values, "values is null");
        Map<Object, Integer> indices = indices(labels);
        requireKnown(otherwise, "otherwise", indices, labels);
        int other = indices.get(otherwise);
        return rows(
                values.stream()
                        .mapToInt(value -> indices.getOrDefault(value, other))
                        .toArray(),
                labels.size());
    }

    /**
     * Returns the label of each row's largest value, the first if several are equal.
     *
     * @throws IllegalArgumentException if the number of labels isn't that of the columns, there is only one column, or a value is NaN
     */
    public static <T> List<T> onecold(INDArray predictions, List<T> labels) {
        Objects.requireNonNull(labels, "labels is null");
        requireColumns(predictions);
        requireLabels(labels, Tensors.shape(predictions), predictions.columns());
        return Arrays.stream(onecold(predictions)).mapToObj(labels::get).toList();
    }

    /**
     * Returns the column, from 0, of each row's largest value, the first if several are equal.
     *
     * @throws IllegalArgumentException if there is only one column, or a value is NaN
     */
    public static int[] onecold(INDArray predictions) {
        requireColumns(predictions);
        double[] values = Tensors.toDoubles(predictions);
        int columns = predictions.columns();
        return IntStream.range(0, predictions.rows())
                .map(row -> largest(values, row, columns))
                .toArray();
    }

    /** Returns the label of the largest value; see {@link #onecold(INDArray, List)}. */
    public static <T> T onecold(double[] predictions, List<T> labels) {
        Objects.requireNonNull(labels, "labels is null");
        int largest = onecold(predictions);
        requireLabels(labels, "[" + predictions.length + "]", predictions.length);
        return labels.get(largest);
    }

    /** Returns the index, from 0, of the largest value; see {@link #onecold(INDArray)}. */
    public static int onecold(double[] predictions) {
        if (Objects.requireNonNull(predictions, "predictions is null").length == 0) {
            throw new IllegalArgumentException("predictions has no elements, so none is the largest");
        }
        requireSeveral(predictions.length, "[1]", "predictions[0] > 0.5");
        return largest(predictions, 0, predictions.length);
    }

    /**
     * Returns the share of rows where predictions and targets have their largest value in the same column.
     *
     * @throws IllegalArgumentException if the shapes differ, there is only one column, or a value is NaN
     */
    public static double accuracy(INDArray predictions, INDArray targets) {
        Objects.requireNonNull(targets, "targets is null");
        int[] predicted = onecold(predictions);
        Tensors.requireMatrix(targets, "targets");
        if (!Arrays.equals(predictions.shape(), targets.shape())) {
            throw new IllegalArgumentException("predictions and targets must have the same shape, but are "
                    + Tensors.shape(predictions) + " and " + Tensors.shape(targets));
        }
        int[] actual = onecold(targets);
        return IntStream.range(0, actual.length)
                        .filter(row -> predicted[row] == actual[row])
                        .count()
                / (double) actual.length;
    }

    private static void requireColumns(INDArray predictions) {
        Tensors.requireMatrix(predictions, "predictions");
        requireSeveral(predictions.columns(), Tensors.shape(predictions), "predictions.gt(0.5)");
    }

    /** With one column the largest value is always the first, which would put all examples silently into the first class. */
    private static void requireSeveral(int columns, String shape, String threshold) {
        if (columns == 1) {
            throw new IllegalArgumentException(
                    "onecold needs one column per class, but predictions has one column (shape "
                            + shape + "). For two classes in one output use a threshold: " + threshold
                            + " for probabilities, > 0 for logits");
        }
    }

    private static int largest(double[] values, int row, int columns) {
        int largest = 0;
        for (int column = 0; column < columns; column++) {
            double value = values[row * columns + column];
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException(
                        "row " + row + ", column " + column
                                + " of the predictions is NaN, so it has no largest value; look for a NaN in the features or a diverged model");
            }
            largest = value > values[row * columns + largest] ? column : largest;
        }
        return largest;
    }

    private static Map<Object, Integer> indices(List<?> labels) {
        Objects.requireNonNull(labels, "labels is null");
        Map<Object, Integer> indices = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            indices.putIfAbsent(labels.get(i), i);
        }
        return indices;
    }

    private static INDArray rows(int[] indices, int labels) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("there are no values to encode; pass at least one");
        }
        double[] elements = new double[Math.multiplyExact(indices.length, labels)];
        for (int row = 0; row < indices.length; row++) {
            elements[row * labels + indices[row]] = 1;
        }
        return Tensors.of(DataType.FLOAT, elements, indices.length, labels);
    }

    private static void requireKnown(Object value, String what, Map<Object, Integer> indices, List<?> labels) {
        if (!indices.containsKey(value)) {
            throw new IllegalArgumentException(
                    what + ", " + value + ofOtherType(value, labels) + ", is not among the labels " + shown(labels)
                            + "; add it, or pass a default that is: onehotbatch(values, labels, otherwise)");
        }
    }

    /** A long 3 does not equal an int 3, though they look alike. */
    private static String ofOtherType(Object value, List<?> labels) {
        return labels.stream()
                .filter(label ->
                        value != null && label != null && label.toString().equals(value.toString()))
                .findFirst()
                .map(label -> " (" + value.getClass().getName() + ", not "
                        + label.getClass().getName() + ")")
                .orElse("");
    }

    private static String shown(List<?> labels) {
        return labels.size() <= SHOWN
                ? labels.toString()
                : labels.subList(0, SHOWN) + " and " + (labels.size() - SHOWN) + " more";
    }

    private static void requireLabels(List<?> labels, String shape, int columns) {
        if (Objects.requireNonNull(labels, "labels is null").size() != columns) {
            throw new IllegalArgumentException("onecold needs a label for each column, but there are " + labels.size()
                    + " labels and predictions has shape " + shape);
        }
    }
}
