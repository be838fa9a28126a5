package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileException.shown;

import java.util.List;
import java.util.Map;

/**
 * What an object of a file's JSON says, each by its key and of the kind that is asked for. Keys that nobody asks for are ignored: a newer
 * version may have written them.
 *
 * @param where for messages, such as {@code layer 2 of network 0}
 * @param values the object
 */
public record Settings(String where, Map<String, Object> values) {

    /** Of a value that must be an object. */
    @SuppressWarnings("unchecked") // JSON has no keys but texts
    public static Settings of(String where, Object value) throws ModelFileException {
        if (value instanceof Map<?, ?> object) {
            return new Settings(where, (Map<String, Object>) object);
        }
        throw new ModelFileException("an object was expected as " + where + ", but there is " + kind(value) + WRITER);
    }

    private static final String WRITER = "; it was not written by flux4j";

    private static String kind(Object value) {
        return value == null
                ? "nothing"
                : value instanceof String text
                        ? "the text " + shown(text)
                        : value instanceof Map ? "an object" : value instanceof List ? "a list" : String.valueOf(value);
    }

    private ModelFileException unexpected(String expected, String key) {
        return new ModelFileException(expected + " was expected as " + shown(key) + " of " + where + ", but there is "
                + kind(values.get(key)) + WRITER);
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

    /** A text, or the other if there is no such key. */
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

    /** A finite number, or the other if there is no such key. */
    public double number(String key, double otherwise) throws ModelFileException {
        return has(key) ? number(key) : otherwise;
    }

    /** A whole number from 1 on that an int can hold. */
    public int size(String key) throws ModelFileException {
        if (values.get(key) instanceof Double size
                && size >= 1
                && size <= Integer.MAX_VALUE
                && size == Math.rint(size)) {
            return size.intValue();
        }
        throw unexpected("a whole number from 1 on", key);
    }

    /** A whole number from 0 on that an int can hold. */
    public int count(String key) throws ModelFileException {
        if (values.get(key) instanceof Double count
                && count >= 0
                && count <= Integer.MAX_VALUE
                && count == Math.rint(count)) {
            return count.intValue();
        }
        throw unexpected("a whole number", key);
    }

    /** True or false, or the other if there is no such key. */
    public boolean flag(String key, boolean otherwise) throws ModelFileException {
        if (!has(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw unexpected("true or false", key);
    }

    /** A list of at most so many. */
    public List<?> list(String key, int most) throws ModelFileException {
        if (values.get(key) instanceof List<?> list && list.size() <= most) {
            return list;
        }
        throw unexpected("a list of at most " + most, key);
    }

    /** A list of at most so many of a kind, {@code String} or {@code Double}; empty if there is no such key. */
    public <T> List<T> list(String key, int most, Class<T> kind) throws ModelFileException {
        List<?> list = has(key) ? list(key, most) : List.of();
        if (list.stream().allMatch(kind::isInstance)) {
            return list.stream().map(kind::cast).toList();
        }
        throw unexpected("a list of " + (kind == String.class ? "texts" : "numbers"), key);
    }
}
