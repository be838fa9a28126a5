package io.github.flux4j.internal.arrays;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses numbers that are NaN, infinite, or infinite in a model's type; checks them in place, without a copy. */
public final class Finiteness {

    /** The least number that rounds to infinity in Float32. */
    private static final double BEYOND_FLOAT32 = 0x1.ffffffp127;

    private Finiteness() {}

    /**
     * Throws unless every element is finite.
     *
     * @param type in which they must be finite, FLOAT or DOUBLE
     * @param what the name of the array in the message
     * @param remedy the end of the message
     * @throws IllegalArgumentException with row, column and value of the first that isn't
     */
    public static void require(INDArray array, DataType type, String what, String remedy) {
        if (!array.dataType().isFPType()) {
            return;
        }
        boolean isDouble = array.dataType() == DataType.DOUBLE;
        INDArray readable =
                isReadable(array) ? array : Tensors.rowMajor(array, isDouble ? DataType.DOUBLE : DataType.FLOAT);
        int i = first(readable, limit(type));
        if (i >= 0) {
            int columns = array.rank() == 2 ? array.columns() : (int) array.length();
            boolean byColumn = Tensors.isColumnMajor(readable);
            int row = byColumn ? i % array.rows() : i / columns;
            int column = byColumn ? i / array.rows() : i % columns;
            double value = array.rank() == 2 ? array.getDouble(row, column) : array.getDouble(i);
            throw refusal(what, row, column, value, remedy);
        }
    }

    private static boolean isReadable(INDArray array) {
        return (array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE)
                && (array.rank() == 2 || Tensors.isRowMajor(array));
    }

    private static int first(INDArray array, double limit) {
        boolean isDense = Tensors.isRowMajor(array) || Tensors.isColumnMajor(array);
        if (array.dataType() == DataType.DOUBLE) {
            return isDense ? DoubleMemory.of(array).firstNotBelow(limit) : DoubleMemory.firstNotBelow(limit, array);
        }
        return isDense ? FloatMemory.of(array).firstNotBelow(limit) : FloatMemory.firstNotBelow(limit, array);
    }

    /** Checks rows of {@code columns} elements, one after another; see {@link #require(INDArray, DataType, String, String)}. */
    public static void require(double[] elements, int columns, DataType type, String what, String remedy) {
        int i = DoubleMemory.firstNotBelow(limit(type), elements, elements.length);
        if (i >= 0) {
            throw refusal(what, i / columns, i % columns, elements[i], remedy);
        }
    }

    /** Checks Float32 rows; see {@link #require(double[], int, DataType, String, String)}. */
    public static void require(float[] elements, int columns, String what, String remedy) {
        int i = FloatMemory.firstNotBelow(Double.POSITIVE_INFINITY, elements, elements.length);
        if (i >= 0) {
            throw refusal(what, i / columns, i % columns, elements[i], remedy);
        }
    }

    private static double limit(DataType type) {
        return type == DataType.FLOAT ? BEYOND_FLOAT32 : Double.POSITIVE_INFINITY;
    }

    private static IllegalArgumentException refusal(String what, int row, int column, double value, String remedy) {
        String place = what + " must be finite, but row " + row + ", column " + column + " is " + value;
        return new IllegalArgumentException(
                Double.isFinite(value)
                        ? place + ", too large for Float32. Scale it down, or compute in Float64: f64(model)"
                        : place + ". " + remedy);
    }
}
