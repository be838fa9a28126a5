package io.github.flux4j.layers;

import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Vocabulary;
import java.util.List;
import java.util.function.Function;

/** Every activation by its name in text, {@code relu} or {@code leakyrelu(0.2)}. */
final class ActivationWords {

    static final Vocabulary<Activation> ALL = new Vocabulary<>(Activation.class, "an activation");

    static {
        numbered(Activation.LEAKYRELU, arguments -> Activation.leakyrelu(arguments.number("a")));
        numbered(Activation.ELU, arguments -> Activation.elu(arguments.number("alpha")));
        numbered(Activation.CELU, arguments -> Activation.celu(arguments.number("alpha")));
        numbered(Activation.TRELU, arguments -> Activation.trelu(arguments.number("theta")));
        numbered(Activation.SOFTSHRINK, arguments -> Activation.softshrink(arguments.number("lambda")));
        numbered(Activation.RRELU, arguments -> Activation.rrelu(arguments.number("low"), arguments.number("high")));
        List<String> numbered = ALL.names();
        Activation.all().stream()
                .filter(activation -> !numbered.contains(activation.toString()))
                .forEach(activation -> ALL.value(activation.toString(), activation));
    }

    private ActivationWords() {}

    private static void numbered(Activation byDefault, Function<Arguments, Activation> make) {
        ALL.word(byDefault.toString(), arguments -> arguments.left().isEmpty() ? byDefault : make.apply(arguments));
    }
}
