package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a tuning: all trials and the best model. Immutable. {@code toString} prints a table of the trials, the best first.
 *
 * @param <E> the estimator
 * @param <F> the fitted model
 */
public final class Tuned<E extends Estimator<E, F>, F extends Fitted> {

    private final List<Trial<E>> trials;
    private final List<Metric> metrics;
    private final int folds;
    private final double testToTrain;
    private final int planned;
    private final F fitted;
    private final Duration elapsed;

    Tuned(
            List<Trial<E>> trials,
            List<Metric> metrics,
            int folds,
            double testToTrain,
            int planned,
            F fitted,
            Duration elapsed) {
        this.trials = List.copyOf(trials);
        this.metrics = List.copyOf(metrics);
        this.folds = folds;
        this.testToTrain = testToTrain;
        this.planned = planned;
        this.fitted = fitted;
        this.elapsed = elapsed;
    }

    /** All trials, the best first. After successive halving, trials with more epochs come first; failed trials come last. */
    public List<Trial<E>> trials() {
        return trials;
    }

    /** The best trial; use its estimator. As the best of many, its score is somewhat optimistic. */
    public Trial<E> best() {
        return trials.get(0);
    }

    /** The metric that ranks the trials. */
    public Metric metric() {
        return metrics.get(0);
    }

    /** All metrics asked for. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** The number of folds that tested each trial. */
    public int folds() {
        return folds;
    }

    /** Whether the thread was interrupted, so that trials are missing and there is no fitted model. */
    public boolean interrupted() {
        return fitted == null;
    }

    /**
     * The best trial's estimator, fitted to all rows.
     *
     * @throws IllegalStateException if the tuning was interrupted
     */
    public F fitted() {
        if (fitted == null) {
            throw new IllegalStateException("the tuning was interrupted before the best was fitted to all rows; fit"
                    + " best().estimator(), or tune again; with saveTo, that continues from here");
        }
        return fitted;
    }

    /** How long the whole tuning took. */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * One trial's metric minus another's, with an interval for the true difference.
     *
     * @param level the interval's confidence, such as 0.95
     * @throws IllegalStateException if one of them failed
     * @throws IllegalArgumentException if successive halving gave them different epochs, or there is only one fold
     */
    public ScoreDifference minus(Trial<E> one, Trial<E> other, double level) {
        if (one.epochs() != other.epochs()) {
            throw new IllegalArgumentException("only trials with the same number of epochs can be compared, but "
                    + one.number() + " had " + one.epochs() + " and " + other.number() + " " + other.epochs());
        }
        return ScoreDifference.of(one.perFold(metric()), other.perFold(metric()), testToTrain, level);
    }

    /** An HTML page: the best trial, all trials ranked, and the metric over each value. {@code page().writeTo(file)} writes it. */
    public Page page() {
        return new TuningPage<>(this).page();
    }

    /** The page's parts, to put on another page. */
    public List<Part> parts() {
        return page().sections().stream()
                .flatMap(section -> section.parts().stream())
                .toList();
    }

    int planned() {
        return planned;
    }

    @Override
    public String toString() {
        return new TrialTable<>(trials, metrics) + "\n" + Words.count(trials.size(), "trial")
                + (trials.size() < planned ? " of " + planned + ", interrupted" : "") + ", "
                + Words.count(folds, "fold") + ", " + Figures.seconds(elapsed);
    }

    /**
     * One combination of values that a tuning tried.
     *
     * @param number in the order of drawing, from 1
     * @param values by name
     * @param estimator with these values
     * @param epochs allowed per fit: the estimator's own, or fewer if successive halving dropped the trial early
     * @param scores of each fold; empty if the trial failed
     * @param failure why it failed, such as diverged training; empty if it did not
     */
    public record Trial<E>(
            int number,
            Map<String, Object> values,
            E estimator,
            int epochs,
            Map<Metric, List<Double>> scores,
            String failure) {

        public Trial {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        }

        /** Whether a fold could not be fitted. */
        public boolean failed() {
            return !failure.isEmpty();
        }

        /**
         * The metric of each fold, in order.
         *
         * @throws IllegalStateException if the trial failed
         * @throws IllegalArgumentException if the tuning did not compute that metric
         */
        public double[] perFold(Metric metric) {
            if (failed()) {
                throw new IllegalStateException("trial " + number + " has no scores: " + failure);
            }
            if (!scores.containsKey(metric)) {
                throw new IllegalArgumentException("the tuning computed " + scores.keySet() + ", so there is no "
                        + metric.name() + "; ask for it, by("
                        + scores.keySet().iterator().next().name() + ", "
                        + metric.name() + ")");
            }
            return Spread.array(scores.get(metric));
        }

        /** The metric's mean over folds; NaN if the trial failed. */
        public double mean(Metric metric) {
            return failed() ? Double.NaN : Spread.mean(perFold(metric));
        }

        /** The metric's standard deviation over folds, as for an {@link Evaluation}; NaN if the trial failed. */
        public double std(Metric metric) {
            return failed() ? Double.NaN : Spread.std(perFold(metric));
        }
    }
}
