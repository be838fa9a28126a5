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
 * JSON as {@code Map}, {@code List}, {@code String}, {@code Double} and {@code Boolean}. It is strict: unique keys, no null, nothing after the value, and at
 * most 16 nested objects and lists.
 */
public final class Json {

    /** The most nested objects and lists. */
    public static final int NESTING = 16;

    /** The most values of a JSON text: each may cost a hundred bytes of heap. */
    private static final int VALUES = 500_000;

    private final JsonReader in;
    private int values;

    private Json(JsonReader in) {
        this.in = in;
    }

    /**
     * Reads an object.
     *
     * @return unmodifiable maps in the text's order
     * @throws ModelFileException if it isn't JSON, or not an object
     */
    public static Map<String, Object> readObject(String text) throws ModelFileException {
        JsonReader in = reader(new StringReader(Objects.requireNonNull(text, "text is null")), NESTING);
        try {
            Map<String, Object> object = new Json(in).object();
            in.peek(); // refuses what follows
            return object;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw invalid(in, e);
        }
    }

    /** A strict reader of at most so many nested objects and lists. */
    public static JsonReader reader(Reader text, int nesting) {
        JsonReader in = new JsonReader(text);
        in.setStrictness(Strictness.STRICT);
        in.setNestingLimit(nesting);
        return in;
    }

    /** Converts a reader's exception. */
    static ModelFileException invalid(JsonReader in, Exception e) {
        return e instanceof ModelFileException known
                ? known
                : new ModelFileException(
                        "expected valid JSON with at most " + NESTING + " levels, but it isn't at "
                                + ModelFileException.shown(in.getPath())
                                + "; copy the file again from where it was saved",
                        e);
    }

    private Object value() throws IOException {
        if (++values > VALUES) {
            throw new ModelFileException("expected at most " + VALUES + " values of JSON, but there are more");
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
        throw new ModelFileException("expected a value at " + ModelFileException.shown(in.getPath()) + ", but there is "
                + next + "; it was not written by flux4j");
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

    /** Checks text from JSON, whose escapes can form half of a surrogate pair. */
    static String whole(String text) throws ModelFileException {
        if (!isUnicode(text)) {
            throw new ModelFileException("text must be Unicode, but " + ModelFileException.shown(text)
                    + " has an unpaired surrogate; it was not written by flux4j");
        }
        return text;
    }

    static ModelFileException twice(String key) {
        return new ModelFileException("expected each key once, but " + ModelFileException.shown(key)
                + " is there twice; it was not written by flux4j");
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

    /** Whether text has no unpaired surrogate, which would become a question mark in a file. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
