package io.github.flux4j.optimise;

import io.github.flux4j.values.Parts;
import java.util.Map;

/**
 * An optimisation rule, which turns a gradient g into a step; an immutable value with the formula and defaults of Optimisers.jl. Any number of
 * threads may share one.
 *
 * <p>An {@link Optimiser}, made by {@code setup}, keeps its state; in the article's style {@link Params} does. Moments start at 0 unless the rule says
 * otherwise, and t counts steps from 1. Write your own rule as a record: {@link Optimiser#adjust(String, double)} and schedules know its double components by
 * name, and equal rules share their state in the article's style.
 *
 * <pre>{@code
 * record HeavyBall(double eta, double rho) implements Rule {
 *     public double[] memory() {
 *         return new double[] {0};
 *     }
 *
 *     public void apply(Strip d, Strip p, Strip[] m, long t) {
 *         m[0].mix(rho, eta, d); // v ← ρ·v + η·g
 *         d.set(m[0]); // p ← p − v
 *     }
 * }
 * }</pre>
 *
 * <p>For a Float32 model a record's numbers are rounded to Float32 first, so that {@code 1 - beta} matches the β in use.
 */
@FunctionalInterface
public interface Rule {

    /** Returns the first value of each moment that the rule keeps per parameter, finite; by default none. */
    default double[] memory() {
        return new double[0];
    }

    /**
     * Replaces gradients by steps, {@code parameter ← parameter − step}. The optimiser calls it for each strip of an array, on several threads if there are
     * many, so the rule itself must keep no state.
     *
     * @param d on entry gradients, or the steps of the rule before in a chain; on return the steps
     * @param p the parameters before the step; don't change them
     * @param m the moments of these parameters: as many strips as {@link #memory} has numbers, in that order
     * @param t the number of the step, from 1
     */
    void apply(Strip d, Strip p, Strip[] m, long t);

    /**
     * Returns a bound for steps relative to gradients, and for moments relative to squared gradients; infinite by default. The optimiser skips checks while
     * that bound excludes an overflow. Without a bound it copies parameters and state before each step, to restore them if the step throws or isn't finite,
     * which takes a few times as long as the step.
     */
    default double growth() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Parses a rule, such as {@code adam(0.001)} or {@code optimiserChain(clipNorm(1), momentum(eta=0.1))}, by its name in Flux4j. Arguments are the components
     * of the rule's record, by position or by name; omitted ones have Flux's defaults.
     *
     * @throws IllegalArgumentException if there is no such rule, or it refuses an argument
     */
    static Rule parse(String text) {
        return parse(text, Parts.NONE);
    }

    /** Parses a rule, one of the library's or of your own; see {@link #parse(String)}. */
    static Rule parse(String text, Parts parts) {
        return RuleVocabulary.RULES.read(text, parts);
    }

    /**
     * Returns this rule with another value for a number, such as {@code eta}; a chain changes each of its rules that has it.
     *
     * @throws IllegalArgumentException if the rule has no such number, or refuses the value
     */
    default Rule with(String name, double value) {
        return Hyperparameters.with(this, Map.of(name, value));
    }

    /**
     * Returns the text that {@link #parse(String)} reads as an equal rule.
     *
     * @throws IllegalArgumentException if the rule is neither the library's nor {@link io.github.flux4j.values.Described}
     */
    default String text() {
        return RuleVocabulary.RULES.call(this).toString();
    }
}
