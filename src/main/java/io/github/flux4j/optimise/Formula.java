package io.github.flux4j.optimise;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** A schedule made by {@link Schedule}: a function of {@code t − 1}, with the name and numbers by which it prints and is compared. */
final class Formula implements Schedule {

    private final String text;
    private final IntToDoubleFunction value;
    private final int last;

    private Formula(String text, IntToDoubleFunction value, int last) {
        this.text = text;
        this.value = value;
        this.last = last;
    }

    static Formula of(String name, IntToDoubleFunction value, Object... arguments) {
        for (Object argument : arguments) {
            if (Objects.requireNonNull(argument, name + " got a null") instanceof Double d && !Double.isFinite(d)) {
                throw new IllegalArgumentException(
                        "the numbers of a schedule must be finite, but " + name + " got " + d);
            }
        }
        String text = Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(", ", name + "(", ")"));
        return new Formula(text, value, Integer.MAX_VALUE);
    }

    /** The same, but defined for no t beyond {@code last}. */
    Formula until(int last) {
        return new Formula(text, value, last);
    }

    @Override
    public double at(int t) {
        if (t < 1) {
            throw new IllegalArgumentException("schedules count from t = 1, but " + text + " was asked at t = " + t);
        }
        if (t > last) {
            throw new IllegalArgumentException(text + " ends at t = " + last + ", but was asked at t = " + t
                    + "; make it longer, or let another follow it in a sequence");
        }
        double now = value.applyAsDouble(t - 1);
        if (!Double.isFinite(now)) {
            throw new IllegalArgumentException(
                    text + " is " + now + " at t = " + t + "; end it before, or let it change less");
        }
        return now;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula formula && formula.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
