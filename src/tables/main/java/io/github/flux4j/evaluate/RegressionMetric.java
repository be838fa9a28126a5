package io.github.flux4j.evaluate;

import java.util.Objects;

/** A metric for predicted numbers. Immutable; safe for any thread. */
public final class RegressionMetric extends Metric {

    /** The formula, for checked rows: equally many finite numbers of each, and weights of at least 0, some above. */
    @FunctionalInterface
    public interface Formula {
        double of(double[] targets, double[] predictions, double[] weights);
    }

    private final Formula formula;

    RegressionMetric(String name, String label, boolean largerBetter, Formula formula) {
        super(name, label, largerBetter);
        this.formula = Objects.requireNonNull(formula, "formula is null");
    }

    /** A metric of your own. */
    public static RegressionMetric of(String name, boolean largerBetter, Formula formula) {
        return new RegressionMetric(name, name, largerBetter, formula);
    }

    /**
     * The metric with all rows counting the same.
     *
     * @throws IllegalArgumentException if there is no row, the lengths differ, or a number is NaN or infinite
     */
    public double of(double[] targets, double[] predictions) {
        return of(targets, predictions, MetricChecks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * The metric with weighted rows.
     *
     * @throws IllegalArgumentException also if a weight is negative or all are 0
     */
    public double of(double[] targets, double[] predictions, double[] weights) {
        MetricChecks.requireFinite(targets, "targets");
        MetricChecks.requireFinite(predictions, "predictions");
        MetricChecks.requireSameRows(targets.length, predictions.length, "predictions");
        MetricChecks.requireWeights(weights, targets.length);
        return formula.of(targets, predictions, weights);
    }
}
