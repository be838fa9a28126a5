package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileException.shown;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A safetensors file of anyone's: named tensors of Float32, Float64 or whole numbers, and texts.
 *
 * <p>Layout: eight bytes with the header's length, the header as JSON padded with spaces, then the numbers, little-endian, row by row, without
 * gaps. Sizes are checked against the file's before room is made for them: 2 GiB, a header of 16 MiB, 4096 tensors of rank 8; every number
 * must be finite.
 *
 * @param metadata texts
 * @param tensors tensors by name
 */
public record SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

    /** A piece of a tensor, in bytes. */
    private static final int PIECE = 1 << 16;

    /** With copies of both maps. */
    public SafeTensors {
        metadata =
                Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(metadata, "metadata is null")));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(tensors, "tensors is null")));
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is no such file, or has what none may have
     */
    public static SafeTensors read(Path file) throws IOException {
        try (Source source = Source.of(file)) {
            return read(source);
        }
    }

    /** Reads a stream to its end; it is not closed. */
    public static SafeTensors read(InputStream stream) throws IOException {
        return read(Source.of(stream));
    }

    private static SafeTensors read(Source source) throws IOException {
        try {
            return tensors(source, HeaderReader.read(source), ModelFile.digest(""));
        } catch (ModelFileException e) {
            throw e.in(source.name());
        }
    }

    /** What follows the header. */
    static SafeTensors tensors(Source source, Header header, MessageDigest digest) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries().keySet().forEach(name -> tensors.put(name, null));
        for (Map.Entry<String, Header.Entry> entry : header.entries().entrySet()) {
            requireReadable(entry.getKey(), entry.getValue());
        }
        for (String name : header.inOrder()) {
            Tensor tensor = tensor(source, header.entries().get(name), digest);
            if (tensor.firstNotFinite() >= 0) {
                throw new ModelFileException("finite numbers were expected, but element " + tensor.firstNotFinite()
                        + " of tensor " + shown(name) + " is NaN or infinite; save a model that did not diverge");
            }
            tensors.put(name, tensor);
        }
        return new SafeTensors(header.metadata(), tensors);
    }

    private static void requireReadable(String name, Header.Entry entry) throws ModelFileException {
        if (entry.type() == null) {
            throw new ModelFileException("tensors of F32, F64 or I64 were expected, but " + shown(name) + " is "
                    + shown(entry.dtype()) + "; convert it where the file was written, in PyTorch with tensor.float()");
        }
    }

    private static Tensor tensor(Source source, Header.Entry entry, MessageDigest digest) throws IOException {
        int length = entry.length();
        if (entry.type() == Tensor.Type.F32) {
            FloatBuffer numbers = FloatBuffer.allocate(length);
            read(source, entry, digest, bytes -> numbers.put(bytes.asFloatBuffer()));
            return Tensor.of(numbers.array(), entry.shape());
        }
        if (entry.type() == Tensor.Type.F64) {
            DoubleBuffer numbers = DoubleBuffer.allocate(length);
            read(source, entry, digest, bytes -> numbers.put(bytes.asDoubleBuffer()));
            return Tensor.of(numbers.array(), entry.shape());
        }
        LongBuffer numbers = LongBuffer.allocate(length);
        read(source, entry, digest, bytes -> numbers.put(bytes.asLongBuffer()));
        return Tensor.of(numbers.array(), entry.shape());
    }

    /** Little-endian, piece by piece. */
    private static void read(Source source, Header.Entry entry, MessageDigest digest, Consumer<ByteBuffer> into)
            throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, entry.end() - entry.begin())];
        for (long at = entry.begin(); at < entry.end(); at += PIECE) {
            int count = (int) Math.min(PIECE, entry.end() - at);
            source.read(piece, count);
            digest.update(piece, 0, count);
            into.accept(ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
