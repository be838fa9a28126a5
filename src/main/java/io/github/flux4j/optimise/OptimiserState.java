package io.github.flux4j.optimise;

import java.util.List;

/**
 * What an {@link Optimiser} remembers at one moment, to be put back into it or into one of the same rule for a model of the same
 * structure: hyper-parameters, momenta and the like, how many steps and passes were made, what is frozen. Schedules are not part of it.
 */
public final class OptimiserState {

    /** What is remembered of one parameter array. */
    record Slot(String path, int length, Rule rule, boolean frozen, List<double[]> memory) {}

    private final Rule rule;
    private final int epochs;
    private final int batches;
    private final List<Slot> slots;

    OptimiserState(Rule rule, int epochs, int batches, List<Slot> slots) {
        this.rule = rule;
        this.epochs = epochs;
        this.batches = batches;
        this.slots = List.copyOf(slots);
    }

    /** The rule it was taken from. */
    public Rule rule() {
        return rule;
    }

    int epochs() {
        return epochs;
    }

    int batches() {
        return batches;
    }

    List<Slot> slots() {
        return slots;
    }

    @Override
    public String toString() {
        return "OptimiserState(" + rule + ", " + slots.stream().map(Slot::path).toList() + ")";
    }
}
