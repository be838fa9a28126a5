package io.github.flux4j.optimise;

import java.util.List;

/**
 * A copy of an {@link Optimiser}'s state: hyper-parameters, moments, numbers of steps and passes, and what is frozen. Schedules are not part of it.
 *
 * <p>You may load it into its optimiser, or into one with the same rule for a model of the same structure. Immutable and thread-safe.
 */
public final class OptimiserState {

    /**
     * The state of one parameter array.
     *
     * @param path the array's, such as {@code layers.0.weight}
     * @param length the number of values in the array
     * @param rule with its hyper-parameters for this array
     * @param memory counters and moments, in an order that the rule chooses; don't change them
     */
    public record Slot(String path, int length, Rule rule, boolean frozen, List<double[]> memory) {

        public Slot {
            memory = List.copyOf(memory);
        }
    }

    private final Rule rule;
    private final int epochs;
    private final int batches;
    private final List<Slot> slots;

    /**
     * Makes a state from its parts, as a file stores them; {@link Optimiser#load} checks whether it fits.
     *
     * @param epochs the number of passes begun
     * @param batches the number of steps made
     */
    public OptimiserState(Rule rule, int epochs, int batches, List<Slot> slots) {
        this.rule = rule;
        this.epochs = epochs;
        this.batches = batches;
        this.slots = List.copyOf(slots);
    }

    /** Returns the rule that the state was copied from. */
    public Rule rule() {
        return rule;
    }

    /** Returns the number of passes begun. */
    public int epochs() {
        return epochs;
    }

    /** Returns the number of steps made. */
    public int batches() {
        return batches;
    }

    /** Returns the state of each parameter array, in order. */
    public List<Slot> slots() {
        return slots;
    }

    @Override
    public String toString() {
        return "OptimiserState(" + rule + ", " + slots.stream().map(Slot::path).toList() + ")";
    }
}
