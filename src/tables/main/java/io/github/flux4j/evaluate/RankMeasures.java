package io.github.flux4j.evaluate;

import io.github.flux4j.internal.figures.Order;
import java.util.stream.IntStream;

/** How well scores put the rows of a class before the others. */
final class RankMeasures {

    /** One class against the rest, by its scores. */
    private interface Measure {
        double of(boolean[] positive, double[] score, double[] weights);
    }

    private RankMeasures() {}

    static double auc(int[] targets, double[][] probabilities, double[] weights) {
        return overClasses(targets, probabilities, weights, RankMeasures::auc);
    }

    static double averagePrecision(int[] targets, double[][] probabilities, double[] weights) {
        return overClasses(targets, probabilities, weights, RankMeasures::averagePrecision);
    }

    /** Of two classes the second; of more the mean of those that aren't NaN. */
    private static double overClasses(int[] targets, double[][] probabilities, double[] weights, Measure measure) {
        int classes = probabilities[0].length;
        return IntStream.range(classes == 2 ? 1 : 0, classes)
                .mapToDouble(k -> oneAgainstRest(k, targets, probabilities, weights, measure))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static double oneAgainstRest(
            int k, int[] targets, double[][] probabilities, double[] weights, Measure measure) {
        boolean[] positive = new boolean[targets.length];
        double[] score = new double[targets.length];
        for (int i = 0; i < targets.length; i++) {
            positive[i] = targets[i] == k;
            score[i] = probabilities[i][k];
        }
        return measure.of(positive, score, weights);
    }

    /** The probability that a positive is before a negative, ties counting half (Hanley and McNeil 1982). NaN without one of them. */
    private static double auc(boolean[] positive, double[] score, double[] w) {
        int[] order = Order.by(score.length, i -> -score[i]); // from the largest down
        double before = 0; // pairs of a positive and a negative in the right order
        double positives = 0;
        double negatives = 0;
        for (int from = 0, to; from < order.length; from = to) {
            double p = 0;
            double n = 0;
            for (to = from; to < order.length && score[order[to]] == score[order[from]]; to++) {
                p += positive[order[to]] ? w[order[to]] : 0;
                n += positive[order[to]] ? 0 : w[order[to]];
            }
            before += n * (positives + p / 2);
            positives += p;
            negatives += n;
        }
        return before / (positives * negatives); // 0/0 is NaN
    }

    /** Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over the thresholds i, from the largest score down. NaN without a positive. */
    private static double averagePrecision(boolean[] positive, double[] score, double[] w) {
        int[] order = Order.by(score.length, i -> -score[i]); // from the largest down
        double sum = 0;
        double positives = 0;
        double all = 0;
        for (int from = 0, to; from < order.length; from = to) {
            double p = 0;
            for (to = from; to < order.length && score[order[to]] == score[order[from]]; to++) {
                p += positive[order[to]] ? w[order[to]] : 0;
                all += w[order[to]];
            }
            positives += p;
            sum += p == 0 ? 0 : p * positives / all;
        }
        return sum / positives;
    }
}
