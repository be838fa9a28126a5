package io.github.flux4j.internal.arrays;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Makes, reads and checks arrays, always with an explicit data type, so that ND4J's global default doesn't matter. */
public final class Tensors {

    private Tensors() {}

    /** Makes an array of zeros, row-major. */
    public static INDArray zeros(DataType type, long... shape) {
        return made(() -> Nd4j.create(type, shape, 'c'));
    }

    /** Makes a row-major array for the caller to fill. */
    public static INDArray uninitialised(DataType type, long... shape) {
        return made(() -> Nd4j.createUninitialized(type, shape, 'c'));
    }

    /** Makes a row-major array with these elements. */
    public static INDArray of(DataType type, double[] elements, long... shape) {
        INDArray array = uninitialised(type, shape);
        write(elements, array);
        return array;
    }

    /** Makes a row-major Float32 array with these elements. */
    public static INDArray of(float[] elements, long... shape) {
        INDArray array = uninitialised(DataType.FLOAT, shape);
        FloatMemory.of(array).write(0, elements, elements.length);
        return array;
    }

    /** Copies an array, row-major. */
    public static INDArray copy(INDArray array) {
        return made(() -> array.dup('c'));
    }

    /** Returns the array itself if it has this data type, else a converted copy. */
    public static INDArray ofType(INDArray array, DataType type) {
        return array.dataType() == type ? array : made(() -> array.castTo(type));
    }

