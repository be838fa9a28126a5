package io.github.flux4j.values;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records of numbers, flags and described values as calls: a name, and an argument for each component in order. */
final class RecordCalls {

    private RecordCalls() {}

    /**
     * The record as a call, all components in order and without their names.
     *
     * @throws IllegalArgumentException if a component is neither a number, a flag nor {@link Described}
     */
    static Call call(String name, Record value) {
        List<Call.Argument> arguments = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            arguments.add(new Call.Argument(null, argument(get(component, value))));
        }
        return new Call(name, arguments);
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

    /** A record of the same class as {@code defaults}, with the arguments that are given in place of its numbers and flags. */
    static Record read(Record defaults, Arguments arguments) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> read(component, get(component, defaults), arguments))
                .toArray();
        return make(defaults.getClass(), components, values);
    }

    private static Object read(RecordComponent component, Object otherwise, Arguments arguments) {
        String name = component.getName();
        if (otherwise instanceof Double number) {
            return arguments.number(name, number);
        }
        if (otherwise instanceof Integer whole) {
            return arguments.whole(name, whole);
        }
        if (otherwise instanceof Boolean flag) {
            return arguments.flag(name, flag);
        }
        throw new IllegalStateException(component + " can't be read from text");
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
