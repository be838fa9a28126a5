package io.github.flux4j.internal.format;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the numbers of a safetensors file: little-endian, row by row, without gaps. */
public final class SafeTensorsReader {

    /** A piece of a tensor, in bytes. */
    private static final int PIECE = 1 << 16;

    private SafeTensorsReader() {}

    /**
     * Reads what follows the header, by name.
     *
     * @param seen receives all bytes, piece by piece
     * @throws ModelFileException if a number has a type that can't be read, or is not finite
     */
    public static Map<String, Tensor> read(Source source, Header header, Consumer<ByteBuffer> seen) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : header.entries().keySet()) {
            requireReadable(name, header.entries().get(name));
            tensors.put(name, null); // in the header's order
        }
        for (String name : header.inOrder()) {
            Tensor tensor = tensor(source, header.entries().get(name), seen);
            if (tensor.firstNotFinite() >= 0) {
                throw new ModelFileException("numbers must be finite, but element " + tensor.firstNotFinite()
                        + " of tensor " + shown(name) + " is NaN or infinite; save a model that did not diverge");
            }
            tensors.put(name, tensor);
        }
        return Collections.unmodifiableMap(tensors);
    }

    private static void requireReadable(String name, Header.Entry entry) throws ModelFileException {
        if (entry.type() == null) {
            throw new ModelFileException("a tensor must be F32, F64 or I64, but " + shown(name) + " is "
                    + shown(entry.dtype()) + "; convert it where the file was written, in PyTorch with tensor.float()");
        }
    }

    private static Tensor tensor(Source source, Header.Entry entry, Consumer<ByteBuffer> seen) throws IOException {
        int length = entry.length();
        if (entry.type() == Tensor.Type.F32) {
            FloatBuffer numbers = FloatBuffer.allocate(length);
            read(source, entry, seen, bytes -> numbers.put(bytes.asFloatBuffer()));
            return Tensor.of(numbers.array(), entry.shape());
        }
        if (entry.type() == Tensor.Type.F64) {
            DoubleBuffer numbers = DoubleBuffer.allocate(length);
            read(source, entry, seen, bytes -> numbers.put(bytes.asDoubleBuffer()));
            return Tensor.of(numbers.array(), entry.shape());
        }
        LongBuffer numbers = LongBuffer.allocate(length);
        read(source, entry, seen, bytes -> numbers.put(bytes.asLongBuffer()));
        return Tensor.of(numbers.array(), entry.shape());
    }

    /** Little-endian, piece by piece. */
    private static void read(Source source, Header.Entry entry, Consumer<ByteBuffer> seen, Consumer<ByteBuffer> into)
            throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, entry.end() - entry.begin())];
        for (long at = entry.begin(); at < entry.end(); at += PIECE) {
            int count = (int) Math.min(PIECE, entry.end() - at);
            source.read(piece, count);
            seen.accept(ByteBuffer.wrap(piece, 0, count));
            into.accept(ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
