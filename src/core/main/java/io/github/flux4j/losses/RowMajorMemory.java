package io.github.flux4j.losses;

import io.github.flux4j.internal.arrays.Tensors;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of a SameDiff session, given back at once. SameDiff's own keeps arrays and hands them out again in another order than they have,
 * where ND4J's new arrays are column-major ({@code -Dndarray.order=f}): the numbers are wrong then.
 */
final class RowMajorMemory extends AbstractMemoryMgr {

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        return Tensors.uninitialised(type, shape);
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor array) {
        return array.isEmpty() ? Nd4j.create(array) : Tensors.uninitialised(array.dataType(), array.getShape());
    }

    @Override
    public void release(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }

    @Override
    public void close() {}
}
