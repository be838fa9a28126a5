package io.github.flux4j.internal.files;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.format.Source;
import io.github.flux4j.predict.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Writes safetensors files without gaps. Thread-safe. */
public final class SafeTensorsWriter {

    private static final int PIECE = 1 << 13; // numbers

    private SafeTensorsWriter() {}

    /**
     * Writes a file atomically; see {@link AtomicFile}.
     *
     * @throws IllegalArgumentException if something exceeds a file's limits, or a number is not finite
     */
    public static void write(SafeTensors content, Path file) throws IOException {
        byte[] header = header(content);
        Objects.requireNonNull(file, "file is null");
        AtomicFile.write(file, out -> write(header, content.tensors(), out));
    }

    /** Writes to a stream and leaves it open. */
    public static void write(SafeTensors content, OutputStream out) throws IOException {
        write(header(content), content.tensors(), out);
    }

    private static void write(byte[] header, Map<String, Tensor> tensors, OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        writeNumbers(tensors, out);
    }

    /** All tensors' numbers, in the file's order. */
    static void writeNumbers(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String name : inOrder(tensors)) {
            Tensor tensor = tensors.get(name);
            for (int at = 0; at < tensor.length(); at += PIECE) {
                int count = Math.min(PIECE, tensor.length() - at);
                put(tensor, at, count, buffer.clear());
                out.write(buffer.array(), 0, count * tensor.type().width());
            }
        }
    }

    private static void put(Tensor tensor, int at, int count, ByteBuffer buffer) {
        switch (tensor.type()) {
            case F32 -> buffer.asFloatBuffer().put(tensor.floats(), at, count);
            case F64 -> buffer.asDoubleBuffer().put(tensor.doubles(), at, count);
            case I64 -> buffer.asLongBuffer().put(tensor.longs(), at, count);
        }
    }

    /** Wide numbers first, so that every number's position is a multiple of its width. */
    private static List<String> inOrder(Map<String, Tensor> tensors) {
        return tensors.keySet().stream()
                .sorted(Comparator.comparingInt(
                        name -> -tensors.get(name).type().width()))
                .toList();
    }

    /** The header as JSON, padded with spaces to a multiple of eight bytes. */
    private static byte[] header(SafeTensors content) {
        requirePossible(content.metadata(), content.tensors());
        Map<String, Object> header = new LinkedHashMap<>();
        if (!content.metadata().isEmpty()) {
            header.put(Header.METADATA, content.metadata());
        }
        long end = putEntries(content.tensors(), header);
        byte[] json = JsonText.write(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        require(
                padded.length <= Header.MOST_BYTES && padded.length + end <= Source.MOST_BYTES - 8,
                "at most " + Source.MOST_BYTES + " bytes, the header at most " + Header.MOST_BYTES
                        + ", but these would be " + end + " and " + padded.length);
        return padded;
    }

    /** Adds the tensors' entries, and returns the size of all tensors in bytes. */
    private static long putEntries(Map<String, Tensor> tensors, Map<String, Object> header) {
        long at = 0;
        for (String name : inOrder(tensors)) {
            Tensor tensor = tensors.get(name);
            long end = at + (long) tensor.length() * tensor.type().width();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", IntStream.of(tensor.shape()).boxed().toList());
            entry.put("data_offsets", List.of(at, end));
            header.put(name, entry);
            at = end;
        }
        return at;
    }

    static void requirePossible(Map<String, String> metadata, Map<String, Tensor> tensors) {
        require(
                tensors.size() <= Header.MOST_TENSORS,
                "at most " + Header.MOST_TENSORS + " tensors, not " + tensors.size());
        require(
                metadata.size() <= Header.MOST_TEXTS,
                "at most " + Header.MOST_TEXTS + " texts, not " + metadata.size());
        tensors.forEach(SafeTensorsWriter::requirePossible);
    }

    private static void requirePossible(String name, Tensor tensor) {
        require(!JsonText.unicode(name).equals(Header.METADATA), "no tensor named " + name);
        require(
                tensor.shape().length <= Header.MOST_DIMENSIONS,
                "at most " + Header.MOST_DIMENSIONS + " dimensions, but " + shown(name) + " is " + tensor);
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
}
