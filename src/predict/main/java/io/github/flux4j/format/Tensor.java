package io.github.flux4j.format;

import java.util.Arrays;
import java.util.Objects;

/** Numbers of one type with a shape, row by row. It shares its arrays without copying them, so leave them unchanged; then it is thread-safe. */
public final class Tensor {

    /** The type of a number, by its name in safetensors. */
    public enum Type {
        /** {@code double}. */
        F64(8),
        /** {@code long}; only in other programs' files, such as PyTorch's {@code num_batches_tracked}. */
        I64(8),
        /** {@code float}. */
        F32(4);

        private final int width;

        Type(int width) {
            this.width = width;
        }

        /** Returns a number's size in bytes. */
        public int width() {
            return width;
        }
    }

    private final Type type;
    private final int[] shape;
    private final Object values;

    private Tensor(Type type, int[] shape, Object values, int length) {
        long expected = 1;
        for (int size : shape) {
            expected = Math.multiplyExact(expected, size);
        }
        if (expected != length || Arrays.stream(shape).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " has " + expected
                    + " numbers, but " + length + " were given");
        }
        this.type = type;
        this.shape = shape.clone();
        this.values = values;
    }

    /** Makes a Float32 tensor. */
    public static Tensor of(float[] values, int... shape) {
        return new Tensor(Type.F32, shape, Objects.requireNonNull(values, "values is null"), values.length);
    }

    /** Makes a Float64 tensor. */
    public static Tensor of(double[] values, int... shape) {
        return new Tensor(Type.F64, shape, Objects.requireNonNull(values, "values is null"), values.length);
    }

    /** Makes a tensor of whole numbers. */
    public static Tensor of(long[] values, int... shape) {
        return new Tensor(Type.I64, shape, Objects.requireNonNull(values, "values is null"), values.length);
    }

    /** Returns the type of its numbers. */
    public Type type() {
        return type;
    }

    /** Returns the size of each dimension; none for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the number of values. */
    public int length() {
        return type == Type.F32
                ? ((float[]) values).length
                : type == Type.F64 ? ((double[]) values).length : ((long[]) values).length;
    }

    /** Returns its own array if it is Float32, else its numbers, rounded. */
    public float[] floats() {
        return values instanceof float[] own ? own : copyTo(new float[length()]);
    }

    /** Returns its own array if it is Float64, else its numbers, converted. */
    public double[] doubles() {
        return values instanceof double[] own ? own : copyTo(new double[length()]);
    }

    /** Copies its numbers, rounded if they are wider, and returns the array. */
    float[] copyTo(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) number(i);
        }
        return numbers;
    }

    /** Copies its numbers and returns the array. */
    double[] copyTo(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i);
        }
        return numbers;
    }

    private double number(int i) {
        if (values instanceof float[] floats) {
            return floats[i];
        }
        return values instanceof double[] doubles ? doubles[i] : ((long[]) values)[i];
    }

    /** Returns its own array of whole numbers. */
    public long[] longs() {
        return (long[]) values;
    }

    /** Returns the index of the first number that is NaN or infinite, or −1. */
    public int firstNotFinite() {
        for (int i = 0; type != Type.I64 && i < length(); i++) {
            boolean isFinite =
                    type == Type.F32 ? Float.isFinite(((float[]) values)[i]) : Double.isFinite(((double[]) values)[i]);
            if (!isFinite) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
