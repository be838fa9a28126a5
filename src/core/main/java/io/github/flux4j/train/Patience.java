package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Becomes true once a condition has held {@code wait} times in a row, and stays true as long as it holds; Flux's {@code patience}.
 *
 * <p>It counts its own calls, so ask it once per epoch or other unit. Not thread-safe.
 */
public final class Patience implements BooleanSupplier {

    private final BooleanSupplier condition;
    private final Streak streak;

    /**
     * Asks {@code condition} at every call.
     *
     * @throws IllegalArgumentException if {@code wait} is below 1
     */
    public Patience(BooleanSupplier condition, int wait) {
        this.condition = Objects.requireNonNull(condition, "condition is null");
        this.streak = new Streak("wait", wait);
    }

    @Override
    public boolean getAsBoolean() {
        return streak.reached(condition.getAsBoolean());
    }

    @Override
    public String toString() {
        return "patience(" + streak + ")";
    }
}
