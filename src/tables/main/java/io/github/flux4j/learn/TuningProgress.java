package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.figures.Figures;
import java.time.Duration;

/**
 * How far a tuning has come, after one of its fits. {@code toString} is a line, {@code trial 12/30  best rms 2.61  20 s left}.
 *
 * @param trials whose folds are all done; of successive halving, those of earlier rounds, too
 * @param ofTrials how many there will be
 * @param fits that are done: one for each trial and fold
 * @param ofFits how many there will be
 * @param metric by which trials are ranked
 * @param best mean of a trial of this round; NaN if none is done
 * @param left if what is left takes as long for each fit
 */
public record TuningProgress(
        int trials, int ofTrials, int fits, int ofFits, Metric metric, double best, Duration left) {

    @Override
    public String toString() {
        return "trial " + trials + "/" + ofTrials
                + (Double.isNaN(best) ? "" : "  best " + metric.name() + " " + Figures.short3(best)) + "  "
                + Figures.left(left);
    }
}
