package io.github.flux4j.internal.format;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.ModelFileException;
import java.util.List;
import java.util.Map;

/**
 * An object of a file's JSON, read by key with a check of each value's kind. A newer version may write keys that this one doesn't know, and they may change
 * predictions, so {@link #requireOnly} refuses them.
 *
 * @param where for messages, such as {@code layer 2 of network 0}
 * @param values the object
 */
public record JsonObject(String where, Map<String, Object> values) {

    /** Checks that a value is an object. */
    @SuppressWarnings("unchecked") // JSON has no keys but texts
    public static JsonObject of(String where, Object value) throws ModelFileException {
        if (value instanceof Map<?, ?> object) {
            return new JsonObject(where, (Map<String, Object>) object);
        }
        throw ModelFileException.foreign(where + " must be an object, but is " + kind(value));
    }

    private static String kind(Object value) {
        return value == null
                ? "nothing"
                : value instanceof String text
                        ? "the text " + shown(text)
                        : value instanceof Map ? "an object" : value instanceof List ? "a list" : String.valueOf(value);
    }

    /**
     * Throws if there is another key than these and {@code type}.
     *
     * @throws ModelFileException with the key and the object's type
     */
    public void requireOnly(String... keys) throws ModelFileException {
        List<String> known = List.of(keys);
        for (String key : values.keySet()) {
            if (!key.equals("type") && !known.contains(key)) {
                throw newer(where
                        + (values.get("type") instanceof String type ? ", a " + shown(type) : "")
                        + " has " + shown(key));
            }
        }
    }

    /** Makes an exception for a text that isn't one of the known ones. */
    public ModelFileException unknown(String expected, String key) {
        return newer(shown(key) + " of " + where + " must be " + expected + ", but is " + kind(values.get(key)));
    }

    static ModelFileException newer(String what) {
        return new ModelFileException(what + ", which this version of flux4j doesn't know; update flux4j to read it");
    }

    private ModelFileException unexpected(String expected, String key) {
        return ModelFileException.foreign(
                shown(key) + " of " + where + " must be " + expected + ", but is " + kind(values.get(key)));
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** A text. */
    public String text(String key) throws ModelFileException {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw unexpected("a text", key);
    }

    /** A text, or a default if there is no such key. */
    public String text(String key, String otherwise) throws ModelFileException {
        return has(key) ? text(key) : otherwise;
    }

    /** A finite number. */
    public double number(String key) throws ModelFileException {
        if (values.get(key) instanceof Double number) {
            return number;
        }
        throw unexpected("a number", key);
    }

    /** A finite number, or a default if there is no such key. */
    public double number(String key, double otherwise) throws ModelFileException {
        return has(key) ? number(key) : otherwise;
    }

    /** A number from low to high. */
    public double number(String key, double low, double high) throws ModelFileException {
        double number = number(key);
        if (number >= low && number <= high) {
            return number;
        }
        throw unexpected("a number from " + low + " to " + high, key);
    }

    /** A whole number in int's range, at least 1. */
    public int size(String key) throws ModelFileException {
        return whole(key, 1, "a whole number from 1 on");
    }

    /** A whole number in int's range, at least 0. */
    public int count(String key) throws ModelFileException {
        return whole(key, 0, "a whole number");
    }

    private int whole(String key, int least, String expected) throws ModelFileException {
        if (values.get(key) instanceof Double number && number >= least && number == number.intValue()) {
            return number.intValue();
        }
        throw unexpected(expected, key);
    }

    /** True or false, or a default if there is no such key. */
    public boolean flag(String key, boolean otherwise) throws ModelFileException {
        if (!has(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw unexpected("true or false", key);
    }

    /** A list with at most {@code most} elements. */
    public List<?> list(String key, int most) throws ModelFileException {
        if (values.get(key) instanceof List<?> list && list.size() <= most) {
            return list;
        }
        throw unexpected("a list of at most " + most, key);
    }

    /** A list with at most {@code most} elements of a kind, {@code String} or {@code Double}; empty if there is no such key. */
    public <T> List<T> list(String key, int most, Class<T> kind) throws ModelFileException {
        List<?> list = has(key) ? list(key, most) : List.of();
        if (list.stream().allMatch(kind::isInstance)) {
            return list.stream().map(kind::cast).toList();
        }
        throw unexpected("a list of " + (kind == String.class ? "texts" : "numbers"), key);
    }
}
