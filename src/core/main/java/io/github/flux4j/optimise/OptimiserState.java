package io.github.flux4j.optimise;

import java.util.List;

/**
 * What an {@link Optimiser} remembers at one moment, to be put back into it or into one of the same rule for a model of the same
 * structure: hyper-parameters, momenta and the like, how many steps and passes were made, what is frozen. Schedules are not part of it.
 *
 * <p>Immutable; for any thread.
 */
public final class OptimiserState {

    /**
     * What is remembered of one parameter array.
     *
     * @param path the array's, such as {@code layers.0.weight}
     * @param length how many numbers the array has
     * @param rule with its hyper-parameters for this array
     * @param memory counters and moments in an order of the rule's own; not to be changed
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
     * Of what another state has said, as a file keeps it; {@link Optimiser#load} finds out whether it fits.
     *
     * @param epochs passes that were begun
     * @param batches steps that were made
     */
    public OptimiserState(Rule rule, int epochs, int batches, List<Slot> slots) {
        this.rule = rule;
        this.epochs = epochs;
        this.batches = batches;
        this.slots = List.copyOf(slots);
    }

    /** The rule it was taken from. */
    public Rule rule() {
        return rule;
    }

    /** How many passes over data were begun. */
    public int epochs() {
        return epochs;
    }

    /** How many steps were made. */
    public int batches() {
        return batches;
    }

    /** What is remembered of each parameter array, in order. */
    public List<Slot> slots() {
        return slots;
    }

    @Override
    public String toString() {
        return "OptimiserState(" + rule + ", " + slots.stream().map(Slot::path).toList() + ")";
    }
}
