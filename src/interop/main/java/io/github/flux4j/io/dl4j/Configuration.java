package io.github.flux4j.io.dl4j;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.flux4j.internal.format.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strict JSON of bounded depth and size, as values: maps, lists, texts, doubles, booleans, null. */
final class Configuration {

    private static final int NESTING = 24;
    private static final int VALUES = 200_000;

    private final JsonReader in;
    private int values;

    private Configuration(JsonReader in) {
        this.in = in;
    }

    static Fields read(String text) throws IOException {
        JsonReader in = Json.reader(new StringReader(text), NESTING);
        try {
            Object value = new Configuration(in).value();
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw Fields.refused("the end of the configuration", in.getPath());
            }
            return Fields.of("the configuration", value);
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new IOException(
                    "its configuration isn't JSON: "
                            + String.valueOf(e.getMessage()).split("\n", 2)[0],
                    e);
        }
    }

    private Object value() throws IOException {
        if (++values > VALUES) {
            throw Fields.refused("at most " + VALUES + " values in the configuration", "more");
        }
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> list();
            case STRING -> in.nextString();
            case NUMBER -> in.nextDouble();
            case BOOLEAN -> in.nextBoolean();
            default -> {
                in.nextNull();
                yield null;
            }
        };
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String key = in.nextName();
            if (object.containsKey(key)) {
                throw Fields.refused("each name once in an object", key + " twice");
            }
            object.put(key, value());
        }
        in.endObject();
        return object;
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            list.add(value());
        }
        in.endArray();
        return list;
    }
}
