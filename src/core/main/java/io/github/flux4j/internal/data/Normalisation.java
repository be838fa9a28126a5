package io.github.flux4j.internal.data;

import io.github.flux4j.internal.arrays.Tensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Flux's {@code normalise}: {@code (x − mean)/√(var + eps)}, with the uncorrected variance and eps 10⁻⁵. This is Flux's formula since 0.16.11; from 0.15 on
 * Flux divided by √(var + eps²), before that by √var + eps.
 *
 * <p>Each call computes mean and variance from its array, so test data normalised alone is on another scale than training data. Thread-safe.
 */
public final class Normalisation {

    private static final double EPS = 1e-5;

    private Normalisation() {}

    /** Normalises each column (feature) over all rows (examples), as Flux does over its last dimension. */
    public static INDArray normalise(INDArray array) {
        return normalise(array, 0);
    }

    /** {@link #normalise(INDArray, int, double)} with Flux's eps, 10⁻⁵. */
    public static INDArray normalise(INDArray array, int dimension) {
        return normalise(array, dimension, EPS);
    }

    /**
     * Normalises into a new array, Float64 if the given one is, else Float32.
     *
     * @param dimension 0 to normalise each column over its rows, 1 each row over its columns
     * @param eps added to the variance, so that a constant column becomes 0 and not NaN
     * @throws IllegalArgumentException if the array is empty, not a matrix or has a NaN or an infinity, if dimension is neither, or if eps is not finite or
     *     negative
     */
    public static INDArray normalise(INDArray array, int dimension, double eps) {
        Tensors.requireMatrix(array, "array");
        Tensors.requireFinite(array, "array", "Remove or fill such rows first");
        requireDimension(dimension);
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("eps must be finite and not negative, but was " + eps);
        }
        double[] values = Tensors.toDoubles(array);
        int columns = array.columns();
        for (int i = 0; i < array.size(1 - dimension); i++) {
            if (dimension == 0) {
                normalise(values, i, columns, array.rows(), eps);
            } else {
                normalise(values, i * columns, 1, columns, eps);
            }
        }
        return Tensors.of(
                array.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT, values, array.shape());
    }

    static void requireDimension(int dimension) {
        if (dimension != 0 && dimension != 1) {
            throw new IllegalArgumentException(
                    "dimension must be 0 (over the rows) or 1 (over the columns), but was " + dimension);
        }
    }

    private static void normalise(double[] values, int from, int stride, int count, double eps) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += values[from + k * stride];
        }
        double mean = sum / count;
        double squares = 0;
        for (int k = 0; k < count; k++) {
            squares += Math.pow(values[from + k * stride] - mean, 2);
        }
        double divisor = Math.sqrt(squares / count + eps);
        for (int k = 0; k < count; k++) {
            values[from + k * stride] = (values[from + k * stride] - mean) / divisor;
        }
    }
}
