package io.github.flux4j.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call's arguments, to be taken one after another: each by its name, or else by position among those without a name. {@link #requireNoMore} refuses the rest.
 * Not thread-safe.
 */
public final class Arguments {

    /** One kind of value that a text can name, such as activations. */
    public interface Words<V> {

        /** Returns the kind with its article, for messages: {@code an activation}. */
        String kind();

        /**
         * Returns the value that a call describes.
         *
         * @throws IllegalArgumentException if there is none of that name, or an argument is refused
         */
        V read(Call call, Parts parts);
    }

    private final Call call;
    private final Parts parts;
    private final List<Call.Argument> left;

    /**
     * Starts with all arguments of this call.
     *
     * @param parts those of whoever reads the text
     */
    public Arguments(Call call, Parts parts) {
        this.call = call;
        this.parts = parts;
        this.left = new ArrayList<>(call.arguments());
    }

    /** Returns the parts that the text's reader passed. */
    public Parts parts() {
        return parts;
    }

    /** Returns the arguments that nobody has taken yet. */
    public List<Call.Argument> left() {
        return List.copyOf(left);
    }

    /** Takes all remaining arguments, names included. */
    public List<Call.Argument> takeAll() {
        List<Call.Argument> all = left();
        left.clear();
        return all;
    }

    /** Returns how many of the remaining arguments, from the first, are numbers without a name. */
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
     * Takes a number.
     *
     * @throws IllegalArgumentException if it is missing or not a number; the other methods throw accordingly
     */
    public double number(String name) {
        Object value = required(name, "a number");
        if (!(value instanceof Double number)) {
            throw expected(name, "a number", value);
        }
        return number;
    }

    /** Takes a number, or returns a default if it is missing. */
    public double number(String name, double otherwise) {
        return has(name, Double.class) ? number(name) : otherwise;
    }

    /** Takes a whole number in int's range. */
    public int whole(String name) {
        double number = number(name);
        if (number != (int) number) {
            throw expected(name, "a whole number", number);
        }
        return (int) number;
    }

    /** Takes a whole number, or returns a default if it is missing. */
    public int whole(String name, int otherwise) {
        return has(name, Double.class) ? whole(name) : otherwise;
    }

    /** Takes {@code true} or {@code false}. */
    public boolean flag(String name) {
        Object value = required(name, "true or false");
        if (value instanceof Call word
                && word.arguments().isEmpty()
                && word.name().matches("true|false")) {
            return word.name().equals("true");
        }
        throw expected(name, "true or false", value);
    }

    /** Takes {@code true} or {@code false}, or returns a default if it is missing. */
    public boolean flag(String name, boolean otherwise) {
        return has(name, Call.class) ? flag(name) : otherwise;
    }

    /** Takes a value of another kind. */
    public <V> V value(String name, Words<V> words) {
        Object value = required(name, words.kind());
        if (value instanceof Call inner) {
            return words.read(inner, parts);
        }
        throw expected(name, words.kind(), value);
    }

    /** Takes a value of another kind, or returns a default if it is missing. */
    public <V> V value(String name, Words<V> words, V otherwise) {
        return has(name, Call.class) ? value(name, words) : otherwise;
    }

    /** Takes all remaining arguments, each a value of this kind without a name. */
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

    /** Takes one argument of any kind, or returns null if none has that name and none is without a name. */
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
     * Throws unless all arguments were taken.
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
