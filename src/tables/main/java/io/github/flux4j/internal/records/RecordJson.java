package io.github.flux4j.internal.records;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Records as JSON: an object with a key for each component, which {@link Key} may change. A component is a text, an int (0 or more), a double, an
 * enum's constant (in lower case), a duration (in seconds), a record, or a list, or a map by texts, of these. JSON has no numbers that are not finite:
 * they are the texts {@code NaN}, {@code Infinity} and {@code -Infinity}. Keys that a record doesn't know are left unread. Immutable; for any thread.
 */
public final class RecordJson {

    /** Elements of a list. */
    private static final int MOST = 100_000;

    private static final double NANOS = 1e9;

    /** No other kinds of values. */
    public static final RecordJson PLAIN = new RecordJson(Map.of());

    private final Map<Class<?>, Stored<?, ?>> others;

    private RecordJson(Map<Class<?>, Stored<?, ?>> others) {
        this.others = others;
    }

    /** Values of another kind, stored as one that is known. */
    private record Stored<T, S>(Class<T> type, Class<S> as, Function<T, S> stored, Function<S, T> value) {

        Object write(Object value) {
            return stored.apply(type.cast(value));
        }

        Object read(Object json) throws ModelFileException {
            try {
                return value.apply(as.cast(json));
            } catch (IllegalArgumentException refused) {
                throw new ModelFileException(
                        refused.getMessage() + "; it was not written by flux4j, or by a newer one");
            }
        }
    }

    /** The same with values of another kind, which are stored as one that is known, an array of doubles included. */
    public <T, S> RecordJson with(Class<T> type, Class<S> as, Function<T, S> stored, Function<S, T> value) {
        Map<Class<?>, Stored<?, ?>> more = new HashMap<>(others);
        more.put(type, new Stored<>(type, as, stored, value));
        return new RecordJson(more);
    }

    private Stored<?, ?> other(Class<?> type) {
        return others.values().stream()
                .filter(other -> other.type().isAssignableFrom(type))
                .findFirst()
                .orElse(null);
    }

    /** The record as what JSON has: maps, lists, texts and finite numbers. */
    public Map<String, Object> of(Record record) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = get(component, record);
            if (isInline(component)) {
                json.putAll(of((Record) value));
            } else if (value != null) {
                json.put(key(component), written(value));
            }
        }
        return json;
    }

    private static Object get(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true); // of a record that isn't public
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("can't read " + component.getName() + " of " + record, e);
        }
    }

    private static boolean isInline(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key != null && key.inline();
    }

    private static String key(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key == null || key.value().isEmpty() ? component.getName() : key.value();
    }

    private Object written(Object value) {
        Stored<?, ?> other = other(value.getClass());
        if (other != null) {
            return written(other.write(value));
        }
        if (value instanceof double[] numbers) {
            return Arrays.stream(numbers).mapToObj(this::written).toList();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : String.valueOf(number);
        }
        if (value instanceof Duration time) {
            return time.toNanos() / NANOS;
        }
        if (value instanceof Enum<?> constant) {
            return name(constant);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::written).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> object = new LinkedHashMap<>();
            map.forEach((name, each) -> object.put(name, written(each)));
            return object;
        }
        return value instanceof Record record ? of(record) : value;
    }

    private static String name(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    /**
     * The record that an object says.
     *
     * @param where for messages, such as {@code the report}
     * @throws ModelFileException if a key is missing, a value is of another kind, or the record refuses it
     */
    public <R extends Record> R read(Class<R> type, String where, Object json) throws ModelFileException {
        JsonObject object = JsonObject.of(where, json);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = component(components[i], object);
        }
        return made(type, components, values);
    }

    private Object component(RecordComponent component, JsonObject object) throws ModelFileException {
        if (isInline(component)) {
            return record(component.getType(), object.where(), object.values());
        }
        Key key = component.getAnnotation(Key.class);
        if (key != null && key.optional() && !object.has(key(component))) {
            return null;
        }
        String where = key(component) + " of " + object.where();
        return read(component.getGenericType(), where, object.values().get(key(component)));
    }

    private Record record(Class<?> type, String where, Object json) throws ModelFileException {
        return read(type.asSubclass(Record.class), where, json);
    }

    private static <R extends Record> R made(Class<R> type, RecordComponent[] components, Object... values)
            throws ModelFileException {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new ModelFileException(e.getCause().getMessage() + "; it was not written by flux4j");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record has a constructor of its components", e);
        }
    }

    private Object read(Type type, String where, Object json) throws ModelFileException {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == List.class ? list(of[0], where, json) : map(of[1], where, json);
        }
        Class<?> plain = (Class<?>) type;
        Stored<?, ?> other = other(plain);
        if (other != null) {
            return other.read(read(other.as(), where, json));
        }
        if (plain == double[].class) {
            return list(Double.class, where, json).stream()
                    .mapToDouble(Double.class::cast)
                    .toArray();
        }
        if (plain.isEnum()) {
            return constant(plain, where, json);
        }
        if (plain.isRecord()) {
            return record(plain, where, json);
        }
        if (plain == String.class) {
            return required(json instanceof String, json, "a text", where);
        }
        if (plain == Duration.class) {
            return Duration.ofNanos(Math.round(number(where, json) * NANOS));
        }
        return plain == double.class || plain == Double.class
                ? (Object) number(where, json)
                : (Object) count(where, json);
    }

    private static Object required(boolean good, Object json, String expected, String where) throws ModelFileException {
        if (!good) {
            throw new ModelFileException("expected " + expected + " as " + where + ", but got "
                    + (json == null ? "nothing" : json) + "; it was not written by flux4j");
        }
        return json;
    }

    private static double number(String where, Object json) throws ModelFileException {
        if (json instanceof String text && text.matches("NaN|-?Infinity")) {
            return Double.parseDouble(text);
        }
        return (Double) required(json instanceof Double, json, "a number", where);
    }

    private static int count(String where, Object json) throws ModelFileException {
        boolean good = json instanceof Double count && count >= 0 && count == count.intValue();
        return ((Double) required(good, json, "a whole number", where)).intValue();
    }

    private static Object constant(Class<?> type, String where, Object json) throws ModelFileException {
        for (Object constant : type.getEnumConstants()) {
            if (name(constant).equals(json)) {
                return constant;
            }
        }
        throw new ModelFileException(where + " is unknown, " + json + "; update flux4j to read it");
    }

    private List<Object> list(Type of, String where, Object json) throws ModelFileException {
        boolean good = json instanceof List<?> list && list.size() <= MOST;
        List<Object> values = new ArrayList<>();
        for (Object each : (List<?>) required(good, json, "a list of at most " + MOST, where)) {
            values.add(read(of, where, each));
        }
        return values;
    }

    private Map<String, Object> map(Type of, String where, Object json) throws ModelFileException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each :
                JsonObject.of(where, json).values().entrySet()) {
            values.put(each.getKey(), read(of, each.getKey() + " of " + where, each.getValue()));
        }
        return values;
    }
}
