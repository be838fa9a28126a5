package io.github.flux4j.evaluate;

import java.util.Objects;

/** A metric for predicted class probabilities. Classes are numbered from 0; the most probable one is predicted, the first of equals. Immutable; safe for any thread. */
public final class ClassificationMetric extends Metric {

    /** The formula, for checked rows: class numbers, a probability per class, and weights of at least 0, some above. */
    @FunctionalInterface
    public interface Formula {
        double of(int[] targets, double[][] probabilities, double[] weights);
    }

    private final Formula formula;

    ClassificationMetric(String name, String label, boolean largerBetter, Formula formula) {
        super(name, label, largerBetter);
        this.formula = Objects.requireNonNull(formula, "formula is null");
    }

    /** A metric of your own. */
    public static ClassificationMetric of(String name, boolean largerBetter, Formula formula) {
        return new ClassificationMetric(name, name, largerBetter, formula);
    }

    /**
     * The metric with all rows counting the same.
     *
     * @param targets the class of each row, from 0
     * @param probabilities {@code [rows][classes]}
     * @throws IllegalArgumentException if there is no row, the lengths differ, there are fewer than two classes, a probability is outside [0, 1], or a target is not
     *     a class
     */
    public double of(int[] targets, double[][] probabilities) {
        return of(targets, probabilities, MetricChecks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * The metric with weighted rows.
     *
     * @throws IllegalArgumentException also if a weight is negative or all are 0
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