    /** Makes an array outside of the caller's workspace, which would reuse memory that flux4j keeps, and counts its native memory. */
    @SuppressWarnings("try") // the scope is entered, not used
    public static INDArray made(Supplier<INDArray> maker) {
        Nd4jStart.require();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray array = maker.get();
            if (!array.isEmpty()) {
                NativeMemory.ARRAYS.add(
                        array.data(), array.length() * array.dataType().width());
            }
            return array;
        }
    }

    /**
     * Makes a matrix with these rows.
     *
     * @throws IllegalArgumentException if there is no value or the rows differ in length
     */
    public static INDArray ofRows(DataType type, double[][] rows) {
        int columns = requireRows(rows);
        double[] elements = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, elements, i * columns, columns);
        }
        return of(type, elements, rows.length, columns);
    }

    /** Makes a Float32 matrix; see {@link #ofRows(DataType, double[][])}. */
    public static INDArray ofRows(float[][] rows) {
        int columns = requireRows(rows);
        float[] elements = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, elements, i * columns, columns);
        }
        return of(elements, rows.length, columns);
    }

    /** Throws unless these arrays of numbers can be a matrix's rows; returns the number of columns. */
    private static int requireRows(Object[] rows) {
        for (int i = 0; i < Objects.requireNonNull(rows, "rows is null").length; i++) {
            Objects.requireNonNull(rows[i], "row " + i + " of rows is null");
        }
        if (rows.length == 0 || Array.getLength(rows[0]) == 0) {
            throw new IllegalArgumentException("rows(…) needs at least one row of at least one value");
        }
        int columns = Array.getLength(rows[0]);
        for (int i = 0; i < rows.length; i++) {
            int length = Array.getLength(rows[i]);
            if (length != columns) {
                throw new IllegalArgumentException("rows must have the same length, but row 0 has " + columns
                        + " values and row " + i + " has " + length + "; pad the shorter or cut the longer");
            }
        }
        if ((long) rows.length * columns > FloatMemory.MOST) {
            throw new IllegalArgumentException(rows.length + " rows of " + columns + " values are "
                    + (long) rows.length * columns + " numbers, but an array holds at most " + FloatMemory.MOST
                    + "; use fewer rows at a time");
        }
        return columns;
    }

    /** Overwrites the elements of a dense FLOAT or DOUBLE array. */
    public static void write(double[] elements, INDArray array) {
        if (array.dataType() == DataType.DOUBLE) {
            DoubleMemory.of(array).setAll(elements);
        } else {
            FloatMemory.of(array).setAll(elements);
        }
    }

    /** Copies a dense vector into another of the same type and length, without ND4J's assignment, which makes an operation each time. */
    public static void overwrite(INDArray vector, INDArray other) {
        if (vector.dataType() == DataType.FLOAT) {
            FloatMemory.of(vector).copy(0, FloatMemory.of(other), 0, (int) other.length());
        } else {
            DoubleMemory.of(vector).copy(0, DoubleMemory.of(other), 0, (int) other.length());
        }
    }

    /** Copies the elements of an array of any numeric type, row-major. */
    public static double[] toDoubles(INDArray array) {
        Lifetime.require(array, "the numbers");
        requireNumbers(array, "the array");
        if (array.isEmpty()) {
            throw new IllegalArgumentException("there is no value in the array (shape " + shape(array) + ")");
        }
        DataType type = array.dataType() == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        if (isColumnMajor(array) && array.dataType() == type) {
            return transposed(memory(array), array.rows(), array.columns());
        }
        INDArray readable = rowMajor(array, type);
        double[] elements = memory(readable);
        close(readable, array);
        return elements;
    }

    /** Copies the elements of a dense FLOAT or DOUBLE array in the order of its memory. */
    private static double[] memory(INDArray array) {
        return array.dataType() == DataType.DOUBLE
                ? DoubleMemory.of(array).toDoubles()
                : FloatMemory.of(array).toDoubles();
    }

    private static double[] transposed(double[] byColumn, int rows, int columns) {
        double[] byRow = new double[byColumn.length];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                byRow[row * columns + column] = byColumn[column * rows + row];
            }
        }
        return byRow;
    }

    /** Frees a copy at once that nobody else has; does nothing if it is the original. */
    public static void close(INDArray copy, INDArray original) {
        if (copy != original && copy.closeable()) {
            copy.close();
        }
    }

    /** Returns the array itself if it is row-major without gaps, else such a copy. */
    public static INDArray rowMajor(INDArray array) {
        return isRowMajor(array) ? array : copy(array);
    }

    /** Returns the array itself if it has this data type and is row-major without gaps, else such a copy. */
    public static INDArray rowMajor(INDArray array, DataType type) {
        return rowMajor(ofType(array, type));
    }

    /** Returns a view of elements {@code from} to {@code from + count} of a rank-1 array. */
    public static INDArray slice(INDArray vector, int from, int count) {
        return vector.get(NDArrayIndex.interval(from, from + count));
    }

    /** {@code [5, 1]}, for messages. */
    public static String shape(INDArray array) {
        return Arrays.toString(array.shape());
    }

    /** Whether it is a column-major matrix without gaps that isn't row-major as well. */
    public static boolean isColumnMajor(INDArray array) {
        return array.rank() == 2 && array.stride(0) == 1 && array.stride(1) == array.size(0) && !isRowMajor(array);
    }

    /** Whether it is row-major without gaps. */
    public static boolean isRowMajor(INDArray array) {
        long expected = 1;
        for (int d = array.rank() - 1; d >= 0; d--) {
            if (array.size(d) != 1 && array.stride(d) != expected) {
                return false;
            }
            expected *= array.size(d);
        }
        return true;
    }

    /**
     * Throws unless the array is open and a matrix of numbers with at least one element.
     *
     * @param what the name of the array in the message
     */
    public static void requireMatrix(INDArray array, String what) {
        Lifetime.require(Objects.requireNonNull(array, what + " is null"), what);
        if (array.isEmpty() || array.length() == 0) {
            throw new IllegalArgumentException(
                    "there is no value in " + what + " (shape " + shape(array) + "); pass at least one row");
        }
        requireNumbers(array, what);
        if (array.rank() != 2) {
            throw new IllegalArgumentException(
                    what + " must have shape [rows, columns], one example per row, but the shape is " + shape(array)
                            + ". " + matrixRemedy(array));
        }
    }

    /**
     * Throws if the array is text.
     *
     * @param what the name of the array in the message
     */
    public static void requireNumbers(INDArray array, String what) {
        if (!array.dataType().isNumerical() && array.dataType() != DataType.BOOL) {
            throw new IllegalArgumentException(what + " must be numbers, but the data type is " + array.dataType()
                    + "; convert text to numbers first");
        }
    }

    private static String matrixRemedy(INDArray array) {
        long length = array.length();
        if (array.rank() > 2) {
            long rows = array.size(0);
            return "To make a row of each example, use reshape(" + rows + ", " + length / rows + ")";
        }
        if (length == 1) {
            return "Use reshape(1, 1)";
        }
        return "For one example use reshape(1, " + length + "), for one value per example reshape(" + length + ", 1)";
    }

    /**
     * Throws unless every element is finite.
     *
     * @param what the name of the array in the message
     * @param remedy the end of the message
     */
    public static void requireFinite(INDArray array, String what, String remedy) {
        Finiteness.require(array, DataType.DOUBLE, what, remedy);
    }
}
