package io.github.flux4j.evaluate;

import java.util.Objects;

/**
 * How good predicted probabilities of classes are; classes are numbered from 0, and the most probable (the first of several) is predicted.
 *
 * <p>Immutable; for any thread.
 */
public final class ClassificationMetric extends Metric {

    /**
     * What a metric computes of rows that have been checked: class numbers, rows of as many probabilities as there are classes, and weights
     * that aren't negative, some above 0.
     */
    @FunctionalInterface
    public interface Formula {
        double of(int[] targets, double[][] probabilities, double[] weights);
    }

    private final Formula formula;

    ClassificationMetric(String name, String label, boolean largerBetter, Formula formula) {
        super(name, label, largerBetter);
        this.formula = Objects.requireNonNull(formula, "formula is null");
    }

    /** A metric of one's own. */
    public static ClassificationMetric of(String name, boolean largerBetter, Formula formula) {
        return new ClassificationMetric(name, name, largerBetter, formula);
    }

    /**
     * Its value, all rows counting the same.
     *
     * @param targets the class of each row, from 0
     * @param probabilities {@code [rows][classes]}
     * @throws IllegalArgumentException if there is no row, the lengths differ, there are fewer than two classes, a probability isn't from 0 to
     *     1, or a target is no class
     */
    public double of(int[] targets, double[][] probabilities) {
        return of(targets, probabilities, MetricChecks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * Its value, a row counting as many times as its weight.
     *
     * @throws IllegalArgumentException as above, or if a weight is negative or all are 0
     */
    public double of(int[] targets, double[][] probabilities, double[] weights) {
        MetricChecks.requireProbabilities(probabilities);
        MetricChecks.requireSameRows(
                Objects.requireNonNull(targets, "targets is null").length, probabilities.length, "probabilities");
        MetricChecks.requireClasses(targets, probabilities[0].length, "targets");
        MetricChecks.requireWeights(weights, targets.length);
        return formula.of(targets, probabilities, weights);
    }
}
