package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.figures.Spread;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
