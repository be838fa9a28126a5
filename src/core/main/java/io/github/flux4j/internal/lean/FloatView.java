package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Operand;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.ParallelLoop;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix as this engine sees it, or some of its rows. */
final class FloatView {

    private final int rows;
    private final int columns;
    private final boolean transposed;
    private final FloatMemory memory;
    private final FloatPointer pointer;
    private FloatView[] shares = {};

    private FloatView(int rows, int columns, boolean transposed, FloatMemory memory, FloatPointer pointer) {
        this.rows = rows;
        this.columns = columns;
        this.transposed = transposed;
        this.memory = memory;
        this.pointer = pointer;
    }

    static FloatView of(Operand operand) {
        return operand.view(FloatView.class, FloatView::of);
    }

    static FloatView of(INDArray array) {
        boolean transposed = Tensors.isColumnMajor(array);
        if (array.dataType() != FloatTape.TYPE || !transposed && !Tensors.isRowMajor(array)) {
            return new FloatView(array.rows(), array.columns(), false, null, null);
        }
        FloatPointer pointer = new FloatPointer(array.data().pointer()).getPointer(array.offset());
        return new FloatView(array.rows(), array.columns(), transposed, FloatMemory.of(array), pointer);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Whether it can be read where it lies: its elements are of the model's type and without gaps. */
    boolean isDense() {
        return memory != null;
    }

    /** Whether its elements lie column by column. */
    boolean isTransposed() {
        return transposed;
    }

    /** Its elements; null unless dense. */
    FloatMemory memory() {
        return memory;
    }

    /** Where they begin; null unless dense. */
    FloatPointer pointer() {
        return pointer;
    }

    /** Share {@code i} of n equal ones, of rows that are dense and not transposed. Made once, as long as n is the same. */
    FloatView share(int i, int n) {
        FloatView[] made = shares;
        if (made.length != n) {
            made = new FloatView[n];
            for (int k = 0; k < n; k++) {
                int first = ParallelLoop.start(rows, k, n);
                made[k] = part(first, ParallelLoop.start(rows, k + 1, n) - first);
            }
            shares = made;
        }
        return made[i];
    }

    /** Some rows of dense ones that are not transposed. */
    FloatView part(int first, int count) {
        int from = first * columns;
        return new FloatView(count, columns, false, memory.slice(from, count * columns), pointer.getPointer(from));
    }
}
