package io.github.flux4j.learn;

import io.github.flux4j.table.RowSplit;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The fits of one round of a tuning that aren't done yet: as tasks, and what becomes of their results. */
final class TuningRound {

    private final FoldFit fits;
    private final Splits splits;
    private final Candidates<?> candidates;
    private final Ranking<?> ranking;
    private final FitScores scores;
    private final int round;
    private final List<FitScore.Place> missing;
    private final long start = System.nanoTime();
    private final int[] open;
    private int trials;
    private int results;
    private double best;

    TuningRound(FoldFit fits, Splits splits, Ranking<?> ranking, FitScores scores, int round) {
        this.fits = fits;
        this.splits = splits;
        this.candidates = ranking.candidates();
        this.ranking = ranking;
        this.scores = scores;
        this.round = round;
        List<Integer> taking = ranking.in(round);
        this.missing = taking.stream()
                .flatMap(trial ->
                        IntStream.range(0, splits.count()).mapToObj(fold -> new FitScore.Place(round, trial, fold)))
                .filter(place -> !scores.all().containsKey(place))
                .toList();
        this.open = new int[candidates.size()];
        missing.forEach(place -> open[place.trial()]++);
        this.trials = (int) taking.stream().filter(trial -> open[trial] == 0).count();
        this.best = ranking.best(round);
    }

    /** Has all of them done. */
    void run(FoldExecutor executor, Consumer<? super TuningProgress> progress) {
        if (missing.isEmpty()) {
            return;
        }
        FoldResults.each(executor, fits.table(), tasks(), result -> take(result, progress));
    }

    private List<FoldTask> tasks() {
        return new AbstractList<>() {
            @Override
            public FoldTask get(int number) {
                return task(number, missing.get(number));
            }

            @Override
            public int size() {
                return missing.size();
            }
        };
    }

    private FoldTask task(int number, FitScore.Place place) {
        Estimator<?, ?> trial = candidates.estimator(place.trial(), round);
        Estimator<?, ?> estimator = trial.yardstick(false); // nobody asks for one
        RowSplit split = splits.get(place.fold());
        long seed = splits.seed(estimator, place.fold());
        return new FoldTask(number, estimator, fits.target(), split.train(), split.test(), seed);
    }

    private synchronized void take(FoldResult result, Consumer<? super TuningProgress> progress) {
        FitScore.Place place = missing.get(result.number());
        scores.put(place, score(place, result));
        results++;
        if (--open[place.trial()] == 0) {
            trials++;
            best = ranking.better(best, ranking.mean(round, place.trial()));
        }
        progress.accept(progress());
    }

    private FitScore score(FitScore.Place place, FoldResult result) {
        if (result.failed()) {
            return new FitScore(List.of(), result.failure());
        }
        try {
            double[] actual = fits.actual(splits.get(place.fold()).test());
            return new FitScore(
                    ranking.metrics().stream()
                            .map(metric -> fits.judge().score(metric, actual, result.predictions()))
                            .toList(),
                    "");
        } catch (IllegalArgumentException refused) { // a metric may need both classes, say
            return new FitScore(List.of(), String.valueOf(refused.getMessage()));
        }
    }

    private TuningProgress progress() {
        int before = IntStream.range(0, round).map(candidates::in).sum();
        int all = IntStream.range(0, candidates.rounds()).map(candidates::in).sum();
        int done = before * splits.count() + candidates.in(round) * splits.count() - missing.size() + results;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new TuningProgress(
                before + trials,
                all,
                done,
                all * splits.count(),
                ranking.metrics().get(0),
                best,
                elapsed.dividedBy(results).multipliedBy(all * splits.count() - done));
    }

    /** Saves what isn't yet, once nobody tells of results any more. */
    synchronized void save() {
        scores.save();
    }
}
