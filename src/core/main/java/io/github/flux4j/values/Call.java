package io.github.flux4j.values;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as text: a name with numbers or further calls as arguments, {@code dense(8, 64, relu, bias=false)}. A name alone has no arguments.
 *
 * <p>Whoever reads the text gives names their meaning, from a list of their own; no class is ever loaded by name.
 *
 * @param name letters, digits, {@code _} and {@code .}, not starting with a digit
 */
public record Call(String name, List<Argument> arguments) {

    /** A valid name. */
    static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");

    /**
     * One argument.
     *
     * @param name null unless given by name
     * @param value a {@link Double} or a {@link Call}
     */
    public record Argument(@Nullable String name, Object value) {

        public Argument {
            if (name != null) {
                requireName(name);
            }
            if (!(value instanceof Double || value instanceof Call)) {
                throw new IllegalArgumentException("an argument must be a Double or a Call, but was " + value);
            }
        }

        @Override
        public String toString() {
            return (name == null ? "" : name + "=") + (value instanceof Double number ? text(number) : value);
        }
    }

    public Call {
        requireName(name);
        arguments = List.copyOf(arguments);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name is null")).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' can't be written as text: a name has only letters, digits, _ and .,"
                            + " and doesn't start with a digit");
        }
    }

    /** Makes a call without arguments. */
    public static Call of(String name) {
        return new Call(name, List.of());
    }

    /**
     * Parses what {@link #toString} writes; spaces don't matter.
     *
     * @throws IllegalArgumentException with the position of the first character that doesn't fit
     */
    public static Call parse(String text) {
        return new CallParser(Objects.requireNonNull(text, "text is null")).parse();
    }

    /** Whole numbers without a point, others in Java's shortest form such as 1e-8; {@code Infinity} and {@code NaN} by name. */
    private static String text(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e7 && !(number == 0 && 1 / number < 0);
        return whole
                ? Long.toString((long) number)
                : Double.toString(number).replace(".0E", "e").replace('E', 'e');
    }

    /** Makes a call with these arguments, in order and without names: numbers, flags, calls and {@link Described} values. */
    public static Call of(String name, Object... arguments) {
        return new Call(
                name,
                Arrays.stream(arguments)
                        .map(argument -> new Argument(null, value(argument)))
                        .toList());
    }

    private static Object value(Object argument) {
        if (argument instanceof Number number) {
            return number.doubleValue();
        }
        if (argument instanceof Boolean flag) {
            return of(flag.toString());
        }
        return argument instanceof Described described ? described.call() : argument;
    }

    @Override
    public String toString() {
        return arguments.isEmpty()
                ? name
                : arguments.stream().map(Argument::toString).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
