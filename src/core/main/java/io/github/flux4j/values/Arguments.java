package io.github.flux4j.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call's arguments for whoever reads them, one after another: each is taken by its name or, where it was given without one, by its place among
 * those without. What nobody takes is refused by {@link #requireNoMore}. For one thread.
 */
public final class Arguments {

    /** One kind of values that a text names, such as activations. */
    public interface Words<V> {

        /** What all of them are, for messages, with its article: {@code an activation}. */
        String kind();

        /**
         * The value that a call names.
         *
         * @throws IllegalArgumentException if there is none of that name, or an argument is refused
         */
        V read(Call call, Parts parts);
    }

    private final Call call;
    private final Parts parts;
    private final List<Call.Argument> left;

    /**
     * Of this call, none taken yet.
     *
     * @param parts of whoever reads the text
     */
    public Arguments(Call call, Parts parts) {
        this.call = call;
        this.parts = parts;
        this.left = new ArrayList<>(call.arguments());
    }

    /** The parts that the text's reader gave. */
    public Parts parts() {
        return parts;
    }

    /** What is not taken yet. */
    public List<Call.Argument> left() {
        return List.copyOf(left);
    }

    /** Takes all that is left, names included. */
    public List<Call.Argument> takeAll() {
        List<Call.Argument> all = left();
        left.clear();
        return all;
    }

    /** How many of those are numbers without a name, which stand first. */
    public int numbersAhead() {
        int count = 0;
        while (count < left.size()
                && left.get(count).name() == null
                && left.get(count).value() instanceof Double) {
            count++;
        }
        return count;
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException if it isn't there or no number; so do the others
     */
    public double number(String name) {
        Object value = required(name, "a number");
        if (!(value instanceof Double number)) {
            throw expected(name, "a number", value);
        }
        return number;
    }

    /** A number, or another where it isn't given. */
    public double number(String name, double otherwise) {
        return has(name, Double.class) ? number(name) : otherwise;
    }

    /** A whole number of an int's range. */
    public int whole(String name) {
        double number = number(name);
        if (number != (int) number) {
            throw expected(name, "a whole number", number);
        }
        return (int) number;
    }

    /** A whole number, or another where it isn't given. */
    public int whole(String name, int otherwise) {
        return has(name, Double.class) ? whole(name) : otherwise;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        Object value = required(name, "true or false");
        if (value instanceof Call word
                && word.arguments().isEmpty()
                && word.name().matches("true|false")) {
            return word.name().equals("true");
        }
        throw expected(name, "true or false", value);
    }

    /** True or false, or another where it isn't given. */
    public boolean flag(String name, boolean otherwise) {
        return has(name, Call.class) ? flag(name) : otherwise;
    }

    /** A value of another kind. */
    public <V> V value(String name, Words<V> words) {
        Object value = required(name, words.kind());
        if (value instanceof Call inner) {
            return words.read(inner, parts);
        }
        throw expected(name, words.kind(), value);
    }

    /** A value of another kind, or another where it isn't given. */
    public <V> V value(String name, Words<V> words, V otherwise) {
        return has(name, Call.class) ? value(name, words) : otherwise;
    }

    /** All that is left, each a value without a name, of this kind. */
    public <V> List<V> values(Words<V> words) {
        List<V> values = new ArrayList<>();
        while (!left.isEmpty()) {
            Call.Argument next = left.remove(0);
            if (next.name() != null || !(next.value() instanceof Call inner)) {
                throw new IllegalArgumentException(
                        call.name() + " expects " + words.kind() + ", but has " + next + ": " + call);
            }
            values.add(words.read(inner, parts));
        }
        return values;
    }

    /** Takes one argument of whatever kind; null if there is none of that name and none without a name. */
    public @Nullable Object take(String name) {
        int i = index(name);
        return i < 0 ? null : left.remove(i).value();
    }

    /** Whether an argument of that name is there, or the next without a name is of that kind. */
    private boolean has(String name, Class<?> kind) {
        int i = index(name);
        return i >= 0
                && (left.get(i).name() != null || kind.isInstance(left.get(i).value()));
    }

    private Object required(String name, String what) {
        Object value = take(name);
        if (value == null) {
            throw new IllegalArgumentException(call.name() + " expects " + what + " as " + name + ": " + call);
        }
        return value;
    }

    private int index(String name) {
        for (int i = 0; i < left.size(); i++) {
            if (name.equals(left.get(i).name())) {
                return i;
            }
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).name() == null) {
                return i;
            }
        }
        return -1;
    }

    private IllegalArgumentException expected(String name, String what, Object value) {
        return new IllegalArgumentException(
                call.name() + " expects " + what + " as " + name + ", but has " + value + ": " + call);
    }

    /**
     * Throws unless all are taken.
     *
     * @throws IllegalArgumentException with the first that is left
     */
    public void requireNoMore() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    call.name() + " doesn't know what to do with " + left.get(0) + ": " + call);
        }
    }
}
