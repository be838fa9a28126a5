package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** A tuning under way: round after round it has the fits done that aren't yet, and judges what comes of them. */
final class TuningRun<E extends Estimator<E, F>, F extends Fitted> {

    private final long start = System.nanoTime();
    private final Tuning<E, F> tuning;
    private final Plan<E> plan;
    private final Table table;
    private final FoldFit fits;
    private final Splits splits;
    private final List<Metric> metrics;
    private final Candidates<E> candidates;
    private final FitScores scores;
    private final Ranking<E> ranking;

    private TuningRun(Tuning<E, F> tuning, Table table, String target) {
        this.tuning = tuning;
        this.plan = tuning.plan;
        this.table = table;
        this.fits = FoldFit.of(tuning.estimator, table.rows(FoldFit.known(table, target)), target);
        this.splits = Splits.of(plan.folds, fits);
        this.metrics = fits.metrics(ranked(fits, plan.metrics));
        this.candidates = Candidates.of(tuning.estimator, plan);
        this.scores = new FitScores(plan.file == null ? null : file());
        this.ranking = new Ranking<>(candidates, metrics, splits.count(), scores.all());
    }

    /** By rms or log loss unless it is said. */
    private static Metric[] ranked(FoldFit fits, List<Metric> asked) {
        List<Metric> usual = fits.judge().usual();
        List<Metric> all = asked.isEmpty()
                ? fits.judge().goal() instanceof Classes ? List.of(usual.get(1), usual.get(0)) : List.of(usual.get(0))
                : asked;
        return all.toArray(Metric[]::new);
    }

    /** Ready to start. */
    static <E extends Estimator<E, F>, F extends Fitted> TuningRun<E, F> of(
            Tuning<E, F> tuning, Table table, String target) {
        return new TuningRun<>(tuning, table, target);
    }

    private TuningFile file() {
        TuningFile file = new TuningFile(
                plan.file, identity(), candidates.rounds(), candidates.size(), splits.count(), metrics.size());
        file.require();
        return file;
    }

    private Map<String, String> identity() {
        Table validation = tuning.estimator.validation();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("rows", Fingerprint.of(fits.table()));
        parts.put("target", fits.target());
        parts.put("folds", plan.folds.toString());
        parts.put(
                "search",
                plan.search + " over "
                        + plan.dimensions.stream().map(Dimension::name).toList());
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
            throw new CancellationException("interrupted before a trial was done"
                    + (plan.file == null ? "" : "; the fits until then are in " + plan.file));
        }
        F fitted = whole ? usable(trials.get(0)).fit(table, fits.target()) : null;
        return new Tuned<>(trials, metrics, splits.count(), splits.testToTrain(), candidates.size(), fitted, elapsed());
    }

    private E usable(Trial<E> best) {
        if (best.failed()) {
            throw new IllegalArgumentException("all trials failed; trial " + best.number() + ": " + best.failure());
        }
        if (Double.isNaN(best.mean(metrics.get(0)))) {
            throw new IllegalArgumentException(metrics.get(0).name() + " means nothing for folds as small as these,"
                    + " so it can't rank trials; take larger folds, or another metric");
        }
        return best.estimator();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
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
        TuningRound round = new TuningRound(fits, splits, ranking, scores, number);
        try {
            round.run(tuning.executor(), plan.progress);
        } finally {
            round.save();
        }
    }
}
