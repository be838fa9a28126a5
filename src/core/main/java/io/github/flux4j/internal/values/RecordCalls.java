package io.github.flux4j.internal.values;

import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Records of one class, with numbers, flags and described values, as calls: a name, and an argument for each component in order. */
final class RecordCalls {

    private final String name;
    private final Record defaults;
    private final RecordComponent[] components;
    private final int required;
    private final List<Vocabulary<?>> others;

    /**
     * Makes calls with that name.
     *
     * @param required the number of components, from the first, without a default
     * @param others for values of other kinds
     */
    RecordCalls(String name, Record defaults, int required, List<Vocabulary<?>> others) {
        this.name = name;
        this.defaults = defaults;
        this.components = defaults.getClass().getRecordComponents();
        this.required = required;
        this.others = List.copyOf(others);
    }

    /** The components without a default. */
    List<String> required() {
        return Stream.of(components)
                .limit(required)
                .map(RecordComponent::getName)
                .toList();
    }

    /**
     * The record as a call, all components in order and without their names.
     *
     * @throws IllegalArgumentException if a component is neither a number, a flag nor {@link Described}
     */
    Call call(Record value) {
        return new Call(
                name,
                Stream.of(components)
                        .map(component -> new Call.Argument(null, argument(get(component, value))))
                        .toList());
    }

    /** The call without defaults; numbers and flags that have one are named. */
    Call shortCall(Record value) {
        List<Call.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            Object given = get(components[i], value);
            if (i < required || !given.equals(get(components[i], defaults))) {
                boolean byPlace = i < required || given instanceof Described;
                arguments.add(new Call.Argument(byPlace ? null : components[i].getName(), argument(given)));
            }
        }
        return new Call(name, arguments);
    }

    /** All components in order with their names, also within values. */
    Call fullCall(Record value) {
        return new Call(
                name,
                Stream.of(components)
                        .map(component ->
                                new Call.Argument(component.getName(), full(component, get(component, value))))
                        .toList());
    }

    private Object full(RecordComponent component, Object value) {
        return value instanceof Described ? full(other(component), value) : argument(value);
    }

    private static <V> Call full(Vocabulary<V> words, Object value) {
        return words.fullCall(words.type.cast(value));
    }

    private static Object argument(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return Call.of(flag.toString());
        }
        if (value instanceof Described described) {
            return described.call();
        }
        throw new IllegalArgumentException(value + " can't be written as text");
    }

    /** Makes a record from the arguments, and defaults for the others. */
    Record read(Arguments arguments) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            String component = components[i].getName();
            values[i] = i < required
                    ? read(components[i], component, arguments)
                    : read(components[i], component, get(components[i], defaults), arguments);
        }
        return make(defaults.getClass(), components, values);
    }

    private Object read(RecordComponent component, String name, Arguments arguments) {
        if (component.getType() == double.class) {
            return arguments.number(name);
        }
        if (component.getType() == int.class) {
            return arguments.whole(name);
        }
        return component.getType() == boolean.class
                ? (Object) arguments.flag(name)
                : arguments.value(name, other(component));
    }

    private Object read(RecordComponent component, String name, Object otherwise, Arguments arguments) {
        if (otherwise instanceof Double number) {
            return arguments.number(name, number);
        }
        if (otherwise instanceof Integer whole) {
            return arguments.whole(name, whole);
        }
        return otherwise instanceof Boolean flag
                ? (Object) arguments.flag(name, flag)
                : value(name, other(component), otherwise, arguments);
    }

    private static <V> V value(String name, Vocabulary<V> words, Object otherwise, Arguments arguments) {
        return arguments.value(name, words, words.type.cast(otherwise));
    }

    private Vocabulary<?> other(RecordComponent component) {
        return others.stream()
                .filter(words -> words.type == component.getType())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(component + " can't be read from text"));
    }

    private static Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("can't read " + component, e);
        }
    }

    private static Record make(Class<? extends Record> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new LinkageError("can't make " + type, e);
        }
    }
}
