package io.github.flux4j.predict;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the numbers of a safetensors file: texts, and where which tensor lies.
 *
 * @param metadata the texts, in order
 * @param entries the tensors by name
 */
public record Header(Map<String, String> metadata, Map<String, Entry> entries) {

    static final String METADATA = "__metadata__";

    /**
     * A tensor's place, counted from behind the header.
     *
     * @param dtype safetensors' name of what its numbers are, also those that can't be read here, such as {@code BF16}
     * @param begin the first byte's
     * @param end that of the first byte behind it
     */
    public record Entry(String dtype, int[] shape, long begin, long end) {

        /** What can be read here, or null. */
        Tensor.Type type() {
            for (Tensor.Type known : Tensor.Type.values()) {
                if (known.name().equals(dtype)) {
                    return known;
                }
            }
            return null;
        }

        int length() {
            return (int) ((end - begin) / type().width());
        }

        boolean hasShape(int... other) {
            return Arrays.equals(shape, other);
        }

        @Override
        public String toString() {
            return dtype + Arrays.toString(shape);
        }
    }

    /**
     * Reads what stands before the numbers, and not the numbers.
     *
     * @throws ModelFileException if it is no safetensors file, or one that was cut
     */
    public static Header read(Path file) throws IOException {
        try (Source source = Source.of(file)) {
            return read(source);
        }
    }

    private static Header read(Source source) throws IOException {
        try {
            return HeaderReader.read(source);
        } catch (ModelFileException e) {
            throw e.in(source.name());
        }
    }

    /** One that lays out these tensors without gaps, those of wide numbers first, so that every number's place is a multiple of its width. */
    static Header of(Map<String, String> metadata, Map<String, Tensor> tensors) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        long at = 0;
        List<String> names = tensors.keySet().stream()
                .sorted(Comparator.comparingInt(
                        name -> -tensors.get(name).type().width()))
                .toList();
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            long end = at + (long) tensor.length() * tensor.type().width();
            entries.put(name, new Entry(tensor.type().name(), tensor.shape(), at, end));
            at = end;
        }
        return new Header(metadata, entries);
    }

    /** How many bytes follow the header. */
    long dataSize() {
        return entries.values().stream().mapToLong(Entry::end).max().orElse(0);
    }

    /** The names in the order in which the tensors lie in the file. */
    List<String> inOrder() {
        return entries.keySet().stream()
                .sorted(Comparator.<String>comparingLong(
                                name -> entries.get(name).begin())
                        .thenComparingLong(name -> entries.get(name).end()))
                .toList();
    }

    /** As JSON, padded with spaces to a multiple of eight bytes. */
    byte[] bytes() {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.beginObject();
            writeMetadata(out);
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                write(entry.getKey(), entry.getValue(), out);
            }
            out.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a string
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private void writeMetadata(JsonWriter out) throws IOException {
        if (!metadata.isEmpty()) {
            out.name(METADATA).beginObject();
            for (Map.Entry<String, String> text : metadata.entrySet()) {
                out.name(text.getKey()).value(text.getValue());
            }
            out.endObject();
        }
    }

    private static void write(String name, Entry entry, JsonWriter out) throws IOException {
        out.name(name).beginObject();
        out.name("dtype").value(entry.dtype);
        out.name("shape").beginArray();
        for (int size : entry.shape) {
            out.value(size);
        }
        out.endArray();
        out.name("data_offsets")
                .beginArray()
                .value(entry.begin)
                .value(entry.end)
                .endArray();
        out.endObject();
    }
}
