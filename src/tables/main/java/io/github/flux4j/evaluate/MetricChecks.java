package io.github.flux4j.evaluate;

import java.util.Arrays;
import java.util.Objects;

/** What every metric refuses. */
final class MetricChecks {

    private MetricChecks() {}

    static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    static void requireFinite(double[] values, String name) {
        if (Objects.requireNonNull(values, name + " is null").length == 0) {
            throw new IllegalArgumentException("a metric needs a row, but " + name + " has none");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + " must be finite, but row " + i + " is " + values[i]
                        + "; drop such rows, or find out why they are");
            }
        }
    }

    static void requireSameRows(int targets, int others, String name) {
        if (targets != others) {
            throw new IllegalArgumentException("a metric needs a row of " + name + " for each target, but there are "
                    + targets + " targets and " + others + " rows of " + name);
        }
    }

    /** For records of held-out rows; here, since a check in {@link Unseen} would make it before its parts. */
    static void requireSameLength(boolean fit) {
        if (!fit) {
            throw new IllegalArgumentException(
                    "the held-out rows' lists differ in length; they must have a number for each row, class or value");
        }
    }

    static void requireWeights(double[] weights, int rows) {
        requireFinite(weights, "weights");
        requireSameRows(rows, weights.length, "weights");
        for (int i = 0; i < rows; i++) {
            if (weights[i] < 0) {
                throw new IllegalArgumentException("weights must be 0 or more, but row " + i + " has " + weights[i]);
            }
        }
        if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("a metric needs a row with a weight above 0, but all weights are 0");
        }
    }

    static void requireProbabilities(double[][] probabilities) {
        if (Objects.requireNonNull(probabilities, "probabilities is null").length == 0) {
            throw new IllegalArgumentException("a metric needs a row, but probabilities has none");
        }
        for (int i = 0; i < probabilities.length; i++) {
            double[] row = Objects.requireNonNull(probabilities[i], "row " + i + " of probabilities is null");
            if (row.length < 2 || row.length != probabilities[0].length) {
                throw new IllegalArgumentException(
                        "probabilities must have a column for each class, two or more, but row 0 has "
                                + probabilities[0].length + " and row " + i + " has " + row.length);
            }
            requireProbabilities(row, i);
        }
    }

    private static void requireProbabilities(double[] row, int number) {
        for (double probability : row) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probabilities must be from 0 to 1, but row " + number + " has "
                        + probability + "; apply softmax to logits first");
            }
        }
    }

    static void requireClasses(int[] numbers, int classes, String name) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= classes) {
                throw new IllegalArgumentException(name + " must be class numbers from 0 to " + (classes - 1)
                        + ", but row " + i + " is " + numbers[i]);
            }
        }
    }
}
