package io.github.flux4j.internal.files;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records as JSON and back: a key for each component, in order. A number that is not finite is text, since JSON has none; a {@code Duration} is its
 * seconds, an enum's constant its name in small letters, null is left out.
 *
 * <p>Components are numbers, texts, flags, durations, enums, or lists and maps of those; others are left to who calls. Immutable; for any thread.
 *
 * @param <R> the record
 */
public final class FlatRecordJson<R extends Record> {

    private static final double NANOS = 1e9;

    private final Class<R> type;
    private final Map<String, String> keys;

    /**
     * Of a class of records.
     *
     * @param keys of those components that have other keys than their names
     */
    public FlatRecordJson(Class<R> type, Map<String, String> keys) {
        this.type = type;
        this.keys = Map.copyOf(keys);
    }

    /** A record as JSON, but for the components with these names. */
    public Map<String, Object> write(R value, String... without) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object given = get(component, value);
            if (given != null && !List.of(without).contains(component.getName())) {
                json.put(key(component), json(given));
            }
        }
        return json;
    }

    private String key(RecordComponent component) {
        return keys.getOrDefault(component.getName(), component.getName());
    }

    private static Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("can't read " + component, e);
        }
    }

    /** A value of a component as JSON. */
    public static Object json(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? (Object) number : number.toString();
        }
        if (value instanceof Duration time) {
            return time.toNanos() / NANOS;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FlatRecordJson::json).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> json = new LinkedHashMap<>();
            map.forEach((key, each) -> json.put(key, json(each)));
            return json;
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
    }

    /**
     * The record that an object describes.
     *
     * @param given the values of components that aren't read, and of those that older files may lack
     */
    public R read(JsonObject json, Map<String, ?> given) throws ModelFileException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = key(components[i]);
            types[i] = components[i].getType();
            values[i] = given.containsKey(components[i].getName()) && (isLeft(types[i]) || !json.has(key))
                    ? given.get(components[i].getName())
                    : value(components[i].getGenericType(), json.values().get(key), key + " of " + json.where());
        }
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("can't make " + type, e);
        }
    }

    /** Of what is read elsewhere. */
    private static boolean isLeft(Class<?> type) {
        return !type.isPrimitive() && !type.isEnum() && !type.getName().startsWith("java.");
    }

    private static Object value(Type type, Object json, String where) throws ModelFileException {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type element = arguments[arguments.length - 1];
            return generic.getRawType() == List.class ? list(element, json, where) : map(element, json, where);
        }
        Class<?> kind = (Class<?>) type;
        if (kind == double.class || kind == Double.class) {
            return number(json, where);
        }
        if (kind == int.class || kind == Integer.class) {
            return count(json, where);
        }
        if (kind == Duration.class) {
            return Duration.ofNanos(Math.round(number(json, where) * NANOS));
        }
        if (kind.isEnum()) {
            return constant(kind, json, where);
        }
        if ((kind == boolean.class ? Boolean.class : kind).isInstance(json)) {
            return json;
        }
        throw unexpected(kind == String.class ? "a text" : "true or false", json, where);
    }

    private static List<Object> list(Type element, Object json, String where) throws ModelFileException {
        if (!(json instanceof List<?> list)) {
            throw unexpected("a list", json, where);
        }
        List<Object> values = new ArrayList<>();
        for (Object each : list) {
            values.add(value(element, each, where));
        }
        return values;
    }

    private static Map<String, Object> map(Type element, Object json, String where) throws ModelFileException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each :
                JsonObject.of(where, json).values().entrySet()) {
            values.put(each.getKey(), value(element, each.getValue(), where));
        }
        return values;
    }

    /** Numbers of a list, each as {@link #json} writes it. */
    public static List<Double> numbers(List<?> json, String where) throws ModelFileException {
        List<Double> numbers = new ArrayList<>();
        for (Object each : json) {
            numbers.add(number(each, where));
        }
        return numbers;
    }

    private static double number(Object json, String where) throws ModelFileException {
        if (json instanceof Double number) {
            return number;
        }
        if (json instanceof String text && text.matches("NaN|-?Infinity")) {
            return Double.parseDouble(text);
        }
        throw unexpected("a number", json, where);
    }

    private static int count(Object json, String where) throws ModelFileException {
        if (json instanceof Double count && count >= 0 && count == count.intValue()) {
            return count.intValue();
        }
        throw unexpected("a whole number", json, where);
    }

    private static Object constant(Class<?> kind, Object json, String where) throws ModelFileException {
        for (Object constant : kind.getEnumConstants()) {
            if (json(constant).equals(json)) {
                return constant;
            }
        }
        throw new ModelFileException(where + " is unknown, " + ModelFileException.shown(String.valueOf(json))
                + "; update flux4j to read it");
    }

    private static ModelFileException unexpected(String expected, Object json, String where) {
        return ModelFileException.foreign(expected + " was expected as " + where + ", but there is "
                + ModelFileException.shown(String.valueOf(json)));
    }
}
