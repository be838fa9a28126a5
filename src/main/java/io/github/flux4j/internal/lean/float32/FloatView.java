package io.github.flux4j.internal.lean.float32;

import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.engine.float32.FloatMemory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix as this engine sees it.
 *
 * @param dense whether it can be read where it lies: its elements are of the model's type and without gaps; else the rest is null
 * @param transposed whether they lie column by column
 */
record FloatView(int rows, int columns, boolean dense, boolean transposed, FloatMemory memory, FloatPointer pointer) {

    static FloatView of(Operand operand) {
        return operand.view(FloatView.class, FloatView::of);
    }

    static FloatView of(INDArray array) {
        boolean transposed = Tensors.isColumnMajor(array);
        boolean dense = array.dataType() == FloatTape.TYPE && (transposed || Tensors.isRowMajor(array));
        return new FloatView(
                array.rows(),
                array.columns(),
                dense,
                transposed,
                dense ? FloatMemory.of(array) : null,
                dense ? new FloatPointer(array.data().pointer()).getPointer(array.offset()) : null);
    }
}
