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
 * What a tuning found. Immutable. {@code toString} is a table of the trials for people, the best first.
 *
 * @param <E> the estimator
 * @param <F> what it gives when it is fitted
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

    /** All trials, the best first: those of successive halving that got more epochs before others, and those that failed last. */
    public List<Trial<E>> trials() {
        return trials;
    }

    /** The best trial; its estimator is the one to use. Being the best of many, its score is rather too good. */
    public Trial<E> best() {
        return trials.get(0);
    }

    /** The one that trials are ranked by. */
    public Metric metric() {
        return metrics.get(0);
    }

    /** All that were asked for. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** How many folds each trial was tested by. */
    public int folds() {
        return folds;
    }

    /** Whether the thread was interrupted, so that there are fewer trials, and no fitted model. */
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
                    + " best().estimator(), or tune again, which with saveTo goes on from there");
        }
        return fitted;
    }

    /** How long all of it took, since the call. */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * One trial's metric less another's, with the interval in which the true difference lies.
     *
     * @param level how sure the interval is, such as 0.95
     * @throws IllegalStateException if one of them failed
     * @throws IllegalArgumentException if successive halving gave them different epochs, or there is one fold only
     */
    public ScoreDifference minus(Trial<E> one, Trial<E> other, double level) {
        if (one.epochs() != other.epochs()) {
            throw new IllegalArgumentException("trials can be compared by the same epochs only, but " + one.number()
                    + " had " + one.epochs() + " and " + other.number() + " " + other.epochs());
        }
        return ScoreDifference.of(one.perFold(metric()), other.perFold(metric()), testToTrain, level);
    }

    /** As a page: the best trial, all trials ranked, and the metric over each value. {@code page().writeTo(file)} writes it. */
    public Page page() {
        return new TuningPage<>(this).page();
    }

    /** What the page shows, to go on another. */
    public List<Part> parts() {
        return new TuningPage<>(this).parts();
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
     * @param number in which order they were drawn, from 1
     * @param values by name
     * @param estimator with these values
     * @param epochs that its fits were allowed: the estimator's own, or fewer where successive halving ended with it before
     * @param scores of each fold; empty if it failed
     * @param failure why there are none, such as training that diverged; empty if there are
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
         * @throws IllegalArgumentException if the tuning wasn't asked for that metric
         */
        public double[] perFold(Metric metric) {
            if (failed()) {
                throw new IllegalStateException("trial " + number + " has no scores: " + failure);
            }
            if (!scores.containsKey(metric)) {
                throw new IllegalArgumentException("the tuning was by " + scores.keySet() + ", so there is no "
                        + metric.name() + "; ask for it, by("
                        + scores.keySet().iterator().next().name() + ", "
                        + metric.name() + ")");
            }
            return scores.get(metric).stream().mapToDouble(Double::doubleValue).toArray();
        }

        /** The mean over folds; NaN if it failed. */
        public double mean(Metric metric) {
            return failed() ? Double.NaN : Spread.mean(perFold(metric));
        }

        /** The standard deviation over folds, as of an {@link Evaluation}; NaN if it failed. */
        public double std(Metric metric) {
            return failed() ? Double.NaN : Spread.std(perFold(metric));
        }
    }
}
