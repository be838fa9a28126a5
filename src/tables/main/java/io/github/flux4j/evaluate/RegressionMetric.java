package io.github.flux4j.evaluate;

import java.util.Objects;

/**
 * How good predicted numbers are.
 *
 * <p>Immutable; for any thread.
 */
public final class RegressionMetric implements Metric {

    /** What a metric computes of rows that have been checked: as many of each, finite, with weights that aren't negative and some above 0. */
    @FunctionalInterface
    public interface Formula {
        double of(double[] targets, double[] predictions, double[] weights);
    }

    private final String name;
    private final String label;
    private final boolean largerBetter;
    private final Formula formula;

    RegressionMetric(String name, String label, boolean largerBetter, Formula formula) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.label = label;
        this.largerBetter = largerBetter;
        this.formula = Objects.requireNonNull(formula, "formula is null");
    }

    /** A metric of one's own. */
    public static RegressionMetric of(String name, boolean largerBetter, Formula formula) {
        return new RegressionMetric(name, name, largerBetter, formula);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean isLargerBetter() {
        return largerBetter;
    }

    /**
     * Its value, all rows counting the same.
     *
     * @throws IllegalArgumentException if there is no row, the lengths differ, or a number is NaN or infinite
     */
    public double of(double[] targets, double[] predictions) {
        return of(targets, predictions, Checks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * Its value, a row counting as many times as its weight.
     *
     * @throws IllegalArgumentException as above, or if a weight is negative or all are 0
     */
    public double of(double[] targets, double[] predictions, double[] weights) {
        Checks.requireFinite(targets, "targets");
        Checks.requireFinite(predictions, "predictions");
        Checks.requireSameRows(targets.length, predictions.length, "predictions");
        Checks.requireWeights(weights, targets.length);
        return formula.of(targets, predictions, weights);
    }

    @Override
    public String toString() {
        return name;
    }
}
