package io.github.flux4j.serve;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.serve.Inputs.RowException;
import io.github.flux4j.serve.Inputs.Rows;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows as JSON: an object by the columns' names, or a list of values in their order; or a list of such. Read as it comes, row by row. */
final class JsonRows {

    static final int NESTING = 16; // of what other keys have

    private final JsonReader in;
    private final Inputs inputs;
    private final List<String> names;
    private final Set<String> known;
    private long rows;

    /** What takes a prepared row. */
    interface Sink {
        void accept(Rows row) throws IOException;
    }

    JsonRows(Reader text, Inputs inputs) {
        this.in = Json.reader(text, NESTING);
        this.inputs = inputs;
        this.names = inputs.names();
        this.known = new HashSet<>(names);
    }

    /**
     * Reads all.
     *
     * @return whether it was a list of rows
     * @throws RowException if a row can't be understood
     * @throws Refusal if it is no such JSON
     */
    boolean read(Sink sink) throws IOException {
        return read(in, "an object or a list of them", () -> readAll(sink));
    }

    /** What reads JSON. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads all of a text.
     *
     * @param expected in words
     * @throws Refusal if it is no such JSON
     */
    static <T> T read(JsonReader in, String expected, Reading<T> reading) throws IOException {
        try {
            T all = reading.read();
            in.peek(); // refuses what follows
            return all;
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new Refusal(
                    400,
                    "expected JSON, " + expected + ", but it is malformed at " + in.getPath()
                            + "; check quotes, commas and brackets");
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "expected JSON in UTF-8, but these bytes are another encoding");
        }
    }

    private boolean readAll(Sink sink) throws IOException {
        if (in.peek() == JsonToken.BEGIN_OBJECT) {
            sink.accept(object());
            return false;
        }
        in.beginArray();
        JsonToken first = in.peek();
        if (first != JsonToken.BEGIN_OBJECT && first != JsonToken.BEGIN_ARRAY && first != JsonToken.END_ARRAY) {
            sink.accept(list());
            return false;
        }
        while (in.hasNext()) {
            sink.accept(next());
        }
        in.endArray();
        return true;
    }

    private Rows next() throws IOException {
        if (in.peek() == JsonToken.BEGIN_ARRAY) {
            in.beginArray();
            return list();
        }
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw refused(null, "expected an object or a list of values, but got " + in.peek());
        }
        return object();
    }

    private RowException refused(String column, String message) {
        return new RowException("row " + (rows + 1), rows + 1, column, message);
    }

    private Rows object() throws IOException {
        Map<String, Object> values = new HashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!known.contains(name)) {
                in.skipValue();
            } else if (values.containsKey(name)) {
                throw refused(name, "column " + quoted(name) + " is repeated; remove one of them");
            } else {
                values.put(name, value(name));
            }
        }
        in.endObject();
        return inputs.prepared(values, ++rows);
    }

    /** The rest of a list that has begun. */
    private Rows list() throws IOException {
        Map<String, Object> values = new HashMap<>();
        int count = 0;
        for (; in.hasNext(); count++) {
            if (count < names.size()) {
                values.put(names.get(count), value(names.get(count)));
            } else {
                in.skipValue();
            }
        }
        in.endArray();
        if (count != names.size()) {
            throw refused(
                    null,
                    names.size() + " values are needed, those of " + quoted(String.join(", ", names)) + ", but got "
                            + count);
        }
        return inputs.prepared(values, ++rows);
    }

    private Object value(String name) throws IOException {
        if (in.peek() == JsonToken.BEGIN_ARRAY || in.peek() == JsonToken.BEGIN_OBJECT) {
            throw refused(
                    name,
                    "column " + quoted(name) + " expects a number, a text or null, but got a "
                            + (in.peek() == JsonToken.BEGIN_ARRAY ? "list" : "JSON object"));
        }
        return scalar(in);
    }

    /** A number, a text, a truth value, or null. */
    static Object scalar(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case NULL -> {
                in.nextNull();
                yield null;
            }
            case NUMBER -> in.nextDouble();
            case BOOLEAN -> in.nextBoolean();
            default -> in.nextString();
        };
    }

    private static String quoted(String name) {
        return ModelFileException.shown(name);
    }
}
