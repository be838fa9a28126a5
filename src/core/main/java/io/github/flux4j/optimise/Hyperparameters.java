package io.github.flux4j.optimise;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of a rule by name, which are its record's components; in a chain, of each of its rules. */
final class Hyperparameters {

    /** A learning rate that moves nothing: rules refuse 0, which a schedule may touch. */
    static final double STILL = Double.MIN_VALUE;

    private Hyperparameters() {}

    /**
     * The rule with other values for numbers of these names, wherever they occur.
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

    /** The rule as it computes in this type: with numbers of that type, so that what formulas make of them belongs together. */
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
     * How large gradients may be for a step that can't overflow in this type: their squares are finite, and so are they times everything that
     * a rule's numbers can multiply them by, with some room for what has added up before. 0 if there is no such size.
     */
    static double safeSize(Rule rule, DataType type) {
        double largest = type == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        double room = 1e4;
        double growth = Math.max(1, rule.growth());
        double grownSquares = type == DataType.DOUBLE && hasNorm(rule) ? growth : 1; // norms are taken in Float64
        return Math.min(Math.sqrt(largest) / room / grownSquares, largest / (room * room) / growth);
    }

    /** Whether a norm is clipped, which each parameter array has for itself. */
    static boolean hasNorm(Rule rule) {
        return rule instanceof ClipNorm
                || rule instanceof OptimiserChain chain
                        && chain.rules().stream().anyMatch(Hyperparameters::hasNorm);
    }

    /** By the names of a library rule's numbers. */
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
