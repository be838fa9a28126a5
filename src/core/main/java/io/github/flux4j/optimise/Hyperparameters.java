package io.github.flux4j.optimise;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of a rule by name, its record's components; for a chain, those of each of its rules. */
final class Hyperparameters {

    /** A learning rate that moves nothing: rules refuse 0, which a schedule may reach. */
    static final double STILL = Double.MIN_VALUE;

    private Hyperparameters() {}

    /**
     * Changes numbers by name, wherever they occur.
     *
     * @throws IllegalArgumentException if one occurs nowhere, or the values are refused
     */
    static Rule with(Rule rule, Map<String, Double> values) {
        values.keySet().forEach(name -> requireNumber(rule, name));
        return replaced(rule, values);
    }

    static void requireNumber(Rule rule, String name) {
        if (!names(rule).contains(name)) {
            throw new IllegalArgumentException(rule + " has no " + name + "; it has " + names(rule));
        }
    }

    private static Rule replaced(Rule rule, Map<String, Double> values) {
        return rule instanceof OptimiserChain chain
                ? ofEach(chain, r -> replaced(r, values))
                : RuleComponents.of(rule).changed(rule, (each, now) -> values.getOrDefault(each, now));
    }

    private static Rule ofEach(OptimiserChain chain, UnaryOperator<Rule> change) {
        return new OptimiserChain(chain.rules().stream().map(change).toList());
    }

    /** The names of the numbers. */
    static SortedSet<String> names(Rule rule) {
        if (!(rule instanceof OptimiserChain chain)) {
            return RuleComponents.of(rule).names();
        }
        SortedSet<String> names = new TreeSet<>();
        chain.rules().forEach(r -> names.addAll(names(r)));
        return names;
    }

    /** The rule with its numbers rounded to this type, so that numbers derived from them are consistent. */
    static Rule rounded(Rule rule, DataType type) {
        if (type == DataType.DOUBLE || rule instanceof ClipNorm) { // norms are taken in Float64
            return rule;
        }
        if (rule instanceof OptimiserChain chain) {
            return ofEach(chain, r -> rounded(r, type));
        }
        try {
            return RuleComponents.of(rule).changed(rule, (name, value) -> value == STILL ? value : (float) value);
        } catch (IllegalArgumentException refused) {
            return rule; // each number would be taken, but not all of them at once
        }
    }

    /**
     * Throws unless the type can hold the rule's numbers well enough: in Float32 0.99999999 is 1, 1e-46 is 0 and 1e39 infinite.
     *
     * @throws IllegalArgumentException with the number and what it becomes
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
            double value = RuleComponents.of(rule).value(rule, name);
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
            replaced(rule, Map.of(name, (double) rounded));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /**
     * The largest gradient for which a step can't overflow in this type: its square is finite, also times everything that a rule multiplies it by, with room
     * for what has accumulated. 0 if there is none.
     */
    static double safeSize(Rule rule, DataType type) {
        double largest = type == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        double room = 1e4;
        double growth = Math.max(1, rule.growth());
        double grownSquares = type == DataType.DOUBLE && hasNorm(rule) ? growth : 1; // norms are taken in Float64
        return Math.min(Math.sqrt(largest) / room / grownSquares, largest / (room * room) / growth);
    }

    /** Whether it clips a norm, which each parameter array has for itself. */
    static boolean hasNorm(Rule rule) {
        return rule instanceof ClipNorm
                || rule instanceof OptimiserChain chain
                        && chain.rules().stream().anyMatch(Hyperparameters::hasNorm);
    }

    /** Determined by the names of a library rule's numbers. */
    static double growth(LibraryRule rule) {
        double growth = 1;
        for (String name : names(rule)) {
            growth *= growth(name, RuleComponents.of(rule).value(rule, name));
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
