package io.github.flux4j.internal.lean.float32;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory where BLAS sees a Java array's elements; grows, and is used again. */
final class FloatStage {

    private FloatPointer pointer;
    private FloatBuffer buffer;
    private int capacity;
    private boolean staged;

    /** What was staged is out of date. */
    void forget() {
        staged = false;
    }

    /** Stands for memory of somebody else, which has the elements already. */
    void borrow(FloatPointer memory) {
        pointer = memory;
        staged = true;
    }

    /** The first n elements, copied unless they have been since {@link #forget}. */
    FloatPointer stage(float[] elements, int n) {
        return staged ? pointer : restage(elements, n);
    }

    /** The first n elements, copied. */
    FloatPointer restage(float[] elements, int n) {
        room(n);
        buffer.put(0, elements, 0, n);
        staged = true;
        return pointer;
    }

    /** Room for n elements, to be written. */
    FloatPointer room(int n) {
        if (capacity < n) {
            pointer = new FloatPointer(n);
            buffer = pointer.asBuffer();
            capacity = n;
        }
        return pointer;
    }

    /** {@code rows} copies of {@code row}, one after another; what is there is doubled until it is enough. */
    FloatPointer repeat(float[] row, int columns, int rows) {
        int n = rows * columns;
        room(n);
        buffer.put(0, row, 0, columns);
        for (int done = columns; done < n; done *= 2) {
            buffer.put(done, buffer, 0, Math.min(done, n - done));
        }
        return pointer;
    }

    /** Copies the first n elements back. */
    void fetch(float[] into, int n) {
        buffer.get(0, into, 0, n);
    }
}
