package io.github.flux4j.optimise;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads and changes the numbers of one class of rules, its record's components of type double. They are determined once, since a schedule asks at each step.
 * Rules that aren't records have none.
 */
final class RuleComponents {

    private static final ClassValue<RuleComponents> KNOWN = new ClassValue<>() {
        @Override
        protected RuleComponents computeValue(Class<?> rule) {
            return new RuleComponents(rule, rule.isRecord() ? rule.getRecordComponents() : new RecordComponent[0]);
        }
    };

    private final RecordComponent[] components;
    private final Method[] accessors;
    private final Constructor<?> constructor;
    private final SortedSet<String> names = new TreeSet<>();

    /** The new value of a number. */
    interface Change {
        double of(String name, double value);
    }

    private RuleComponents(Class<?> rule, RecordComponent[] components) {
        this.components = components;
        this.accessors = new Method[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = open(components[i].getAccessor());
            types[i] = components[i].getType();
            if (isNumber(components[i])) {
                names.add(components[i].getName());
            }
        }
        this.constructor = names.isEmpty() ? null : canonical(rule, types);
    }

    private static Constructor<?> canonical(Class<?> rule, Class<?>[] types) {
        try {
            return open(rule.getDeclaredConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new LinkageError("a record has a constructor of its components", e);
        }
    }

    /** A user's own rules needn't be public. */
    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    private static boolean isNumber(RecordComponent component) {
        return component.getType() == double.class;
    }

    static RuleComponents of(Rule rule) {
        return KNOWN.get(rule.getClass());
    }

    /** The names of the numbers, in order. */
    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    /** A number by its name. */
    double value(Rule rule, String name) {
        int place = 0;
        while (!components[place].getName().equals(name)) {
            place++;
        }
        return (double) call(accessors[place], rule);
    }

    /**
     * The same rule with changed numbers.
     *
     * @throws IllegalArgumentException if it refuses them
     */
    Rule changed(Rule rule, Change change) {
        if (names.isEmpty()) {
            return rule;
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object value = call(accessors[i], rule);
            values[i] = isNumber(components[i]) ? change.of(components[i].getName(), (double) value) : value;
        }
        try {
            return (Rule) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw unchecked(e);
        }
    }

    private static Object call(Method accessor, Rule rule) {
        try {
            return accessor.invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw unchecked(e);
        }
    }

    /** What the rule threw, if it did. */
    private static RuntimeException unchecked(ReflectiveOperationException e) {
        if (e.getCause() instanceof RuntimeException refused) {
            return refused;
        }
        throw new LinkageError(
                e instanceof InvocationTargetException ? "a rule failed" : "a record of a rule can't be used", e);
    }
}
