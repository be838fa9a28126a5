package io.github.flux4j.io.dl4j;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An object of DL4J's configuration.
 *
 * @param where what it is, for messages
 */
record Fields(String where, Map<?, ?> values) {

    static Fields of(String where, Object value) throws IOException {
        if (value instanceof Map<?, ?> values) {
            return new Fields(where, values);
        }
        throw refused("an object as " + where, value);
    }

    static IOException refused(String expected, Object found) {
        String text = String.valueOf(found);
        return new IOException("expected " + expected + ", but there is "
                + (text.length() > 100 ? text.substring(0, 100) + "…" : text).replaceAll("[\\p{Cc}\\p{Cf}]", " "));
    }

    /** An object that is there. */
    Fields inner(String key) throws IOException {
        return of(key + " of " + where, values.get(key));
    }

    /** Whether it is there and not null. */
    boolean has(String key) {
        return values.get(key) != null;
    }

    String className() throws IOException {
        return text("@class");
    }

    String text(String key) throws IOException {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw refused("a text as " + key + " of " + where, values.get(key));
    }

    List<?> list(String key, int most) throws IOException {
        if (values.get(key) instanceof List<?> list && list.size() <= most) {
            return list;
        }
        throw refused("a list of at most " + most + " as " + key + " of " + where, values.get(key));
    }

    boolean flag(String key, boolean otherwise) throws IOException {
        Object value = has(key) ? values.get(key) : otherwise;
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw refused("true or false as " + key + " of " + where, value);
    }

    double number(String key, double otherwise) throws IOException {
        Object value = has(key) ? values.get(key) : otherwise;
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw refused("a finite number as " + key + " of " + where, value);
    }

    /** How many columns; at least 1. */
    int width(String key, int most) throws IOException {
        double number = number(key, 0);
        if (number >= 1 && number <= most && number == Math.rint(number)) {
            return (int) number;
        }
        throw refused("a whole number from 1 to " + most + " as " + key + " of " + where, number);
    }
}
