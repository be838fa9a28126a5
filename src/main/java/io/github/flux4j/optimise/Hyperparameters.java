package io.github.flux4j.optimise;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of a rule by name, which are its record's components; in a chain, of each of its rules. */
final class Hyperparameters {

    /** A learning rate that moves nothing: rules refuse 0, which a schedule may touch. */
    static final double STILL = Double.MIN_VALUE;

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> rule) {
            return rule.getRecordComponents();
        }
    };

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
        for (RecordComponent component : COMPONENTS.get(rule.getClass())) {
            if (component.getType() == double.class) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private static Rule rebuilt(Rule rule, String name, double value) {
        RecordComponent[] components = COMPONENTS.get(rule.getClass());
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

    private static double value(Rule rule, String name) {
        for (RecordComponent component : COMPONENTS.get(rule.getClass())) {
            if (component.getName().equals(name)) {
                try {
                    return (double) component.getAccessor().invoke(rule);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("can't read " + name + " of " + rule, e);
                }
            }
        }
        throw new IllegalArgumentException(rule + " has no " + name);
    }

    /**
     * Throws unless the rule's numbers are as good in the type that it computes in: 0.99999999 is 1 in Float32, 1e-46 is 0 and 1e39 infinite.
     *
     * @throws IllegalArgumentException with the number and what becomes of it
     */
    static void requireFit(Rule rule, DataType type) {
        if (type == DataType.DOUBLE) {
            return;
        }
        if (rule instanceof OptimiserChain chain) {
            chain.rules().forEach(r -> requireFit(r, type));
            return;
        }
        for (String name : names(rule)) {
            double value = value(rule, name);
            if (value != STILL && !fits(rule, name, value)) {
                throw new IllegalArgumentException(
                        rule + " doesn't fit a Float32 model, where " + name + " = " + value + " is " + (float) value
                                + ". Choose a number that Float32 can hold, or train in Float64: f64(model)");
            }
        }
    }

    private static boolean fits(Rule rule, String name, double value) {
        float rounded = (float) value;
        if (rounded == 0 && value != 0 || Float.isInfinite(rounded) && Double.isFinite(value)) {
            return false;
        }
        try {
            rebuilt(rule, name, rounded);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /**
     * How large gradients may be for a step that can't overflow in this type: their squares are finite, and so are they times everything that
     * a rule's numbers can multiply them by, with some room for what has added up before. 0 if there is no such size.
     */
    static double safeSize(Rule rule, DataType type) {
        double largest = type == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        double room = 1e4;
        double growth = growth(rule);
        double grownSquares = type == DataType.DOUBLE && hasNorm(rule) ? growth : 1; // norms are taken in Float64
        return Math.min(Math.sqrt(largest) / room / grownSquares, largest / (room * room) / growth);
    }

    /** Whether a norm is clipped, which each parameter array has for itself. */
    static boolean hasNorm(Rule rule) {
        return rule instanceof ClipNorm
                || rule instanceof OptimiserChain chain
                        && chain.rules().stream().anyMatch(Hyperparameters::hasNorm);
    }

    private static double growth(Rule rule) {
        double growth = 1;
        if (rule instanceof OptimiserChain chain) {
            for (Rule each : chain.rules()) {
                growth *= growth(each);
            }
            return growth;
        }
        for (String name : names(rule)) {
            growth *= growth(name, value(rule, name));
        }
        return growth;
    }

    private static double growth(String name, double value) {
        return switch (name) {
            case "eta", "lambda", "grow", "largest" -> Math.max(1, value);
            case "rho", "beta1", "beta2" -> 1 / (1 - value);
            case "epsilon" -> 1 / Math.min(1, value);
            case "p" -> value > 2 && Double.isFinite(value) ? Double.POSITIVE_INFINITY : 1; // of a norm: |g|ᵖ
            default -> 1;
        };
    }
}
