package io.github.flux4j.spark;

import io.github.flux4j.internal.arrays.DoubleMemory;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers in a model's type, Float32 or Float64, as Spark keeps and sends them: an array of Java's, written as bytes at once. */
final class NumberArray implements Serializable {

    private static final long serialVersionUID = 1;

    private Object array; // of float or double

    /** Room for so many. */
    NumberArray(DataType type, int length) {
        array = type == DataType.DOUBLE ? new double[length] : new float[length];
    }

    /** A copy of a model's vector. */
    static NumberArray of(INDArray flat) {
        NumberArray numbers = new NumberArray(flat.dataType(), (int) flat.length());
        if (numbers.array instanceof double[] doubles) {
            DoubleMemory.of(flat).read(0, doubles, doubles.length);
        } else {
            FloatMemory.of(flat).read(0, (float[]) numbers.array, numbers.length());
        }
        return numbers;
    }

    int length() {
        return Array.getLength(array);
    }

    double get(int i) {
        return array instanceof double[] doubles ? doubles[i] : ((float[]) array)[i];
    }

    void put(int i, double value) {
        if (array instanceof double[] doubles) {
            doubles[i] = value;
        } else {
            ((float[]) array)[i] = (float) value;
        }
    }

    void copy(int at, NumberArray other, int from, int count) {
        System.arraycopy(other.array, from, array, at, count);
    }

    /** The first of them; itself if these are all. */
    NumberArray first(int count) {
        if (count == length()) {
            return this;
        }
        NumberArray first = new NumberArray(array instanceof double[] ? DataType.DOUBLE : DataType.FLOAT, count);
        first.copy(0, this, 0, count);
        return first;
    }

    /** A new native array. */
    INDArray matrix(int rows) {
        int columns = length() / rows;
        return array instanceof double[] doubles
                ? Tensors.of(DataType.DOUBLE, doubles, rows, columns)
                : Tensors.of((float[]) array, rows, columns);
    }

    /** Overwrites a vector of this type and length. */
    void into(INDArray flat) {
        if (array instanceof double[] doubles) {
            DoubleMemory.of(flat).write(0, doubles, doubles.length);
        } else {
            FloatMemory.of(flat).write(0, (float[]) array, length());
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(length(), array instanceof double[] ? Double.BYTES : Float.BYTES)];
        if (array instanceof double[] doubles) {
            ByteBuffer.wrap(bytes).asDoubleBuffer().put(doubles);
        } else {
            ByteBuffer.wrap(bytes).asFloatBuffer().put((float[]) array);
        }
        out.writeBoolean(array instanceof double[]);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        boolean isDouble = in.readBoolean();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        if (isDouble) {
            double[] doubles = new double[bytes.length / Double.BYTES];
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(doubles);
            array = doubles;
        } else {
            float[] floats = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(floats);
            array = floats;
        }
    }
}
