package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.prepare.ThresholdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Precision and recall of one class of two at each threshold of its probability. */
public final class PrecisionRecall {

    private static final int POINTS = 100;

    private final List<int[]> counts = new ArrayList<>(); // hits and alarms from the largest probability down
    private final List<Double> scores = new ArrayList<>();

    /** Of rows whose classes are given by their places. */
    public PrecisionRecall(int positive, int[] actual, double[]... probabilities) {
        int hits = 0;
        int alarms = 0;
        for (int i : Order.by(actual.length, i -> -probabilities[i][positive])) {
            double score = probabilities[i][positive];
            boolean isTie = !scores.isEmpty() && scores.get(scores.size() - 1) == score;
            hits += actual[i] == positive ? 1 : 0;
            alarms += actual[i] == positive ? 0 : 1;
            if (isTie) {
                counts.set(counts.size() - 1, new int[] {hits, alarms});
            } else {
                counts.add(new int[] {hits, alarms});
                scores.add(score);
            }
        }
    }

    private int positives() {
        return counts.get(counts.size() - 1)[0];
    }

    /** Whether there are rows of both classes. */
    public boolean hasBoth() {
        return positives() > 0 && counts.get(counts.size() - 1)[1] > 0;
    }

    /** The threshold that is best by a rule, the largest of several, halfway between two probabilities. */
    public double best(ThresholdRule rule) {
        int best = -1; // no row
        double most = rule.value(0, 0, positives());
        for (int i = 0; i < counts.size(); i++) {
            double value = rule.value(counts.get(i)[0], counts.get(i)[1], positives());
            if (value > most) {
                most = value;
                best = i;
            }
        }
        return ((best < 0 ? 1 : scores.get(best)) + (best + 1 < scores.size() ? scores.get(best + 1) : 0)) / 2;
    }

    /** What a threshold gives; NaN for the precision of no row. */
    public Unseen.Point at(double threshold) {
        int last = (int) scores.stream().filter(score -> score >= threshold).count() - 1;
        int[] taken = last < 0 ? new int[2] : counts.get(last);
        return new Unseen.Point(threshold, taken[0] / (double) (taken[0] + taken[1]), taken[0] / (double) positives());
    }

    /** At most a hundred of them, the largest threshold first. */
    public List<Unseen.Point> curve() {
        int shown = Math.min(POINTS, scores.size());
        return IntStream.range(0, shown)
                .map(k -> shown == 1 ? 0 : (int) ((long) k * (scores.size() - 1) / (shown - 1)))
                .mapToObj(i -> at(scores.get(i)))
                .toList();
    }
}
