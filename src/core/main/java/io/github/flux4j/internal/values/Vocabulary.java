package io.github.flux4j.internal.values;

import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One kind of value by name, such as the library's rules, and how each name reads its arguments. Built once, then read by any thread.
 *
 * @param <T> the kind
 */
public final class Vocabulary<T> implements Arguments.Words<T> {

    final Class<T> type;
    private final String kind;
    private final Map<String, Function<Arguments, ? extends T>> words = new LinkedHashMap<>();
    private final Map<T, String> values = new HashMap<>();
    private final Map<Class<?>, Function<Object, Call>> calls = new HashMap<>();
    private final Map<Class<?>, Function<Object, Call>> fullCalls = new HashMap<>();
    private final Map<String, List<String>> arguments = new HashMap<>();
    private final Map<String, List<String>> required = new HashMap<>();
    private final List<Vocabulary<?>> others = new ArrayList<>();
    private final List<Vocabulary<? extends T>> included = new ArrayList<>();
    private final List<BiFunction<Parts, String, Function<Arguments, T>>> kinsParts = new ArrayList<>();

    /**
     * Makes an empty vocabulary.
     *
     * @param kind for messages, with its article: {@code a rule}
     */
    public Vocabulary(Class<T> type, String kind) {
        this.type = type;
        this.kind = kind;
    }

    /** Adds a name and how to read its arguments, all of them; for use before the first reading. */
    public Vocabulary<T> word(String name, Function<Arguments, ? extends T> make) {
        if (words.putIfAbsent(name, make) != null) {
            throw new IllegalArgumentException(kind + " named " + name + " already exists");
        }
        return this;
    }

    /** Adds a name for values of one class, and how to read and write their arguments. */
    public <V extends T> Vocabulary<T> word(
            String name, Class<V> of, Function<Arguments, V> make, Function<V, Call> call) {
        calls.put(of, value -> call.apply(of.cast(value)));
        return word(name, make);
    }

    /** Names a word's arguments, in order, for {@link #fullCall}. */
    public Vocabulary<T> naming(String name, String... inOrder) {
        arguments.put(name, List.of(inOrder));
        return this;
    }

    /** Adds a value without arguments. */
    public Vocabulary<T> value(String name, T value) {
        values.put(value, name);
        return word(name, arguments -> value);
    }

    /** Adds a record; components that a text omits come from this one. */
    public <R extends Record> Vocabulary<T> record(String name, R defaults) {
        RecordCalls record = new RecordCalls(name, defaults, 0, others);
        calls.put(defaults.getClass(), value -> record.call((Record) value));
        fullCalls.put(defaults.getClass(), value -> record.fullCall((Record) value));
        return word(name, arguments -> type.cast(record.read(arguments)));
    }

    /**
     * Adds a record as people write it: the first {@code required} components and values of other vocabularies by position, the rest by name, without defaults.
     *
     * @param template has the defaults of the components from {@code required} on
     */
    public <R extends Record> Vocabulary<T> settings(String name, R template, int required) {
        RecordCalls record = new RecordCalls(name, template, required, others);
        calls.put(template.getClass(), value -> record.shortCall((Record) value));
        fullCalls.put(template.getClass(), value -> record.fullCall((Record) value));
        this.required.put(name, record.required());
        return word(name, arguments -> type.cast(record.read(arguments)));
    }

    /** Reads components of another kind with its vocabulary; for use before the record that has them is added. */
    public Vocabulary<T> using(Vocabulary<?> other) {
        others.add(other);
        return this;
    }

    /** Adopts all that another vocabulary knows, and the parts of its kind. */
    public Vocabulary<T> including(Vocabulary<? extends T> other) {
        included.add(other);
        return this;
    }

    /** Accepts parts that were passed as another type, too. */
    public <P> Vocabulary<T> partsOf(Class<P> type, Function<P, ? extends T> as) {
        kinsParts.add((parts, name) -> {
            Function<Arguments, ? extends P> make = parts.find(type, name);
            return make == null ? null : arguments -> as.apply(make.apply(arguments));
        });
        return this;
    }

    /** The components of a word's record that a text must give, in order. */
    public List<String> required(String name) {
        return required.getOrDefault(name, List.of());
    }

    /** Returns the value as a call: by this list, or else as it describes itself. */
    public Call call(T value) {
        String name = values.get(value);
        if (name != null) {
            return Call.of(name);
        }
        Function<Object, Call> call = calls.get(value.getClass());
        if (call != null) {
            return call.apply(value);
        }
        if (value instanceof Described described) {
            return described.call();
        }
        throw new IllegalArgumentException(value + " can't be written as text, since it has no name: " + kind
                + " must be the library's, or implement Described and be passed to the reader as a part");
    }

    /** Returns {@link #call} with every argument, defaults included, by name where it has one. */
    public Call fullCall(T value) {
        Function<Object, Call> call = fullCalls.get(value.getClass());
        return call == null ? named(call(value)) : call.apply(value);
    }

    private Call named(Call call) {
        List<String> names = argumentNames(call.name());
        List<Call.Argument> named = new ArrayList<>();
        for (Call.Argument argument : call.arguments()) {
            boolean hasNone = argument.name() == null && named.size() < names.size();
            named.add(hasNone ? new Call.Argument(names.get(named.size()), argument.value()) : argument);
        }
        return new Call(call.name(), named);
    }

    private List<String> argumentNames(String name) {
        return Stream.concat(
                        Stream.ofNullable(arguments.get(name)),
                        included.stream().map(other -> other.argumentNames(name)))
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** All names, in order. */
    public List<String> names() {
        return Stream.concat(words.keySet().stream(), included.stream().flatMap(other -> other.names().stream()))
                .toList();
    }

    @Override
    public String kind() {
        return kind;
    }

    /** Reads text. */
    public T read(String text) {
        return read(text, Parts.NONE);
    }

    /** Reads text that may name the reader's own parts. */
    public T read(String text, Parts parts) {
        return read(Call.parse(text), parts);
    }

    /**
     * Returns the value that a call describes: one of this vocabulary, or else one of the parts.
     *
     * @throws IllegalArgumentException if the name is unknown, or an argument is missing, superfluous or refused
     */
    @Override
    public T read(Call call, Parts parts) {
        Function<Arguments, ? extends T> make = find(call.name(), parts);
        if (make == null) {
            throw new IllegalArgumentException(kind + " named " + call.name() + " is unknown; the nearest are "
                    + String.join(", ", Distance.nearest(call.name(), names()))
                    + ". Pass one of your own as a part");
        }
        Arguments arguments = new Arguments(call, parts);
        T value = make.apply(arguments);
        arguments.requireNoMore();
        return value;
    }

    /** Null if the name is unknown. */
    private Function<Arguments, ? extends T> find(String name, Parts parts) {
        Function<Arguments, ? extends T> make = words.get(name);
        return make != null
                ? make
                : Stream.of(
                                Stream.ofNullable(parts.find(type, name)),
                                included.stream().map(other -> other.find(name, parts)),
                                kinsParts.stream().map(kin -> kin.apply(parts, name)))
                        .flatMap(found -> found)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
