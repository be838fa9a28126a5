package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.tune.Dimension;
import io.github.flux4j.internal.tune.Fingerprint;
import io.github.flux4j.internal.tune.TuningJournal;
import io.github.flux4j.internal.tune.TuningJournal.FitScore;
import io.github.flux4j.internal.tune.TuningJournal.Place;
import io.github.flux4j.learn.Tuned.Trial;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A tuning under way: round after round it has the fits done that aren't yet, and judges what comes of them. */
final class TuningRun<E extends Estimator<E, F>, F extends Fitted> {

    private final long start = System.nanoTime();
    /** Rows of the first folds; all of leaving one out would take too much memory. */
    private final List<FoldTask.Shared> shared =
            Stream.generate(FoldTask.Shared::new).limit(20).toList();

    private final Tuning<E, F> tuning;
    private final Table table;
    private final FoldFit fits;
    private final Splits splits;
    private final List<Metric> metrics;
    private final Candidates<E> candidates;
    private final TuningJournal journal;
    private final TrialRanking<E> ranking;

    TuningRun(Tuning<E, F> tuning, Table table, String target) {
        this.tuning = tuning;
        this.table = table;
        this.fits = FoldFit.of(tuning.estimator, table.rows(FoldFit.known(tuning.estimator, table, target)), target);
        this.splits = Splits.of(tuning.folds, fits);
        this.metrics = fits.metrics(ranked(fits, tuning.metrics));
        this.candidates = Candidates.of(tuning);
        this.journal =
                tuning.file == null ? TuningJournal.inMemory() : TuningJournal.in(tuning.file, identity(), size());
        this.ranking = new TrialRanking<>(candidates, metrics, splits.count(), journal.all());
    }

    /** By rms or log loss unless it is said. */
    private static Metric[] ranked(FoldFit fits, List<Metric> asked) {
        List<Metric> usual = fits.judge().ranking();
        return (asked.isEmpty() ? usual : asked).toArray(Metric[]::new);
    }

    private TuningJournal.Size size() {
        return new TuningJournal.Size(candidates.rounds(), candidates.size(), splits.count(), metrics.size());
    }

    private Map<String, String> identity() {
        Table validation = tuning.estimator.validation();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("rows", Fingerprint.of(fits.table()));
        parts.put("target", fits.target());
        parts.put("folds", tuning.folds.toString());
        parts.put(
                "search",
                tuning.search + " over "
                        + tuning.dimensions.stream().map(Dimension::name).toList());
        parts.put("metrics", metrics.toString());
        parts.put("estimators", Fingerprint.of(texts()));
        parts.put("validation", validation == null ? "none" : Fingerprint.of(validation));
        return parts;
    }

    private List<String> texts() {
        try {
            return candidates.estimators().stream().map(Estimator::text).toList();
        } catch (IllegalArgumentException withoutText) {
            throw new IllegalArgumentException(
                    "saveTo needs estimators that can be told apart by their text, but " + withoutText.getMessage(),
                    withoutText);
        }
    }

    Tuned<E, F> tuned() {
        boolean whole = runs();
        List<Trial<E>> trials = ranking.ranked();
        if (trials.isEmpty()) {
            throw new CancellationException("interrupted before the first trial was done"
                    + (tuning.file == null ? "" : "; the finished fits are in " + tuning.file));
        }
        F fitted = whole ? usable(trials.get(0)).fit(table, fits.target()) : null;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Tuned<>(trials, metrics, splits.count(), splits.testToTrain(), candidates.size(), fitted, elapsed);
    }

    private E usable(Trial<E> best) {
        if (best.failed()) {
            throw new IllegalArgumentException("all trials failed; trial " + best.number() + ": " + best.failure());
        }
        if (Double.isNaN(best.mean(metrics.get(0)))) {
            throw new IllegalArgumentException(
                    metrics.get(0).name()
                            + " is undefined for folds as small as these, so it can't rank trials; use larger folds, or another metric");
        }
        return best.estimator();
    }

    /** Whether all rounds were made, and not interrupted. */
    private boolean runs() {
        try {
            IntStream.range(0, candidates.rounds()).forEach(this::run);
            return true;
        } catch (CancellationException interrupted) {
            return false;
        }
    }

    private void run(int number) {
        Round round = new Round(number);
        try {
            round.run();
        } finally {
            round.save();
        }
    }

    /** The fits of one round that aren't done yet: as tasks, and what becomes of their results. */
    private final class Round {

        private final int number;
        private final List<Place> missing;
        private final long start = System.nanoTime();
        /** How many fits each trial lacks. */
        private final int[] open = new int[candidates.size()];

        private int trials;
        private int results;
        private double best;

        Round(int number) {
            this.number = number;
            List<Integer> taking = ranking.in(number);
            this.missing = taking.stream()
                    .flatMap(trial ->
                            IntStream.range(0, splits.count()).mapToObj(fold -> new Place(number, trial, fold)))
                    .filter(place -> !journal.all().containsKey(place))
                    .toList();
            missing.forEach(place -> open[place.trial()]++);
            this.trials =
                    (int) taking.stream().filter(trial -> open[trial] == 0).count();
            this.best = ranking.best(number);
        }

        void run() {
            if (!missing.isEmpty()) {
                FoldResults.each(tuning.executor(), fits.table(), tasks(), this::take);
            }
        }

        private List<FoldTask> tasks() {
            return new AbstractList<>() {
                @Override
                public FoldTask get(int task) {
                    return task(task, missing.get(task));
                }

                @Override
                public int size() {
                    return missing.size();
                }
            };
        }

        private FoldTask task(int task, Place place) {
            Estimator<?, ?> estimator =
                    candidates.estimator(place.trial(), number).yardstick(false); // nobody asks for one
            RowSplit split = splits.get(place.fold());
            long seed = splits.seed(estimator, place.fold());
            FoldTask.Shared rows = place.fold() < shared.size() ? shared.get(place.fold()) : new FoldTask.Shared();
            return new FoldTask(task, estimator, fits.target(), split.train(), split.test(), seed, rows);
        }

        private synchronized void take(FoldTask.Result result) {
            Place place = missing.get(result.number());
            journal.put(place, score(place, result));
            results++;
            if (--open[place.trial()] == 0) {
                trials++;
                best = ranking.better(best, ranking.mean(number, place.trial()));
            }
            tuning.progress.accept(progress());
        }

        private FitScore score(Place place, FoldTask.Result result) {
            if (result.failed()) {
                return FitScore.failed(result.failure());
            }
            try {
                double[] actual = fits.actual(splits.get(place.fold()).test());
                return FitScore.of(metrics.stream()
                        .map(metric -> fits.judge().score(metric, actual, result.predictions()))
                        .toList());
            } catch (IllegalArgumentException refused) { // a metric may need both classes, say
                return FitScore.failed(String.valueOf(refused.getMessage()));
            }
        }

        private Tuning.Progress progress() {
            int folds = splits.count();
            int before = IntStream.range(0, number).map(candidates::in).sum();
            int all =
                    IntStream.range(0, candidates.rounds()).map(candidates::in).sum();
            int done = (before + candidates.in(number)) * folds - missing.size() + results;
            Duration each = Duration.ofNanos(System.nanoTime() - start).dividedBy(results);
            Duration left = each.multipliedBy(all * folds - done);
            return new Tuning.Progress(before + trials, all, done, all * folds, metrics.get(0), best, left);
        }

        /** Saves what isn't yet, once nobody tells of results any more. */
        synchronized void save() {
            journal.save();
        }
    }
}
