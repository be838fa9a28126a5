package io.github.flux4j.io.onnx;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The names of a graph's tensors and operators, each once. */
final class TensorNames {

    private final Set<String> taken = new HashSet<>();
    private String prefix = "";

    /** The name as it is. */
    String claim(String name) {
        if (Objects.requireNonNull(name, "name is null").isEmpty() || !taken.add(name)) {
            throw new IllegalArgumentException(
                    "an input or output must have a name that no other tensor has, but it was '" + name + "'");
        }
        return name;
    }

    /** The name with what stands before all names now, and a number behind it if it was taken. */
    String unique(String name) {
        String whole = prefix + name;
        String unique = whole;
        for (int i = 2; !taken.add(unique); i++) {
            unique = whole + "_" + i;
        }
        return unique;
    }

    String within(String inner, Supplier<String> adding) {
        String outer = prefix;
        prefix = outer + inner + "/";
        try {
            return adding.get();
        } finally {
            prefix = outer;
        }
    }
}
