package io.github.flux4j.io.onnx;

import java.io.IOException;
import org.nd4j.shade.protobuf.Descriptors.Descriptor;
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor;
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor.JavaType;
import org.nd4j.shade.protobuf.WireFormat;

/**
 * Walks over the bytes of a protobuf message before protobuf does, and makes nothing: how many fields there are and how deep they lie is
 * known before room is made for them, and every length lies within the bytes.
 */
final class Wire {

    /** Messages in each other. */
    private static final int NESTING = 16;

    /** Fields of all messages, each of which may cost a hundred bytes of heap; numbers and text within a field don't count. */
    private static final int FIELDS = 200_000;

    private static final int PER_PACKED_NUMBER = 8;

    private final byte[] bytes;
    private int at;
    private long fields;

    private Wire(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Throws unless the bytes can be a message of this kind within the limits. */
    static void check(byte[] bytes, Descriptor message) throws IOException {
        new Wire(bytes).message(message, bytes.length, 0);
    }

    /** Throws if no message begins so, or there is nothing. */
    static void requireBeginning(byte... first) throws IOException {
        int wireType = first.length == 0 ? -1 : first[0] & 7;
        if (wireType != WireFormat.WIRETYPE_VARINT && wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED
                || first[0] >>> 3 == 0) {
            throw new IOException("it isn't an ONNX file: "
                    + (first.length == 0 ? "it is empty" : "no field of a model begins like byte 0"));
        }
    }

    private void message(Descriptor message, int end, int depth) throws IOException {
        if (depth > NESTING) {
            throw new IOException("more than " + NESTING + " messages are nested at byte " + at);
        }
        while (at < end) {
            long tag = varint(end);
            FieldDescriptor field = tag >>> 3 > Integer.MAX_VALUE ? null : message.findFieldByNumber((int) (tag >>> 3));
            count(1);
            field(field, (int) (tag & 7), end, depth);
        }
    }

    private void field(FieldDescriptor field, int wireType, int end, int depth) throws IOException {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> varint(end);
            case WireFormat.WIRETYPE_FIXED64 -> skip(8, end);
            case WireFormat.WIRETYPE_FIXED32 -> skip(4, end);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> delimited(field, varint(end), end, depth);
            default -> throw new IOException("no field begins as byte " + (at - 1) + " does");
        }
    }

    private void delimited(FieldDescriptor field, long length, int end, int depth) throws IOException {
        if (length < 0 || length > end - at) {
            throw cut();
        }
        int to = at + (int) length;
        if (field != null && field.getJavaType() == JavaType.MESSAGE) {
            message(field.getMessageType(), to, depth + 1);
        } else if (field != null && isPacked(field.getJavaType())) {
            count(length / PER_PACKED_NUMBER);
        }
        at = to;
    }

    /** A byte of such may become eight. */
    private static boolean isPacked(JavaType type) {
        return type == JavaType.INT || type == JavaType.LONG || type == JavaType.ENUM || type == JavaType.BOOLEAN;
    }

    private void count(long more) throws IOException {
        fields += more;
        if (fields > FIELDS) {
            throw new IOException("it has more than " + FIELDS + " fields, which no network of layers needs");
        }
    }

    private void skip(int length, int end) throws IOException {
        if (length > end - at) {
            throw cut();
        }
        at += length;
    }

    private long varint(int end) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw cut();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number at byte " + (at - 10) + " doesn't end");
    }

    private IOException cut() {
        return new IOException("it ends, or a part of it does, in the middle of a field at byte " + at);
    }
}
