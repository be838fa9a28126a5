package io.github.flux4j.data;

import io.github.flux4j.arrays.DoubleMemory;
import io.github.flux4j.arrays.FloatMemory;
import io.github.flux4j.arrays.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of a matrix, one an example. */
final class Rows {

    private Rows() {}

    /** The rows with these numbers, in this order, as a new array of the same data type. */
    static INDArray gather(INDArray array, int... rows) {
        INDArray source = Tensors.rowMajor(array);
        INDArray gathered = Tensors.uninitialised(source.dataType(), rows.length, source.columns());
        switch (source.dataType()) {
            case FLOAT -> copy(FloatMemory.of(source), FloatMemory.of(gathered), rows, source.columns());
            case DOUBLE -> copy(DoubleMemory.of(source), DoubleMemory.of(gathered), rows, source.columns());
            default -> Nd4j.pullRows(source, gathered, 1, rows);
        }
        Tensors.close(source, array);
        return gathered;
    }

    private static void copy(FloatMemory from, FloatMemory to, int[] rows, int columns) {
        for (int i = 0; i < rows.length; i++) {
            to.copy(i * columns, from, rows[i] * columns, columns);
        }
    }

    private static void copy(DoubleMemory from, DoubleMemory to, int[] rows, int columns) {
        for (int i = 0; i < rows.length; i++) {
            to.copy(i * columns, from, rows[i] * columns, columns);
        }
    }
}
