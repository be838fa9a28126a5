package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileException.shown;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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

    /**
     * To be written.
     *
     * @throws IllegalArgumentException if there is too much of something, or a number is not finite
     */
    public SafeTensors {
        metadata =
                Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(metadata, "metadata is null")));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(tensors, "tensors is null")));
        require(tensors.size() <= Limits.TENSORS, "at most " + Limits.TENSORS + " tensors, not " + tensors.size());
        require(metadata.size() <= Limits.METADATA, "at most " + Limits.METADATA + " texts, not " + metadata.size());
        tensors.forEach(SafeTensors::requirePossible);
        metadata.forEach((key, text) -> Json.unicode(Json.unicode(key) + text));
    }

    private static void requirePossible(String name, Tensor tensor) {
        require(!Json.unicode(name).equals(Header.METADATA), "no tensor named " + name);
        require(
                tensor.shape().length <= Limits.RANK,
                "at most " + Limits.RANK + " dimensions, but " + shown(name) + " is " + tensor);
        require(
                tensor.firstNotFinite() < 0,
                "finite numbers only, but element " + tensor.firstNotFinite() + " of " + shown(name)
                        + " is NaN or infinite; save a model that did not diverge");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("a safetensors file has " + what);
        }
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
            return tensors(source, HeaderReader.read(source), sha256());
        } catch (ModelFileException e) {
            throw e.in(source.name());
        }
    }

    /** What follows the header. */
    static SafeTensors tensors(Source source, Header header, MessageDigest digest) throws IOException {
        Data data = new Data();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries().keySet().forEach(name -> tensors.put(name, null));
        for (Map.Entry<String, Header.Entry> entry : header.entries().entrySet()) {
            requireReadable(entry.getKey(), entry.getValue());
        }
        for (String name : header.inOrder()) {
            Tensor tensor = data.read(source, header.entries().get(name), digest);
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

    /** Writes a file, which replaces what is there at once and whole; see {@link AtomicFile}. */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, this::write);
    }

    /** Writes to a stream, which stays open. */
    public void write(OutputStream out) throws IOException {
        Header header = Header.of(metadata, tensors);
        byte[] text = header.bytes();
        require(
                text.length <= Limits.HEADER && text.length + header.dataSize() <= Limits.FILE - 8,
                "at most " + Limits.FILE + " bytes, the header at most " + Limits.HEADER + ", but these would be "
                        + header.dataSize() + " and " + text.length);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        out.write(text);
        writeData(header, Data.into(out));
    }

    private void writeData(Header header, Data.Sink sink) throws IOException {
        Data data = new Data();
        for (String name : header.inOrder()) {
            data.write(tensors.get(name), sink);
        }
    }

    /** Shows the numbers to a digest as they are written. */
    void digest(MessageDigest digest) {
        try {
            writeData(Header.of(metadata, tensors), Data.into(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a digest
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
