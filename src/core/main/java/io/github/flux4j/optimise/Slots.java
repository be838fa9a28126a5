package io.github.flux4j.optimise;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimiser's state by parameter array: one slot for all arrays until one has to differ, then one for each. */
final class Slots {

    private final Layer model;
    private final Update.Scratch memory;
    private final List<Slot> all = new ArrayList<>();
    private boolean areSplit;

    Slots(Rule rule, Layer model, Update.Scratch memory) {
        this.model = model;
        this.memory = memory;
        int length = model.parameterCount();
        all.add(new Slot("", length, rule, new Update(rule, 0, length, memory)));
        if (Hyperparameters.hasNorm(rule)) {
            split();
        }
    }

    /** Splits one slot for the whole model into one per parameter array, and keeps the state. */
    void split() {
        if (areSplit) {
            return;
        }
        areSplit = true;
        Slot whole = all.remove(0);
        for (Parameter parameter : model.trainables()) {
            Update update = new Update(whole.rule, parameter.offset(), parameter.length(), memory);
            update.restore(whole.update.state(parameter.offset(), parameter.length()));
            all.add(new Slot(parameter.path(), parameter.length(), whole.rule, update));
        }
    }

    List<Slot> all() {
        return all;
    }

    /** One slot per parameter array; none while all arrays are treated alike. */
    List<Slot> ofArrays() {
        return areSplit ? all : List.of();
    }

    /** Makes one step of each slot that isn't frozen. */
    void apply() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).frozen) {
                all.get(i).update.apply();
            }
        }
    }

    /** The slots of a layer of the model. */
    List<Slot> of(Layer part) {
        List<INDArray> arrays = Objects.requireNonNull(part, "layer is null").trainables().stream()
                .map(Parameter::values)
                .toList();
        List<Slot> found = where(parameter -> arrays.stream().anyMatch(array -> array == parameter.values()));
        if (found.isEmpty()) {
            throw new IllegalArgumentException(part + " isn't a part of " + model + " with parameters");
        }
        return found;
    }

    /** The slot of a parameter array. */
    List<Slot> of(INDArray array) {
        Objects.requireNonNull(array, "parameter is null");
        List<Slot> found = where(parameter -> parameter.values() == array);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "that array is not a parameter of " + model + "; take it from weight(), bias() or params(model)");
        }
        return found;
    }

    /** The slots of the chosen parameters. */
    List<Slot> where(Predicate<Parameter> chosen) {
        split();
        List<Parameter> parameters = model.trainables();
        List<Slot> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (chosen.test(parameters.get(i))) {
                found.add(all.get(i));
            }
        }
        return found;
    }

    /** Replaces these slots' rules, making each shared rule once; none changes if one is refused. */
    static void replace(List<Slot> chosen, UnaryOperator<Rule> anew) {
        Map<Rule, Rule> replaced = new IdentityHashMap<>();
        chosen.forEach(slot -> replaced.computeIfAbsent(slot.rule, anew));
        chosen.forEach(slot -> slot.set(replaced.get(slot.rule)));
    }

    /** The Σ|g| from which on a step of one of the rules may overflow. */
    double safeSize() {
        double least = Double.POSITIVE_INFINITY;
        Rule last = null;
        for (Slot slot : all) {
            if (slot.rule
                    != last) { // mostly all share one; a record's first hash code takes longer than many a training
                // step
                last = slot.rule;
                least = Math.min(least, Hyperparameters.safeSize(last, model.dataType()));
            }
        }
        return least;
    }

    /** Copies their present state. */
    List<OptimiserState.Slot> state() {
        return all.stream()
                .map(slot -> new OptimiserState.Slot(
                        slot.path, slot.length, slot.rule, slot.frozen, slot.update.state(0, slot.length)))
                .toList();
    }

    /** Restores what {@link #state} returned. */
    void restore(List<OptimiserState.Slot> saved) {
        for (int i = 0; i < all.size(); i++) {
            Slot slot = all.get(i);
            slot.set(saved.get(i).rule());
            slot.frozen = saved.get(i).frozen();
            slot.update.restore(saved.get(i).memory());
        }
    }

    /**
     * Throws unless a state belongs to the same arrays and such a rule.
     *
     * @param rule the optimiser's
     */
    void requireFit(OptimiserState state, Rule rule) {
        List<String> mine =
                all.stream().map(slot -> named(slot.path, slot.length)).toList();
        List<String> theirs = state.slots().stream()
                .map(slot -> named(slot.path(), slot.length()))
                .toList();
        if (!mine.equals(theirs) || !isOfOneKind(rule, state.rule())) {
            throw new IllegalArgumentException("tried to load the state of " + state.rule() + " for " + theirs
                    + " into " + rule + " for " + mine + "; rule and structure must be the same");
        }
        state.slots().forEach(slot -> Hyperparameters.requireFit(slot.rule(), model.dataType()));
        for (int i = 0; i < all.size(); i++) {
            requireSameMemory(all.get(i), state.slots().get(i), rule);
        }
    }

    private static String named(String path, int length) {
        return path + "[" + length + "]";
    }

    private static void requireSameMemory(Slot mine, OptimiserState.Slot saved, Rule rule) {
        int[] lengths = lengths(mine.update.state(0, mine.length));
        int[] theirs = lengths(saved.memory());
        if (!Arrays.equals(lengths, theirs)) {
            throw new IllegalArgumentException("the state of " + rule + " for " + mine.path + " must have arrays of "
                    + Arrays.toString(lengths) + " numbers, but has " + Arrays.toString(theirs));
        }
    }

    private static int[] lengths(List<double[]> arrays) {
        return arrays.stream().mapToInt(array -> array.length).toArray();
    }

    private static boolean isOfOneKind(Rule one, Rule other) {
        if (one instanceof OptimiserChain a && other instanceof OptimiserChain b) {
            boolean same = a.rules().size() == b.rules().size();
            for (int i = 0; same && i < a.rules().size(); i++) {
                same = isOfOneKind(a.rules().get(i), b.rules().get(i));
            }
            return same;
        }
        return one.getClass() == other.getClass() && one.memory().length == other.memory().length;
    }

    /** One parameter array, or the whole model while all arrays are treated alike, with the rule and its state. */
    static final class Slot {

        final String path;
        final int length;
        final Update update;
        Rule rule;
        boolean frozen;

        Slot(String path, int length, Rule rule, Update update) {
            this.path = path;
            this.length = length;
            this.rule = rule;
            this.update = update;
        }

        void set(Rule rule) {
            this.rule = rule;
            update.set(rule);
        }
    }
}
