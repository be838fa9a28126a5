package io.github.flux4j.optimise;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The numbers of a rule by name, which are its record's components; in a chain, of each of its rules. */
final class Hyperparameters {

    private Hyperparameters() {}

    /**
     * The rule with another value for a number of that name, wherever it occurs.
     *
     * @throws IllegalArgumentException if it occurs nowhere, or the value is refused
     */
    static Rule with(Rule rule, String name, double value) {
        if (!names(rule).contains(name)) {
            throw new IllegalArgumentException(rule + " has no " + name + "; it has " + names(rule));
        }
        return replaced(rule, name, value);
    }

    private static Rule replaced(Rule rule, String name, double value) {
        if (rule instanceof OptimiserChain chain) {
            List<Rule> rules =
                    chain.rules().stream().map(r -> replaced(r, name, value)).toList();
            return new OptimiserChain(rules);
        }
        return names(rule).contains(name) ? rebuilt(rule, name, value) : rule;
    }

    /** The names of the numbers. */
    static Set<String> names(Rule rule) {
        Set<String> names = new TreeSet<>();
        if (rule instanceof OptimiserChain chain) {
            chain.rules().forEach(r -> names.addAll(names(r)));
            return names;
        }
        for (RecordComponent component : rule.getClass().getRecordComponents()) {
            if (component.getType() == double.class) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private static Rule rebuilt(Rule rule, String name, double value) {
        RecordComponent[] components = rule.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(name)
                        ? value
                        : components[i].getAccessor().invoke(rule);
            }
            return (Rule) rule.getClass().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new LinkageError("can't rebuild " + rule, e);
        }
    }
}
