package io.github.flux4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of a matrix, one an example. */
final class Rows {

    private Rows() {}

    /** The rows with these numbers, in this order, as a new array of the same data type. */
    static INDArray gather(INDArray array, int... rows) {
        return Nd4j.pullRows(array, 1, rows, 'c');
    }
}
