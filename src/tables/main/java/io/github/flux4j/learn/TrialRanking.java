package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.tune.TuningJournal.FitScore;
import io.github.flux4j.internal.tune.TuningJournal.Place;
import io.github.flux4j.learn.Tuned.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the fits that are done say of the trials.
 *
 * @param metrics the first ranks
 * @param folds of each trial
 * @param scores looked up when they are asked for
 */
record TrialRanking<E extends Estimator<E, ?>>(
        Candidates<E> candidates, List<Metric> metrics, int folds, Map<Place, FitScore> scores) {

    /** Whether all folds of a trial are done. */
    boolean isDone(int round, int trial) {
        return IntStream.range(0, folds).allMatch(fold -> scores.containsKey(new Place(round, trial, fold)));
    }

    /** The trials that take part in a round, which those of the round before decide. */
    List<Integer> in(int round) {
        if (round == 0) {
            return IntStream.range(0, candidates.size()).boxed().toList();
        }
        return in(round - 1).stream()
                .sorted(Comparator.comparing(trial -> trial(round - 1, trial), order()))
                .limit(candidates.in(round))
                .sorted()
                .toList();
    }

    /** All that are done, each as of its last round, the best first. */
    List<Trial<E>> ranked() {
        List<Trial<E>> ranked = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int round = candidates.rounds() - 1; round >= 0; round--) {
            int number = round;
            of(round).stream()
                    .filter(seen::add)
                    .map(trial -> trial(number, trial))
                    .sorted(order())
                    .forEach(ranked::add);
        }
        return ranked;
    }

    private List<Integer> of(int round) {
        return IntStream.range(0, candidates.size())
                .filter(trial -> isDone(round, trial))
                .boxed()
                .toList();
    }

    /** Better ones first; what is NaN or failed last; the same in the order of their numbers. */
    private Comparator<Trial<E>> order() {
        Metric metric = metrics.get(0);
        Comparator<Trial<E>> byScore = Comparator.comparingDouble(
                trial -> metric.isLargerBetter() ? -trial.mean(metric) : trial.mean(metric)); // NaN is the largest
        return Comparator.<Trial<E>, Boolean>comparing(Trial::failed)
                .thenComparing(byScore)
                .thenComparingInt(Trial::number);
    }

    /** The best mean of a round; NaN if there is none. */
    double best(int round) {
        return of(round).stream().mapToDouble(trial -> mean(round, trial)).reduce(Double.NaN, this::better);
    }

    /** A trial's mean; NaN if it failed. */
    double mean(int round, int trial) {
        return trial(round, trial).mean(metrics.get(0));
    }

    /** The better of two means, either of which may be none. */
    double better(double one, double other) {
        boolean first = metrics.get(0).isLargerBetter() ? one >= other : one <= other;
        return first || Double.isNaN(other) ? one : other;
    }

    private Trial<E> trial(int round, int trial) {
        List<FitScore> each = IntStream.range(0, folds)
                .mapToObj(fold -> scores.get(new Place(round, trial, fold)))
                .toList();
        int failed = IntStream.range(0, folds)
                .filter(fold -> each.get(fold).failed())
                .findFirst()
                .orElse(-1);
        return new Trial<>(
                trial + 1,
                candidates.values().get(trial),
                candidates.estimators().get(trial),
                candidates.epochs(trial, round),
                failed < 0 ? byMetric(each) : Map.of(),
                failed < 0
                        ? ""
                        : "fold " + (failed + 1) + " of " + folds + ": "
                                + each.get(failed).failure());
    }

    private Map<Metric, List<Double>> byMetric(List<FitScore> folds) {
        Map<Metric, List<Double>> scores = new LinkedHashMap<>();
        for (int k = 0; k < metrics.size(); k++) {
            int metric = k;
            scores.put(
                    metrics.get(k),
                    folds.stream().map(fold -> fold.scores().get(metric)).toList());
        }
        return scores;
    }
}
