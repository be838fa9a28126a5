package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.ClassificationMetric;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.RegressionMetric;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Compares what models of different parts of a table say with what is true, though a part may lack a class. */
public record Judge(Goal goal, String target) {

    /** What is shown unless something else is asked for. */
    public List<Metric> usual() {
        return goal instanceof Classes
                ? List.of(Metrics.ACCURACY, Metrics.LOG_LOSS)
                : List.of(Metrics.RMS, Metrics.MAE, Metrics.R2);
    }

    /** What trials are ranked by unless something else is asked for: of classes not the accuracy, which a small change may leave as it is. */
    public List<Metric> ranking() {
        return goal instanceof Classes ? List.of(Metrics.LOG_LOSS, Metrics.ACCURACY) : List.of(Metrics.RMS);
    }

    /**
     * Throws if a metric is for the other kind of target.
     *
     * @throws IllegalArgumentException then
     */
    public void require(Metric metric) {
        if (goal instanceof Classes != metric instanceof ClassificationMetric) {
            throw new IllegalArgumentException(metric.name() + " is a metric for "
                    + (goal instanceof Classes
                            ? "numbers, but a classifier predicts classes"
                            : "classes, but a regressor predicts numbers")
                    + "; use "
                    + String.join(", ", usual().stream().map(Metric::name).toList()));
        }
    }

    public List<String> classes() {
        return goal instanceof Classes known ? known.classes() : List.of();
    }

    /** What is true of these rows. */
    public double[] actual(Table rows) {
        return goal instanceof Classes known
                ? Arrays.stream(known.strata(rows)).asDoubleStream().toArray()
                : ((Numbers) rows.column(target)).values();
    }

    /** A model's outputs in terms of all rows: numbers, or probabilities of all classes. */
    public double[][] predicted(Goal ofModel, double... outputs) {
        return ofModel instanceof Classes known
                ? Arrays.stream(known.rows(outputs))
                        .map(row -> among(known, row))
                        .toArray(double[][]::new)
                : ofModel.rows(outputs);
    }

    /** A class that the model doesn't know has probability 0. */
    private double[] among(Classes known, double... probabilities) {
        double[] all = new double[classes().size()];
        for (int k = 0; k < probabilities.length; k++) {
            all[classes().indexOf(known.classes().get(k))] = probabilities[k];
        }
        return all;
    }

    /** How good they are, the accuracy by the goal's threshold; all rows count the same. */
    public double score(Metric metric, double[] actual, double[]... predicted) {
        require(metric);
        if (metric instanceof RegressionMetric numbers) {
            return numbers.of(
                    actual, Arrays.stream(predicted).mapToDouble(row -> row[0]).toArray());
        }
        int[] classes = DoubleStream.of(actual).mapToInt(k -> (int) k).toArray();
        boolean isOfTaken = metric == Metrics.ACCURACY && goal instanceof Classes;
        return ((ClassificationMetric) metric).of(classes, isOfTaken ? ((Classes) goal).taken(predicted) : predicted);
    }

    /** The same of these rows alone. */
    public double score(Metric metric, int[] rows, double[] actual, double[]... predicted) {
        return score(
                metric,
                IntStream.of(rows).mapToDouble(row -> actual[row]).toArray(),
                IntStream.of(rows).mapToObj(row -> predicted[row]).toArray(double[][]::new));
    }

    /** By how much the second score is worse than the first. */
    public static double worse(Metric metric, double one, double other) {
        return metric.isLargerBetter() ? one - other : other - one;
    }
}
