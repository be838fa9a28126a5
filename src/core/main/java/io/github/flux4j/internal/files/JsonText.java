package io.github.flux4j.internal.files;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes JSON that {@link Json} reads. Thread-safe. */
public final class JsonText {

    /** From here on a double can't hold every whole number. */
    private static final double WHOLE = 1L << 53;

    private JsonText() {}

    /**
     * Writes maps, lists, texts, numbers and flags.
     *
     * @throws IllegalArgumentException for anything else, for a number that is not finite (write it as text) or a whole one that a double can't hold, for text
     *     that isn't Unicode, and for more than 16 levels
     */
    public static String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setStrictness(Strictness.STRICT);
            write(Objects.requireNonNull(object, "object is null"), 0, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a string
        }
        return text.toString();
    }

    private static void write(Object value, int depth, JsonWriter out) throws IOException {
        if (value instanceof Map<?, ?> object) {
            writeObject(object, deeper(depth), out);
        } else if (value instanceof List<?> list) {
            writeList(list, deeper(depth), out);
        } else if (value instanceof String text) {
            out.value(unicode(text));
        } else if (value instanceof Boolean flag) {
            out.value(flag);
        } else if (value instanceof Number number) {
            write(number, out);
        } else {
            throw new IllegalArgumentException("JSON holds texts, numbers, flags, lists and maps, but this is "
                    + (value == null ? "null" : "a " + value.getClass().getName()));
        }
    }

    private static int deeper(int depth) {
        if (depth == Json.NESTING) {
            throw new IllegalArgumentException(
                    "a model file nests at most " + Json.NESTING + " objects and lists; nest fewer chains");
        }
        return depth + 1;
    }

    private static void writeObject(Map<?, ?> object, int depth, JsonWriter out) throws IOException {
        out.beginObject();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            out.name(unicode((String) entry.getKey()));
            write(entry.getValue(), depth, out);
        }
        out.endObject();
    }

    private static void writeList(List<?> list, int depth, JsonWriter out) throws IOException {
        out.beginArray();
        for (Object value : list) {
            write(value, depth, out);
        }
        out.endArray();
    }

    private static void write(Number number, JsonWriter out) throws IOException {
        double value = number.doubleValue();
        if (!Double.isFinite(value) || number instanceof Long && Math.abs(value) > WHOLE) {
            throw new IllegalArgumentException("JSON can't hold the number " + number + "; write it as text");
        }
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < WHOLE && !isNegativeZero(value);
        if (isWhole) {
            out.value((long) value);
        } else {
            out.value(value);
        }
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && 1 / value < 0;
    }

    static String unicode(String text) {
        if (!Json.isUnicode(text)) {
            throw new IllegalArgumentException(
                    "text must be Unicode, but " + ModelFileException.shown(text) + " has an unpaired surrogate");
        }
        return text;
    }
}
