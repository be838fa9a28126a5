package io.github.flux4j.predict;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * JSON as {@code Map}, {@code List}, {@code String}, {@code Double} and {@code Boolean}. Strict: a key stands once, there is no null, nothing
 * follows the value, and no more than 16 objects and lists lie within each other.
 */
public final class Json {

    /** Beyond it a double has no place for every whole number. */
    private static final double WHOLE = 1L << 53;

    private final JsonReader in;
    private int values;

    private Json(JsonReader in) {
        this.in = in;
    }

    /**
     * Reads an object.
     *
     * @return maps in the text's order, which can't be changed
     * @throws ModelFileException if it is no JSON, or no object
     */
    public static Map<String, Object> readObject(String text) throws ModelFileException {
        JsonReader in = reader(new StringReader(Objects.requireNonNull(text, "text is null")));
        return parse(in, () -> new Json(in).object());
    }

    /** A strict reader. */
    static JsonReader reader(Reader text) {
        JsonReader in = new JsonReader(text);
        in.setStrictness(Strictness.STRICT);
        in.setNestingLimit(Limits.NESTING);
        return in;
    }

    /** What reads. */
    interface Parser<T> {
        T parse() throws IOException;
    }

    /** The whole text, read. */
    static <T> T parse(JsonReader in, Parser<T> parser) throws ModelFileException {
        try {
            T value = parser.parse();
            in.peek(); // refuses what follows
            return value;
        } catch (ModelFileException e) {
            throw e;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new ModelFileException(
                    "valid JSON with at most " + Limits.NESTING + " levels was expected, but at "
                            + ModelFileException.shown(in.getPath())
                            + " it is not; copy the file again from where it was saved",
                    e);
        }
    }

    private Object value() throws IOException {
        if (++values > Limits.VALUES) {
            throw new ModelFileException(
                    "at most " + Limits.VALUES + " values of JSON were expected, but there are more");
        }
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> list();
            case STRING -> whole(in.nextString());
            case NUMBER -> in.nextDouble();
            case BOOLEAN -> in.nextBoolean();
            default ->
                throw new ModelFileException("a value was expected at " + ModelFileException.shown(in.getPath())
                        + ", but there is " + in.peek() + "; such JSON was not written by flux4j");
        };
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String key = whole(in.nextName());
            if (object.containsKey(key)) {
                throw twice(key);
            }
            object.put(key, value());
        }
        in.endObject();
        return Collections.unmodifiableMap(object);
    }

    /** Text that was read, which JSON's escapes can make of half a character, too. */
    static String whole(String text) throws ModelFileException {
        try {
            return unicode(text);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(e.getMessage() + "; such JSON was not written by flux4j");
        }
    }

    static ModelFileException twice(String key) {
        return new ModelFileException("every key was expected once, but " + ModelFileException.shown(key)
                + " stands twice; such a file was not written by flux4j");
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            list.add(value());
        }
        in.endArray();
        return Collections.unmodifiableList(list);
    }

    /**
     * Writes maps, lists, texts, numbers and flags.
     *
     * @throws IllegalArgumentException for anything else, for a number that is not finite (write it as text) or a whole one that a double
     *     can't hold, for text that is no Unicode, and for more than 16 levels
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
            throw new IllegalArgumentException("JSON has texts, numbers, flags, lists and maps, but this is "
                    + (value == null ? "null" : "a " + value.getClass().getName()));
        }
    }

    private static int deeper(int depth) {
        if (depth == Limits.NESTING) {
            throw new IllegalArgumentException("a model file has at most " + Limits.NESTING
                    + " objects and lists within each other; nest fewer chains");
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

    /** Half of a character pair would become a question mark in the file. */
    static String unicode(String text) {
        boolean isHalved =
                text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (isHalved) {
            throw new IllegalArgumentException("text must be Unicode, but " + ModelFileException.shown(text)
                    + " has half of a pair of characters");
        }
        return text;
    }
}
