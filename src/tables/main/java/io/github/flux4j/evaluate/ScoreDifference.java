package io.github.flux4j.evaluate;

import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The difference between two estimators' scores on the same folds, with an interval for the true difference: the corrected resampled t interval (Nadeau and Bengio
 * 2003), {@code d̄ ± t·√((1/J + n_test/n_train)·s²)}. J differences d have mean d̄ and variance s²; t is Student's quantile for J − 1 degrees of freedom. Folds share
 * training rows, so the usual 1/J alone would find differences where there are none.
 *
 * @param mean of the differences, the first score minus the second
 * @param low the interval's lower end
 * @param high the interval's upper end
 * @param level the interval's confidence, such as 0.95
 * @param pValue the two-sided probability of so large a difference between equal estimators
 */
public record ScoreDifference(double mean, double low, double high, double level, double pValue) {

    /**
     * Compares scores by fold.
     *
     * @param testToTrain test rows per training row: 1/(k − 1) for k folds, repeated or not
     * @throws IllegalArgumentException if there are fewer than two folds, the lengths differ, a score isn't finite, testToTrain isn't finite and above 0, or level
     *     isn't above 0 and below 1
     */
    public static ScoreDifference of(double[] scores, double[] others, double testToTrain, double level) {
        MetricChecks.requireFinite(scores, "scores");
        MetricChecks.requireFinite(others, "others");
        MetricChecks.requireSameRows(scores.length, others.length, "others");
        if (scores.length < 2) {
            throw new IllegalArgumentException("a difference needs the scores of two folds or more, but there is one");
        }
        if (!(testToTrain > 0 && testToTrain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("testToTrain must be finite and above 0, but was " + testToTrain);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be above 0 and below 1, such as 0.95, but was " + level);
        }
        return of(
                IntStream.range(0, scores.length)
                        .mapToDouble(i -> scores[i] - others[i])
                        .toArray(),
                testToTrain,
                level);
    }

    private static ScoreDifference of(double[] differences, double testToTrain, double level) {
        int folds = differences.length;
        double mean = Errors.mean(differences, MetricChecks.ones(folds));
        double squares =
                Errors.mean(differences, new double[folds], MetricChecks.ones(folds), d -> (d - mean) * (d - mean));
        double variance = squares * folds / (folds - 1);
        double error = Math.sqrt((1.0 / folds + testToTrain) * variance);
        TDistribution student = new TDistribution(null, folds - 1); // draws no numbers
        double half = student.inverseCumulativeProbability((1 + level) / 2) * error;
        double pValue = mean == 0 ? 1 : 2 * student.cumulativeProbability(-Math.abs(mean) / error);
        return new ScoreDifference(mean, mean - half, mean + half, level, pValue);
    }

    /** Whether the interval excludes 0, so that the difference is more than chance. */
    public boolean isClear() {
        return low > 0 || high < 0;
    }

    /** Such as {@code 0.12, between 0.02 and 0.22 at level 0.95 (p 0.03)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.3g, between %.3g and %.3g at level %s (p %.2g)", mean, low, high, level, pValue);
    }
}
