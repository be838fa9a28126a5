package io.github.flux4j.internal.data;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** NNlib's {@code dropout} and {@code logsumexp} for arrays, computed in Float64. Thread-safe. */
public final class ArrayFunctions {

    private ArrayFunctions() {}

    /**
     * Sets each number of a copy to 0 with probability p and multiplies the others by 1/(1 − p).
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public static INDArray dropout(INDArray x, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p is a probability, from 0 to 1, but was " + p);
        }
        double[] values = Tensors.toDoubles(Objects.requireNonNull(x, "array is null"));
        SplitMix random = Randomness.next();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < p ? 0 : values[i] / (1 - p);
        }
        return of(x, values, x.shape());
    }

    /** Computes log Σ exp(xᵢ) over all numbers. */
    public static double logsumexp(INDArray x) {
        double[] values = Tensors.toDoubles(Objects.requireNonNull(x, "array is null"));
        return logsumexp(values, 0, 1, values.length);
    }

    /**
     * Computes log Σ exp(xᵢ) of each column, {@code [1, columns]}, or of each row, {@code [rows, 1]}.
     *
     * @param dimension 0 to reduce each column over its rows, 1 each row over its columns
     * @throws IllegalArgumentException if the array is empty or not a matrix, or dimension is neither
     */
    public static INDArray logsumexp(INDArray x, int dimension) {
        Tensors.requireMatrix(x, "array");
        Normalisation.requireDimension(dimension);
        double[] values = Tensors.toDoubles(x);
        int rows = x.rows();
        int columns = x.columns();
        double[] results = new double[dimension == 0 ? columns : rows];
        for (int i = 0; i < results.length; i++) {
            results[i] =
                    dimension == 0 ? logsumexp(values, i, columns, rows) : logsumexp(values, i * columns, 1, columns);
        }
        return dimension == 0 ? of(x, results, 1, columns) : of(x, results, rows, 1);
    }

    private static double logsumexp(double[] values, int from, int stride, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < count; k++) {
            max = Math.max(max, values[from + k * stride]);
        }
        if (!Double.isFinite(max)) {
            return max;
        }
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.exp(values[from + k * stride] - max);
        }
        return max + Math.log(sum);
    }

    private static INDArray of(INDArray x, double[] values, long... shape) {
        return Tensors.of(x.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT, values, shape);
    }
}
