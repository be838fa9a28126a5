package io.github.flux4j.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** A tensor's numbers as bytes, little-endian, piece by piece. */
final class Data {

    private static final int PIECE = 1 << 13; // numbers

    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE * 8).order(ByteOrder.LITTLE_ENDIAN);

    /** What takes bytes. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    static Sink into(OutputStream out) {
        return out::write;
    }

    static Sink into(MessageDigest digest) {
        return digest::update;
    }

    /** Reads a tensor and shows its bytes to a digest. */
    Tensor read(Source source, Header.Entry entry, MessageDigest digest) throws IOException {
        Object numbers = switch (entry.type()) {
            case F32 -> new float[entry.length()];
            case F64 -> new double[entry.length()];
            case I64 -> new long[entry.length()];
        };
        for (int at = 0; at < entry.length(); at += PIECE) {
            int count = Math.min(PIECE, entry.length() - at);
            source.read(buffer.array(), count * entry.type().width());
            digest.update(buffer.array(), 0, count * entry.type().width());
            get(entry.type(), numbers, at, count);
        }
        return tensor(entry, numbers);
    }

    private void get(Tensor.Type type, Object numbers, int at, int count) {
        buffer.clear();
        switch (type) {
            case F32 -> buffer.asFloatBuffer().get((float[]) numbers, at, count);
            case F64 -> buffer.asDoubleBuffer().get((double[]) numbers, at, count);
            case I64 -> buffer.asLongBuffer().get((long[]) numbers, at, count);
        }
    }

    private static Tensor tensor(Header.Entry entry, Object numbers) {
        return switch (entry.type()) {
            case F32 -> Tensor.of((float[]) numbers, entry.shape());
            case F64 -> Tensor.of((double[]) numbers, entry.shape());
            case I64 -> Tensor.of((long[]) numbers, entry.shape());
        };
    }

    /** Writes a tensor's numbers. */
    void write(Tensor tensor, Sink sink) throws IOException {
        for (int at = 0; at < tensor.length(); at += PIECE) {
            int count = Math.min(PIECE, tensor.length() - at);
            put(tensor, at, count);
            sink.write(buffer.array(), 0, count * tensor.type().width());
        }
    }

    private void put(Tensor tensor, int at, int count) {
        buffer.clear();
        switch (tensor.type()) {
            case F32 -> buffer.asFloatBuffer().put(tensor.floats(), at, count);
            case F64 -> buffer.asDoubleBuffer().put(tensor.doubles(), at, count);
            case I64 -> buffer.asLongBuffer().put(tensor.longs(), at, count);
        }
    }
}
