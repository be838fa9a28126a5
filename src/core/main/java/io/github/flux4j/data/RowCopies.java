package io.github.flux4j.data;

import io.github.flux4j.internal.arrays.DoubleMemory;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Copies of a matrix's rows. */
final class RowCopies {

    private RowCopies() {}

    /** Copies the rows with these numbers, in this order, to a new array of the same data type. */
    static INDArray gather(INDArray array, int... rows) {
        INDArray source = Tensors.rowMajor(array);
        INDArray gathered = room(source, rows.length);
        copy(source, gathered, rows, 0, rows.length);
        Tensors.close(source, array);
        return gathered;
    }

    /** Makes an uninitialised array for {@code count} rows of this one. */
    static INDArray room(INDArray array, int count) {
        return Tensors.uninitialised(array.dataType(), count, array.columns());
    }

    /** Returns a view of rows {@code from} to {@code to} (exclusive). */
    static INDArray part(INDArray array, int from, int to) {
        return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    /** Copies {@code count} rows, numbered {@code rows[from]} and so on, to the first rows of another array. */
    static void copy(INDArray source, INDArray to, int[] rows, int from, int count) {
        int columns = source.columns();
        switch (source.dataType()) {
            case FLOAT -> copy(FloatMemory.of(source), FloatMemory.of(to), columns, rows, from, count);
            case DOUBLE -> copy(DoubleMemory.of(source), DoubleMemory.of(to), columns, rows, from, count);
            default -> Nd4j.pullRows(source, part(to, 0, count), 1, Arrays.copyOfRange(rows, from, from + count));
        }
    }

    private static void copy(FloatMemory source, FloatMemory to, int columns, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            to.copy(i * columns, source, rows[from + i] * columns, columns);
        }
    }

    private static void copy(DoubleMemory source, DoubleMemory to, int columns, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            to.copy(i * columns, source, rows[from + i] * columns, columns);
        }
    }
}
