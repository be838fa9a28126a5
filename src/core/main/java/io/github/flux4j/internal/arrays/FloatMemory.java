package io.github.flux4j.internal.arrays;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array's native memory as Java sees it, for reading and writing in strips. Bulk copies to a heap array of {@link #STRIP} elements stay in the first-level
 * cache, and the JIT vectorises loops over heap arrays, but not over native memory.
 */
public final class FloatMemory {

    /** The number of elements in a strip, 4 or 8 KB. */
    public static final int STRIP = 1024;

    /** The most elements that an array can have: Java sees 2³¹ − 1 bytes at once. */
    public static final int MOST = Integer.MAX_VALUE / Float.BYTES;

    /** The number of elements up to which a loop is faster than a bulk copy, which waits for elements written one by one just before. */
    private static final int FEW = 8;

    private final FloatBuffer elements;

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // keeps the native memory alive as long as the view of it
    private final INDArray array;

    private FloatMemory(INDArray array, FloatBuffer elements) {
        this.array = array;
        this.elements = elements;
    }

    /**
     * The memory of a dense array of this element type, shared.
     *
     * @throws IllegalArgumentException if its memory has more than {@link #MOST} elements
     * @throws IllegalStateException if it was closed, or belongs to a workspace that was closed
     */
    public static FloatMemory of(INDArray array) {
        return of(array, (int) array.length());
    }

    private static FloatMemory of(INDArray array, int span) {
        Lifetime.require(array, "the numbers");
        if (array.data().underlyingLength() > MOST) {
            throw new IllegalArgumentException("an array of shape " + Arrays.toString(array.shape())
                    + " lies in memory of "
                    + array.data().underlyingLength() + " elements, but flux4j computes with " + array.dataType()
                    + " arrays of at most " + MOST
                    + " elements; use fewer rows");
        }
        ByteBuffer bytes = array.data().asNio().order(ByteOrder.nativeOrder());
        return new FloatMemory(array, bytes.asFloatBuffer().slice((int) array.offset(), span));
    }

    /** The index of the first element that is NaN or not below {@code limit} in size; −1 if there is none. */
    public int firstNotBelow(double limit) {
        float[] strip = new float[Math.min(STRIP, length())];
        for (int at = 0; at < length(); at += STRIP) {
            int n = Math.min(STRIP, length() - at);
            read(at, strip, n);
            int found = firstNotBelow(limit, strip, n);
            if (found >= 0) {
                return at + found;
            }
        }
        return -1;
    }

    /** The same check for {@code count} values of a Java array. */
    public static int firstNotBelow(double limit, float[] values, int count) {
        float bound = (float) limit;
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(values[i]) < bound)) {
                return i;
            }
        }
        return -1;
    }

    /** The same check for a matrix with gaps between elements, counted row by row. */
    public static int firstNotBelow(double limit, INDArray matrix) {
        float bound = (float) limit;
        int down = (int) matrix.stride(0);
        int across = (int) matrix.stride(1);
        FloatMemory memory = of(matrix, (matrix.rows() - 1) * down + (matrix.columns() - 1) * across + 1);
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                if (!(Math.abs(memory.get(i * down + j * across)) < bound)) {
                    return i * matrix.columns() + j;
                }
            }
        }
        return -1;
    }

    /** {@code count} elements of this memory, shared. */
    public FloatMemory slice(int from, int count) {
        return new FloatMemory(array, elements.slice(from, count));
    }

    public int length() {
        return elements.capacity();
    }

    public void read(int from, float[] to, int count) {
        if (count > FEW) {
            elements.get(from, to, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[i] = elements.get(from + i);
        }
    }

    public void write(int at, float[] from, int count) {
        write(at, from, 0, count);
    }

    /** Copies {@code count} elements of other memory. */
    public void copy(int at, FloatMemory other, int from, int count) {
        elements.put(at, other.elements, from, count);
    }

    /** Writes {@code count} elements of an array, from {@code first} on. */
    public void write(int at, float[] from, int first, int count) {
        if (count > FEW) {
            elements.put(at, from, first, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            elements.put(at + i, from[first + i]);
        }
    }

    /** Element {@code i}; for a few elements, where copying strips costs more than it saves. */
    public float get(int i) {
        return elements.get(i);
    }

    /** Sets element {@code i}. */
    public void put(int i, float value) {
        elements.put(i, value);
    }

    /** All elements, in order. */
    public double[] toDoubles() {
        double[] values = new double[length()];
        float[] strip = new float[Math.min(STRIP, values.length)];
        for (int at = 0; at < values.length; at += STRIP) {
            int n = Math.min(STRIP, values.length - at);
            read(at, strip, n);
            for (int i = 0; i < n; i++) {
                values[at + i] = strip[i];
            }
        }
        return values;
    }

    /** Overwrites the first {@code values.length} elements. */
    public void setAll(double[] values) {
        float[] strip = new float[Math.min(STRIP, values.length)];
        for (int at = 0; at < values.length; at += STRIP) {
            int n = Math.min(STRIP, values.length - at);
            for (int i = 0; i < n; i++) {
                strip[i] = (float) values[at + i];
            }
            write(at, strip, n);
        }
    }
}
