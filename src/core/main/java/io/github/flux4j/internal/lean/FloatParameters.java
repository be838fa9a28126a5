package io.github.flux4j.internal.lean;

import io.github.flux4j.internal.arrays.FloatMemory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A flat vector, parameters or gradient, for Java and for BLAS. */
final class FloatParameters {

    private final INDArray array;
    private final FloatMemory memory;
    private final FloatPointer pointer;

    FloatParameters(INDArray array) {
        this.array = array;
        this.memory = FloatMemory.of(array);
        this.pointer = new FloatPointer(array.data().pointer()).getPointer(array.offset());
    }

    boolean isOf(INDArray other) {
        return array == other;
    }

    INDArray array() {
        return array;
    }

    FloatMemory memory() {
        return memory;
    }

    FloatPointer pointer() {
        return pointer;
    }

    /** The elements from {@code offset} on. */
    FloatPointer from(int offset) {
        return pointer.getPointer(offset);
    }
}
