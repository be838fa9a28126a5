package io.github.flux4j.internal.lean;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory where BLAS sees a Java array's elements; grows, and is used again. */
final class FloatStaging {

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
        if (!staged) {
            fill(n);
            put(elements, 0, n);
        }
        return pointer;
    }

    /** Room for n elements, which are about to be {@link #put}. */
    void fill(int n) {
        room(n);
        staged = true;
    }

    /** Copies elements {@code from} to {@code to}, where there is room. */
    void put(float[] elements, int from, int to) {
        buffer.put(from, elements, from, to - from);
    }

    /** Where it is. */
    FloatPointer pointer() {
        return pointer;
    }

    /** Room for n elements, to be written. */
    FloatPointer room(int n) {
        if (capacity < n) {
            FloatPointer larger = new FloatPointer(n);
            buffer = larger.asBuffer();
            pointer = larger;
            capacity = n;
        }
        return pointer;
    }

    /** Makes {@code rows} copies of {@code columns} of a row's elements; what is there is doubled until it is enough. */
    void repeat(float[] row, int first, int columns, int at, int rows) {
        int n = rows * columns;
        buffer.put(at, row, first, columns);
        for (int done = columns; done < n; done *= 2) {
            buffer.put(at + done, buffer, at, Math.min(done, n - done));
        }
    }

    /** Copies elements {@code from} to {@code to} back. */
    void fetch(float[] into, int from, int to) {
        buffer.get(from, into, from, to - from);
    }

    /** Copies elements from {@code at} on back to elements {@code from} to {@code to}. */
    void fetch(int at, float[] into, int from, int to) {
        buffer.get(at, into, from, to - from);
    }

    /** Copies a block back, {@code width} columns that begin at element {@code at}, to column {@code column} and the next of a matrix. */
    void fetch(int at, int width, float[] matrix, int column, int columns, int rows) {
        if (width == columns) {
            buffer.get(at, matrix, 0, rows * columns);
            return;
        }
        for (int r = 0; r < rows; r++) {
            buffer.get(at + r * width, matrix, r * columns + column, width);
        }
    }
}
