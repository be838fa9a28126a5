package io.github.flux4j.optimise;

import io.github.flux4j.values.Parts;
import java.util.Map;

/**
 * How parameters move, given a gradient g: an immutable value, with the formulas and defaults of Optimisers.jl. Its state (momenta and the
 * like, all starting at 0 unless said) is an {@link Optimiser}'s, made by {@code setup}, or in the article's style a {@link Params}'. t counts
 * the steps from 1.
 *
 * <p>A rule of one's own is best a record: its components of type double are what {@link Optimiser#adjust(String, double)} and schedules know
 * by name, and equal ones share their state in the article's style. It works wherever the library's do:
 *
 * <pre>{@code
 * record HeavyBall(double eta, double rho) implements Rule {
 *     public double[] memory() {
 *         return new double[] {0};
 *     }
 *
 *     public void apply(Strip d, Strip p, Strip[] m, long t) {
 *         m[0].mix(rho, eta, d); // v ← ρ·v + η·g
 *         d.set(m[0]);           // p ← p − v
 *     }
 * }
 * }</pre>
 *
 * <p>For a Float32 model a record's numbers are rounded to Float32 first, so that {@code 1 - beta} is the rest of the β that is used.
 */
@FunctionalInterface
public interface Rule {

    /** What each moment or the like that it remembers of a parameter is at first, finite; by default it remembers nothing. */
    default double[] memory() {
        return new double[0];
    }

    /**
     * Replaces gradients by steps, {@code parameter ← parameter − step}. Called for one strip of an array after another, by several threads at
     * once where there are many, so it keeps nothing itself.
     *
     * @param d on entry gradients, or what the rule before in a chain made of them; on return the steps
     * @param p the parameters before the step, to be left as they are
     * @param m what is remembered of these parameters: as many strips as {@link #memory} has numbers, in that order
     * @param t the number of the step, from 1
     */
    void apply(Strip d, Strip p, Strip[] m, long t);

    /**
     * How many times as large as the gradients a step can be at most, or as their squares what is remembered. While that can't overflow, nobody
     * looks. Infinite, as by default, has the parameters and the state copied before each step, and put back if the step throws or isn't
     * finite; which costs a few times the step.
     */
    default double growth() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * The rule that a text names, such as {@code adam(0.001)} or {@code optimiserChain(clipNorm(1), momentum(eta=0.1))}: the words of Flux4j, with
     * the components of the rule's record as arguments, by place or by name; what is left out is Flux's default.
     *
     * @throws IllegalArgumentException if it names none, or an argument is refused
     */
    static Rule parse(String text) {
        return parse(text, Parts.NONE);
    }

    /** As {@link #parse(String)}, of a text that may name rules of the reader's own. */
    static Rule parse(String text, Parts parts) {
        return RuleVocabulary.RULES.read(text, parts);
    }

    /**
     * The same rule with another value for the number of that name, such as {@code eta}; in a chain for each of its rules that has it.
     *
     * @throws IllegalArgumentException if it has no such number, or refuses the value
     */
    default Rule with(String name, double value) {
        return Hyperparameters.with(this, Map.of(name, value));
    }

    /**
     * The text from which {@link #parse(String)} makes an equal rule.
     *
     * @throws IllegalArgumentException if the library doesn't have it, and it isn't {@link io.github.flux4j.values.Described} either
     */
    default String text() {
        return RuleVocabulary.RULES.call(this).toString();
    }
}
