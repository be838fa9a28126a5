package io.github.flux4j.evaluate;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Formulas of how far probabilities are from what came. */
final class ProbabilityErrors {

    private static final double LEAST = 0x1p-52; // scikit-learn's, for Float64
    private static final int BINS = 15;

    private ProbabilityErrors() {}

    private static double mean(double[] weights, IntToDoubleFunction value) {
        return Errors.mean(IntStream.range(0, weights.length).mapToDouble(value).toArray(), weights);
    }

    static double logLoss(int[] targets, double[][] probabilities, double[] weights) {
        return mean(weights, i -> -Math.log(clipped(probabilities[i][targets[i]]) / sumOfClipped(probabilities[i])));
    }

    private static double sumOfClipped(double... row) {
        return Arrays.stream(row).map(ProbabilityErrors::clipped).sum();
    }

    private static double clipped(double probability) {
        return Math.min(Math.max(probability, LEAST), 1 - LEAST);
    }

    static double brier(int[] targets, double[][] probabilities, double[] weights) {
        double classes = probabilities[0].length;
        return mean(weights, i -> squares(targets[i], probabilities[i])) / (classes == 2 ? 2 : 1);
    }

    private static double squares(int target, double... row) {
        return IntStream.range(0, row.length)
                .mapToDouble(k -> row[k] - (k == target ? 1 : 0))
                .map(error -> error * error)
                .sum();
    }

    /** Whether the target is among the k most probable, of equal ones the first. */
    static double top(int k, int[] targets, double[][] probabilities, double[] weights) {
        return mean(weights, i -> rank(targets[i], probabilities[i]) < k ? 1 : 0);
    }

    private static long rank(int target, double... row) {
        return IntStream.range(0, row.length)
                .filter(k -> row[k] > row[target] || row[k] == row[target] && k < target)
                .count();
    }

    static double calibrationError(int[] targets, double[][] probabilities, double[] weights) {
        double[] surplus = new double[BINS]; // of rows that are right over what the probabilities promised
        for (int i = 0; i < targets.length; i++) {
            int most = Confusion.mostProbable(probabilities[i]);
            double confidence = probabilities[i][most];
            surplus[bin(confidence)] += weights[i] * ((most == targets[i] ? 1 : 0) - confidence);
        }
        return Arrays.stream(surplus).map(Math::abs).sum()
                / Arrays.stream(weights).sum();
    }

    /** Above m/15, up to (m + 1)/15. */
    private static int bin(double confidence) {
        return Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
    }
}
