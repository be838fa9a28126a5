package io.github.flux4j.evaluate;

import java.util.Objects;

/**
 * How good predicted numbers are.
 *
 * <p>Immutable; for any thread.
 */
public final class RegressionMetric extends Metric {

    /** What a metric computes of rows that have been checked: as many of each, finite, with weights that aren't negative and some above 0. */
    @FunctionalInterface
    public interface Formula {
        double of(double[] targets, double[] predictions, double[] weights);
    }

    private final Formula formula;

    RegressionMetric(String name, String label, boolean largerBetter, Formula formula) {
        super(name, label, largerBetter);
        this.formula = Objects.requireNonNull(formula, "formula is null");
    }

    /** A metric of one's own. */
    public static RegressionMetric of(String name, boolean largerBetter, Formula formula) {
        return new RegressionMetric(name, name, largerBetter, formula);
    }

    /**
     * Its value, all rows counting the same.
     *
     * @throws IllegalArgumentException if there is no row, the lengths differ, or a number is NaN or infinite
     */
    public double of(double[] targets, double[] predictions) {
        return of(targets, predictions, MetricChecks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * Its value, a row counting as many times as its weight.
     *
     * @throws IllegalArgumentException as above, or if a weight is negative or all are 0
     */
    public double of(double[] targets, double[] predictions, double[] weights) {
        MetricChecks.requireFinite(targets, "targets");
        MetricChecks.requireFinite(predictions, "predictions");
        MetricChecks.requireSameRows(targets.length, predictions.length, "predictions");
        MetricChecks.requireWeights(weights, targets.length);
        return formula.of(targets, predictions, weights);
    }
}
