package io.github.flux4j.values;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Your own activations, layers, rules and the like, for reading a text that names them. Immutable; there is no global list.
 *
 * <pre>{@code
 * Parts.of().value(Activation.class, "cube", cube).word(Layer.class, "gate", arguments -> Layer.of("gate", new Gate()))
 * }</pre>
 */
public final class Parts {

    /** No parts. */
    public static final Parts NONE = new Parts(Map.of());

    private final Map<String, Function<Arguments, ?>> words;

    private Parts(Map<String, Function<Arguments, ?>> words) {
        this.words = words;
    }

    /** Starts without parts. */
    public static Parts of() {
        return NONE;
    }

    /** Adds a value under a name without arguments. */
    public <T> Parts value(Class<T> type, String name, T value) {
        Objects.requireNonNull(value, "value is null");
        return word(type, name, arguments -> value);
    }

    /**
     * Adds a name with arguments.
     *
     * @param make takes the arguments that it needs; the rest is refused
     * @throws IllegalArgumentException if the name is there already for this type
     */
    public <T> Parts word(Class<T> type, String name, Function<Arguments, ? extends T> make) {
        Map<String, Function<Arguments, ?>> more = new LinkedHashMap<>(words);
        if (more.putIfAbsent(key(type, name), Objects.requireNonNull(make, "make is null")) != null) {
            throw new IllegalArgumentException("there is a part named " + name + " already");
        }
        return new Parts(more);
    }

    /** Returns the names of all parts, of any type. */
    public Set<String> names() {
        return words.keySet().stream()
                .map(key -> key.substring(key.indexOf(' ') + 1))
                .collect(Collectors.toSet());
    }

    /** Returns the function that makes the part of this type and name from its arguments, or null if there is none. */
    @SuppressWarnings("unchecked") // word took it with this type
    public <T> @Nullable Function<Arguments, ? extends T> find(Class<T> type, String name) {
        return (Function<Arguments, ? extends T>) words.get(key(type, name));
    }

    private static String key(Class<?> type, String name) {
        return type.getName() + " " + Objects.requireNonNull(name, "name is null");
    }
}
