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
 * The content of an {@link Activation}: its name, its numbers, and its functions.
 *
 * @param scalar null for a function of whole rows
 * @param operations none for the identity
 */
record NamedFunction(String word, List<Double> numbers, ScalarFunction scalar, List<Operation> operations) {

    /** A function of each element. */
    static NamedFunction pointwise(String word, ScalarFunction function, double... numbers) {
        List<Double> given = DoubleStream.of(numbers).boxed().toList();
        String name = name(word, given);
        Operation operation = new Operation.Pointwise(name, FastLoop.of(word, given, ScalarLoop.of(function)));
        return new NamedFunction(word, given, function, word.equals("identity") ? List.of() : List.of(operation));
    }

    /** A function of whole rows. */
    static NamedFunction ofRows(String word, ScalarFunction scalar, Kernel rows, double... numbers) {
        List<Double> given = DoubleStream.of(numbers).boxed().toList();
        Operation operation = new Operation.Rows(rows, () -> call(word, given).toString());
        return new NamedFunction(word, given, scalar, List.of(operation));
    }

    /** Its name in print. */
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

    /** The function of one number. */
    ScalarFunction requireScalar() {
        if (scalar == null) {
            throw new UnsupportedOperationException(word + " is a function of a whole row, not of one number; use "
                    + word.toUpperCase(Locale.ROOT) + ".predict(array)");
        }
        return scalar;
    }

    /** Whether name and numbers are the same, which suffices for the library's, and for others also the functions. */
    boolean isSame(NamedFunction other, boolean isLibrarys) {
        return word.equals(other.word)
                && numbers.equals(other.numbers)
                && (isLibrarys || Objects.equals(scalar, other.scalar));
    }
}
