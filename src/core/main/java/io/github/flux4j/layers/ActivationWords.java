package io.github.flux4j.layers;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Arguments;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Every activation by its name in text, {@code relu} or {@code leakyrelu(0.2)}. */
final class ActivationWords {

    static final Vocabulary<Activation> ALL = new Vocabulary<>(Activation.class, "an activation");

    static {
        numbered(Activation.LEAKYRELU, "a", Activation::leakyrelu);
        numbered(Activation.ELU, "alpha", Activation::elu);
        numbered(Activation.CELU, "alpha", Activation::celu);
        numbered(Activation.TRELU, "theta", Activation::trelu);
        numbered(Activation.SOFTSHRINK, "lambda", Activation::softshrink);
        numbered(
                Activation.RRELU,
                arguments -> Activation.rrelu(arguments.number("low"), arguments.number("high")),
                "low",
                "high");
        List<String> numbered = ALL.names();
        Activation.all().stream()
                .filter(activation -> !numbered.contains(activation.toString()))
                .forEach(activation -> ALL.value(activation.toString(), activation));
    }

    private ActivationWords() {}

    private static void numbered(Activation byDefault, String number, DoubleFunction<Activation> make) {
        numbered(byDefault, arguments -> make.apply(arguments.number(number)), number);
    }

    private static void numbered(Activation byDefault, Function<Arguments, Activation> make, String... numbers) {
        ALL.word(byDefault.toString(), arguments -> arguments.left().isEmpty() ? byDefault : make.apply(arguments))
                .naming(byDefault.toString(), numbers);
    }
}
