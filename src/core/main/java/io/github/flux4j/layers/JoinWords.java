package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Call;
import java.util.Map;
import java.util.Objects;

/** Every join by its name in text. */
final class JoinWords {

    static final Vocabulary<Join> ALL = new Vocabulary<>(Join.class, "a join")
            .value("concat", Join.CONCAT)
            .value("sum", Join.SUM)
            .value("product", Join.PRODUCT)
            .value("max", Join.MAX);

    private static final Map<String, String> IN_JULIA = Map.of("concat", "vcat", "sum", "+", "product", "*");

    private JoinWords() {}

    /** Throws if a join of somebody's own has a name that can't be written, or that one of the library's has. */
    static void require(Join join) {
        Objects.requireNonNull(join, "join is null");
        Call.of(join.word());
        if (ALL.names().contains(join.word()) && join != ALL.read(join.word())) {
            throw new IllegalArgumentException(
                    "there is a join named " + join.word() + " in the library; choose another name");
        }
    }

    /** As Flux prints it. */
    static String inJulia(Join join) {
        return IN_JULIA.getOrDefault(join.word(), join.word());
    }

    /** An argument of a layer's call. */
    static Call.Argument argument(String name, Join join) {
        return new Call.Argument(name, Call.of(join.word()));
    }
}
