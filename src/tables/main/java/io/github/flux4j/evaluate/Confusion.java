package io.github.flux4j.evaluate;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A confusion matrix: how often each true class (row) was predicted as each class (column). Immutable.
 *
 * <p>The formulas use n for all rows, t for row sums (true counts), p for column sums (predicted counts) and c for the trace. A ratio of 0 to 0 is 0, as in
 * scikit-learn, unless stated.
 */
public final class Confusion {

    private final double[][] counts;
    private final double[] truly;
    private final double[] predicted;
    private final double all;
    private final double right;

    private Confusion(double[][] counts) {
        this.counts = counts;
        this.truly = Arrays.stream(counts)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        this.predicted = IntStream.range(0, counts.length)
                .mapToDouble(
                        k -> Arrays.stream(counts).mapToDouble(row -> row[k]).sum())
                .toArray();
        this.all = Arrays.stream(truly).sum();
        this.right =
                IntStream.range(0, counts.length).mapToDouble(k -> counts[k][k]).sum();
    }

    /**
     * Counts class numbers.
     *
     * @param classes how many exist, whether they occur or not
     * @throws IllegalArgumentException if there is no row, the lengths differ, or a number is not a class
     */
    public static Confusion of(int[] targets, int[] predictions, int classes) {
        return of(
                targets,
                predictions,
                classes,
                MetricChecks.ones(Objects.requireNonNull(targets, "targets is null").length));
    }

    /**
     * Counts class numbers with weighted rows.
     *
     * @throws IllegalArgumentException also if a weight is negative or all are 0
     */
    public static Confusion of(int[] targets, int[] predictions, int classes, double[] weights) {
        MetricChecks.requireSameRows(
                targets.length, Objects.requireNonNull(predictions, "predictions is null").length, "predictions");
        MetricChecks.requireWeights(weights, targets.length);
        MetricChecks.requireClasses(targets, classes, "targets");
        MetricChecks.requireClasses(predictions, classes, "predictions");
        double[][] counts = new double[classes][classes];
        for (int i = 0; i < targets.length; i++) {
            counts[targets[i]][predictions[i]] += weights[i];
        }
        return new Confusion(counts);
    }

    /** Of the most probable classes. */
    static Confusion of(int[] targets, double[][] probabilities, double[] weights) {
        int[] predictions =
                Arrays.stream(probabilities).mapToInt(Confusion::mostProbable).toArray();
        return of(targets, predictions, probabilities[0].length, weights);
    }

    /** The index of the largest probability, the first of equals. */
    public static int mostProbable(double... probabilities) {
        int most = 0;
        for (int k = 1; k < probabilities.length; k++) {
            most = probabilities[k] > probabilities[most] ? k : most;
        }
        return most;
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** How often the target class was predicted as the other one, or as itself. */
    public double count(int target, int prediction) {
        return counts[target][prediction];
    }

    /** c / n: the share of correct rows. */
    public double accuracy() {
        return right / all;
    }

    /** The mean recall of the classes that occur (Brodersen and others 2010). */
    public double balancedAccuracy() {
        return mean(k -> truly[k] > 0, this::recall, k -> 1);
    }

    /** The share of rows predicted as the class that are in it. */
    public double precision(int k) {
        return ratio(counts[k][k], predicted[k]);
    }

    /** The share of the class's rows that are predicted as it. */
    public double recall(int k) {
        return ratio(counts[k][k], truly[k]);
    }

    /** The harmonic mean of precision and recall, 2c / (t + p) (van Rijsbergen 1979). */
    public double f1(int k) {
        return ratio(2 * counts[k][k], truly[k] + predicted[k]);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** The plain mean of a measure over the classes that are true or predicted somewhere: {@code macro(confusion::f1)}. */
    public double macro(IntToDoubleFunction measure) {
        return mean(k -> truly[k] + predicted[k] > 0, measure, k -> 1);
    }

    /** The mean of a measure over the classes, weighted by their true counts. */
    public double weighted(IntToDoubleFunction measure) {
        return mean(k -> truly[k] > 0, measure, k -> truly[k]);
    }

    private double mean(IntPredicate counted, IntToDoubleFunction measure, IntToDoubleFunction weight) {
        int[] classes = IntStream.range(0, classes()).filter(counted).toArray();
        double sum = IntStream.of(classes)
                .mapToDouble(k -> measure.applyAsDouble(k) * weight.applyAsDouble(k))
                .sum();
        return sum / IntStream.of(classes).mapToDouble(weight).sum();
    }

    /** Matthews' correlation for any number of classes (Gorodkin 2004): (c·n − t·p) / √((n² − p·p)(n² − t·t)). */
    public double mcc() {
        double root = Math.sqrt((all * all - product(predicted, predicted)) * (all * all - product(truly, truly)));
        return ratio(right * all - product(truly, predicted), root);
    }

    /** Agreement beyond chance (Cohen 1960): 1 − (1 − c/n) / (1 − t·p/n²). NaN if every row is, and is predicted as, the same class. */
    public double kappa() {
        return 1 - (all - right) * all / (all * all - product(truly, predicted));
    }

    private static double product(double[] one, double... other) {
        return IntStream.range(0, one.length)
                .mapToDouble(k -> one[k] * other[k])
                .sum();
    }

    /** One line for each true class. */
    @Override
    public String toString() {
        return Arrays.stream(counts)
                .map(Arrays::toString)
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
    }
}
