package io.github.flux4j.internal.format;

import static io.github.flux4j.format.ModelFileException.shown;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.flux4j.format.ModelFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the header of a safetensors file: a length in eight bytes, then JSON of that length. */
public final class HeaderReader {

    private static final int LENGTH = 8;
    private static final int SHORTEST = 2;

    /** A number of a file, without sign, fraction and exponent. */
    private static final String WHOLE = "0|[1-9]\\d{0,17}";

    /** The types of whole bytes, with the number of bits in the name: F32, BF16, I64, U8, C64, F8_E4M3 … */
    private static final String DTYPE = "(F|BF|I|U|C)(8|16|32|64|128)(_[A-Z0-9]{1,8})?";

    private final JsonReader in;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Header.Entry> entries = new LinkedHashMap<>();

    private HeaderReader(JsonReader in) {
        this.in = in;
    }

    /**
     * Reads the header, which must fit the source's size.
     *
     * @throws ModelFileException if it is no header, or the tensors don't fill exactly what follows it
     */
    public static Header read(Source source) throws IOException {
        int length = length(source);
        byte[] bytes = new byte[length];
        source.read(bytes, length);
        if (bytes[0] != '{') {
            throw other("the header doesn't begin with {");
        }
        Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
        HeaderReader reader = new HeaderReader(Json.reader(text, Json.NESTING));
        Header header = reader.header();
        requireFilled(header, source.size() - LENGTH - length);
        return header;
    }

    private static ModelFileException other(String what) {
        return new ModelFileException(
                "expected a safetensors file, but " + what + "; the file is of another kind or damaged");
    }

    private static int length(Source source) throws IOException {
        if (source.size() < LENGTH + SHORTEST) {
            throw other("there are only " + source.size() + " bytes");
        }
        byte[] first = new byte[LENGTH];
        source.read(first, LENGTH);
        long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < SHORTEST || length > Header.MOST_BYTES) {
            throw other("its first eight bytes claim a header of " + Long.toUnsignedString(length) + " bytes, where "
                    + SHORTEST + " to " + Header.MOST_BYTES + " are allowed");
        }
        if (length > source.size() - LENGTH) {
            throw new ModelFileException("expected a header of " + length + " bytes, but only "
                    + (source.size() - LENGTH) + " follow; the file was truncated, copy it again");
        }
        return (int) length;
    }

    private Header header() throws ModelFileException {
        try {
            readObject();
            in.peek(); // refuses what follows
            return new Header(metadata, entries);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw Json.invalid(in, e);
        }
    }

    private void readObject() throws IOException {
        in.beginObject();
        while (in.hasNext()) {
            String name = Json.whole(in.nextName());
            if (name.equals(Header.METADATA)) {
                metadata();
            } else {
                put(entries, name, entry(name), Header.MOST_TENSORS, "tensors");
            }
        }
        in.endObject();
    }

    private static <T> void put(Map<String, T> map, String key, T value, int most, String what)
            throws ModelFileException {
        if (map.putIfAbsent(key, value) != null) {
            throw Json.twice(key);
        }
        if (map.size() > most) {
            throw new ModelFileException("expected at most " + most + " " + what + ", but there are more");
        }
    }

    private void metadata() throws IOException {
        if (!metadata.isEmpty()) {
            throw Json.twice(Header.METADATA);
        }
        in.beginObject();
        while (in.hasNext()) {
            put(metadata, Json.whole(in.nextName()), text(), Header.MOST_TEXTS, "texts in " + Header.METADATA);
        }
        in.endObject();
    }

    private String text() throws IOException {
        if (in.peek() != JsonToken.STRING) {
            throw other("at " + shown(in.getPath()) + " there is no text");
        }
        return Json.whole(in.nextString());
    }

    private Header.Entry entry(String name) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        in.beginObject();
        while (in.hasNext()) {
            String key = in.nextName();
            if (key.equals("dtype") && type == null) {
                type = text();
            } else if (key.equals("shape") && shape == null) {
                shape = numbers(Header.MOST_DIMENSIONS);
            } else if (key.equals("data_offsets") && offsets == null) {
                offsets = numbers(2);
            } else {
                throw other("tensor " + shown(name) + " has an unexpected or second " + shown(key));
            }
        }
        in.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw other("tensor " + shown(name) + " lacks its dtype, shape or two data_offsets");
        }
        return entry(name, type, shape, offsets);
    }

    private List<Long> numbers(int most) throws IOException {
        List<Long> numbers = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            numbers.add(number());
            if (numbers.size() > most) {
                throw other("at " + shown(in.getPath()) + " there are more than " + most + " numbers");
            }
        }
        in.endArray();
        return numbers;
    }

    private long number() throws IOException {
        String text = in.peek() == JsonToken.NUMBER ? in.nextString() : "";
        if (!text.matches(WHOLE)) {
            throw other("at " + shown(in.getPath()) + " there is no whole number");
        }
        return Long.parseLong(text);
    }

    /** A number's size, which every type's name contains except BOOL. */
    private static int width(String name, String dtype) throws ModelFileException {
        if (dtype.equals("BOOL")) {
            return 1;
        }
        if (!dtype.matches(DTYPE)) {
            throw other("tensor " + shown(name) + " is of the unknown type " + shown(dtype));
        }
        return Integer.parseInt(dtype.replaceAll("^\\D+|_.*", "")) / Byte.SIZE;
    }

    private static Header.Entry entry(String name, String type, List<Long> shape, List<Long> offsets)
            throws ModelFileException {
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (end < begin || !isProduct(shape, width(name, type), end - begin)) {
            throw other("tensor " + shown(name) + ", " + type + shape + ", claims bytes " + begin + " to " + end
                    + ", which isn't its size");
        }
        return new Header.Entry(type, shape.stream().mapToInt(Math::toIntExact).toArray(), begin, end);
    }

    /** Also checks that every size is an int, so that an array can have the shape. */
    private static boolean isProduct(List<Long> shape, int width, long bytes) {
        long product = width;
        for (long size : shape) {
            if (size > Integer.MAX_VALUE || Math.multiplyHigh(product, size) != 0 || product * size < 0) {
                return false;
            }
            product *= size;
        }
        return product == bytes;
    }

    private static void requireFilled(Header header, long size) throws ModelFileException {
        long at = 0;
        for (String name : header.inOrder()) {
            Header.Entry entry = header.entries().get(name);
            if (entry.begin() != at) {
                throw other("tensor " + shown(name) + " begins at byte " + entry.begin() + ", but " + at
                        + " is the next free one");
            }
            at = entry.end();
        }
        if (at > size) {
            throw new ModelFileException("expected tensors of " + at + " bytes, but only " + size
                    + " follow the header; the file was truncated, copy it again");
        }
        if (at < size) {
            throw new ModelFileException("expected tensors of " + at + " bytes, but " + size
                    + " follow the header; something was appended to the file, copy it again");
        }
    }
}
