package io.github.flux4j.optimise;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** A schedule made by {@link Schedule}: a function of {@code t − 1}, with a name and arguments for printing and comparison. */
final class NamedSchedule implements Schedule, Described {

    private final String name;
    private final List<?> arguments;
    private final IntToDoubleFunction value;
    private final int last;

    private NamedSchedule(String name, List<?> arguments, IntToDoubleFunction value, int last) {
        this.name = name;
        this.arguments = arguments;
        this.value = value;
        this.last = last;
    }

    /** Takes numbers, flags, lists of numbers, schedules and stages. */
    static NamedSchedule of(String name, IntToDoubleFunction value, Object... arguments) {
        for (Object argument : arguments) {
            if (Objects.requireNonNull(argument, name + " got a null") instanceof Double d && !Double.isFinite(d)) {
                throw new IllegalArgumentException(
                        "the numbers of a schedule must be finite, but " + name + " got " + d);
            }
        }
        return new NamedSchedule(name, List.of(arguments), value, Integer.MAX_VALUE);
    }

    /** The same schedule, undefined beyond {@code last}. */
    NamedSchedule until(int last) {
        return new NamedSchedule(name, arguments, value, last);
    }

    @Override
    public Call call() {
        String word = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        return Call.of(
                word, arguments.stream().map(ScheduleVocabulary::argument).toArray());
    }

    @Override
    public double at(int t) {
        if (t < 1) {
            throw new IllegalArgumentException("schedules count from t = 1, but " + this + " was asked for t = " + t);
        }
        if (t > last) {
            throw new IllegalArgumentException(this + " ends at t = " + last + ", but was asked for t = " + t
                    + "; make it longer, or add another after it in a sequence");
        }
        double now = value.applyAsDouble(t - 1);
        if (!Double.isFinite(now)) {
            throw new IllegalArgumentException(
                    this + " is " + now + " at t = " + t + "; end it earlier, or make it change less");
        }
        return now;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedSchedule formula
                && formula.name.equals(name)
                && formula.arguments.equals(arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, arguments);
    }

    @Override
    public String toString() {
        return arguments.stream().map(Object::toString).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
