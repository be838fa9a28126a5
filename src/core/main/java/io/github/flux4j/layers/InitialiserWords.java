package io.github.flux4j.layers;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Arguments;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Every initialiser by its name in text, {@code kaiming_uniform} or {@code orthogonal(gain=0.5)}. */
final class InitialiserWords {

    static final Vocabulary<Initialiser> ALL = new Vocabulary<>(Initialiser.class, "an initialiser")
            .word("glorot_uniform", gain(1, Initialisers::glorotUniform))
            .word("glorot_normal", gain(1, Initialisers::glorotNormal))
            .word("kaiming_uniform", gain(Math.sqrt(2), Initialisers::kaimingUniform))
            .word("kaiming_normal", gain(Math.sqrt(2), Initialisers::kaimingNormal))
            .value("lecun_normal", Initialisers.LECUN_NORMAL)
            .word(
                    "truncated_normal",
                    arguments -> Initialisers.truncatedNormal(
                            arguments.number("mean", 0),
                            arguments.number("std", 1),
                            arguments.number("lo", -2),
                            arguments.number("hi", 2)))
            .word("orthogonal", gain(1, Initialisers::orthogonal))
            .word(
                    "identity",
                    arguments -> Initialisers.identity(arguments.number("gain", 1), arguments.whole("shift", 0)))
            .word(
                    "sparse",
                    arguments -> Initialisers.sparse(arguments.number("sparsity"), arguments.number("std", 0.01)))
            .value("ones", Initialisers.ONES)
            .value("zeros", Initialisers.ZEROS)
            .value("uniform", Initialisers.UNIFORM)
            .value("normal", Initialisers.NORMAL);

    private InitialiserWords() {}

    private static Function<Arguments, Initialiser> gain(double byDefault, DoubleFunction<Initialiser> make) {
        return arguments -> make.apply(arguments.number("gain", byDefault));
    }
}
