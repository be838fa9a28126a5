package io.github.flux4j.engine;

import io.github.flux4j.internal.arrays.Lifetime;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array for repeated computation, with what an engine would otherwise find out each time: where its memory is and how it lies there. Not thread-safe. */
public final class Operand {

    private final INDArray array;
    private final DataBuffer memory;
    private final boolean isAttached;
    private final int rows;
    private final int columns;
    private Object view;

    /** Takes a matrix whose shape and memory stay; its elements may change. */
    public Operand(INDArray array) {
        this.array = array;
        this.memory = array.data();
        this.isAttached = array.isAttached();
        this.rows = array.rows();
        this.columns = array.columns();
    }

    public INDArray array() {
        return array;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Whether the array's memory was released, since it or its workspace was closed; asked at each use, so it costs next to nothing. */
    public boolean isOver() {
        return isAttached ? Lifetime.isOver(array) : memory.wasClosed();
    }

    /** Returns the engine's view of the array, kept until an engine with another type of view asks for its own. */
    public <T> T view(Class<T> type, Function<INDArray, T> make) {
        Object known = view;
        if (!type.isInstance(known)) {
            known = make.apply(array);
            view = known;
        }
        return type.cast(known);
    }
}
