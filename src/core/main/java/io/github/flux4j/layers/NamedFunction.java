package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.values.Call;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What an {@link Activation} is: a name, the numbers that were given with it, and what it computes.
 *
 * @param scalar null for a function of whole rows
 * @param operations none for the identity
 */
record NamedFunction(String word, List<Double> numbers, ScalarFunction scalar, List<Operation> operations) {

    /** One of each element. */
    static NamedFunction pointwise(String word, ScalarFunction function, double... numbers) {
        List<Double> given = DoubleStream.of(numbers).boxed().toList();
        String name = name(word, given);
        Operation operation = new Operation.Pointwise(name, FastLoop.of(word, given, ScalarLoop.of(function)));
        return new NamedFunction(word, given, function, word.equals("identity") ? List.of() : List.of(operation));
    }

    /** One of whole rows. */
    static NamedFunction ofRows(String word, ScalarFunction scalar, Kernel rows, double... numbers) {
        List<Double> given = DoubleStream.of(numbers).boxed().toList();
        Operation operation = new Operation.Rows(rows, () -> call(word, given).toString());
        return new NamedFunction(word, given, scalar, List.of(operation));
    }

    /** As it is printed. */
    String name() {
        return name(word, numbers);
    }

    private static String name(String word, List<Double> numbers) {
        return numbers.isEmpty()
                ? word
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", word + "(", ")"));
    }

    Call call() {
        return call(word, numbers);
    }

    private static Call call(String word, List<Double> numbers) {
        return new Call(
                word,
                numbers.stream().map(number -> new Call.Argument(null, number)).toList());
    }

    /** As a function of one number. */
    ScalarFunction requireScalar() {
        if (scalar == null) {
            throw new UnsupportedOperationException(word + " is a function of a whole row, not of one number; use "
                    + word.toUpperCase(Locale.ROOT) + ".predict(array)");
        }
        return scalar;
    }

    /** Of the library's, name and numbers say what is computed; of others, the functions given do. */
    boolean isSame(NamedFunction other, boolean isLibrarys) {
        return word.equals(other.word)
                && numbers.equals(other.numbers)
                && (isLibrarys || Objects.equals(scalar, other.scalar));
    }
}
