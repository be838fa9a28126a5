package io.github.flux4j.io.dl4j;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Numbers as ND4J's {@code Nd4j.write} stores a vector, {@code coefficients.bin}: the shape's numbers as a buffer of longs, then the values.
 * A buffer: a word for how it was allocated, its length, its type, its values, highest byte first.
 */
final class Coefficients {

    private static final String ALLOCATION = "MIXED_DATA_TYPES";
    private static final int RANK_1 = 6;
    private static final int RANK_2 = 8;
    private static final int LONGEST_WORD = 64;

    /** How ND4J marks a shape of each type among its flags. */
    private static final long FLOAT_FLAG = 0x2000;

    private static final long DOUBLE_FLAG = 0x4000;

    private Coefficients() {}

    static void write(double[] numbers, DataType type, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        header(RANK_1, "LONG", out);
        long flag = type == DataType.DOUBLE ? DOUBLE_FLAG : FLOAT_FLAG;
        for (long number : new long[] {1, numbers.length, 1, flag, 1, 'c'}) {
            out.writeLong(number);
        }
        header(numbers.length, type.name(), out);
        for (double number : numbers) {
            if (type == DataType.DOUBLE) {
                out.writeDouble(number);
            } else {
                out.writeFloat((float) number);
            }
        }
        out.flush();
    }

    private static void header(long length, String type, DataOutputStream out) throws IOException {
        out.writeUTF(ALLOCATION);
        out.writeLong(length);
        out.writeUTF(type);
    }

    /** As many finite numbers as the layers have, or an error; room is made as they come. */
    static double[] read(InputStream stream, int count) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        long shapes = header(in, "LONG");
        if (shapes != RANK_1 && shapes != RANK_2) {
            throw Fields.refused("the shape of one vector", shapes + " numbers of a shape");
        }
        for (int i = 0; i < shapes; i++) {
            in.readLong();
        }
        DataType type = type(in, count);
        double[] numbers = new double[Math.min(count, 1 << 16)];
        for (int i = 0; i < count; i++) {
            numbers = i < numbers.length ? numbers : Arrays.copyOf(numbers, (int) Math.min(count, 2L * i));
            numbers[i] = type == DataType.DOUBLE ? in.readDouble() : in.readFloat();
            if (!Double.isFinite(numbers[i])) {
                throw Fields.refused("finite parameters", numbers[i] + " at place " + i);
            }
        }
        if (in.read() >= 0) {
            throw Fields.refused("the end after " + count + " parameters", "more");
        }
        return numbers;
    }

    private static long header(DataInputStream in, String type) throws IOException {
        word(in, ALLOCATION);
        long length = in.readLong();
        word(in, type);
        return length;
    }

    private static DataType type(DataInputStream in, int count) throws IOException {
        word(in, ALLOCATION);
        long length = in.readLong();
        if (length != count) {
            throw Fields.refused("the " + count + " parameters of the configuration's layers", length + " parameters");
        }
        String type = word(in);
        if (!type.equals("FLOAT") && !type.equals("DOUBLE")) {
            throw Fields.refused("parameters of type FLOAT or DOUBLE", type);
        }
        return DataType.valueOf(type);
    }

    private static void word(DataInputStream in, String expected) throws IOException {
        String word = word(in);
        if (!word.equals(expected)) {
            throw Fields.refused(expected + " as Deeplearning4j 1.0.0 writes", word);
        }
    }

    private static String word(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > LONGEST_WORD) {
            throw Fields.refused("a word of at most " + LONGEST_WORD + " bytes", length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
}
