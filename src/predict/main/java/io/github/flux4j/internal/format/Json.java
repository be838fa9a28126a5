package io.github.flux4j.internal.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.flux4j.format.ModelFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
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

    /** Objects and lists within each other. */
    public static final int NESTING = 16;

    /** Values of a JSON text: each may cost a hundred bytes of heap. */
    private static final int VALUES = 500_000;

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
        try {
            Map<String, Object> object = new Json(in).object();
            in.peek(); // refuses what follows
            return object;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw invalid(in, e);
        }
    }

    /** A strict reader. */
    static JsonReader reader(Reader text) {
        JsonReader in = new JsonReader(text);
        in.setStrictness(Strictness.STRICT);
        in.setNestingLimit(NESTING);
        return in;
    }

    /** What to throw in place of what a reader throws. */
    static ModelFileException invalid(JsonReader in, Exception e) {
        return e instanceof ModelFileException known
                ? known
                : new ModelFileException(
                        "valid JSON with at most " + NESTING + " levels was expected, but at "
                                + ModelFileException.shown(in.getPath())
                                + " it is not; copy the file again from where it was saved",
                        e);
    }

    private Object value() throws IOException {
        if (++values > VALUES) {
            throw new ModelFileException("at most " + VALUES + " values of JSON were expected, but there are more");
        }
        JsonToken next = in.peek();
        if (next == JsonToken.BEGIN_OBJECT) {
            return object();
        }
        return next == JsonToken.BEGIN_ARRAY ? list() : scalar(next);
    }

    private Object scalar(JsonToken next) throws IOException {
        if (next == JsonToken.STRING) {
            return whole(in.nextString());
        }
        if (next == JsonToken.NUMBER) {
            return in.nextDouble();
        }
        if (next == JsonToken.BOOLEAN) {
            return in.nextBoolean();
        }
        throw new ModelFileException("a value was expected at " + ModelFileException.shown(in.getPath())
                + ", but there is " + next + "; such JSON was not written by flux4j");
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
        if (!isUnicode(text)) {
            throw new ModelFileException("text must be Unicode, but " + ModelFileException.shown(text)
                    + " has half of a pair of characters; such JSON was not written by flux4j");
        }
        return text;
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

    /** Whether text has no half of a character pair, which would become a question mark in a file. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
