package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.OptimiserChain;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.optimise.SignDecay;
import io.github.flux4j.optimise.WeightDecay;
import java.util.ArrayList;
import java.util.List;

/**
 * How networks are trained.
 *
 * @param schedule of the learning rate, by epoch; null where the rule's stays
 * @param decaysBiases whether weight decay of the rule is for biases, too
 * @param partial whether a last batch of fewer rows counts
 * @param patience epochs without a better joint loss on what is left out, after which training ends and the best is taken; 0 for all epochs and
 *     the last
 * @param inputRate how many times the learning rate the inputs' factors have; 0 for no factors
 * @param isBeside whether each network is beside a line, which stays as it is
 */
record Recipe(
        LossFunction loss,
        Rule rule,
        Schedule schedule,
        boolean decaysBiases,
        int batchSize,
        boolean shuffled,
        boolean partial,
        int epochs,
        int patience,
        double inputRate,
        boolean isBeside,
        long seed) {

    /** By what an estimator is told, for so many rows. */
    static Recipe of(EstimatorSettings settings, int rows) {
        return new Recipe(
                settings.get(EstimatorSetting.LOSS),
                penalised(settings, rows),
                settings.get(EstimatorSetting.SCHEDULE),
                settings.get(EstimatorSetting.LAMBDA) > 0,
                settings.batchSize(rows),
                settings.get(EstimatorSetting.SHUFFLE),
                settings.get(EstimatorSetting.PARTIAL),
                settings.get(EstimatorSetting.EPOCHS),
                settings.get(EstimatorSetting.PATIENCE),
                settings.inputRate(),
                false,
                settings.get(EstimatorSetting.SEED));
    }

    /** The same for so many epochs, whatever becomes of them. */
    Recipe all(int passes) {
        return new Recipe(
                loss, rule, schedule, decaysBiases, batchSize, shuffled, partial, passes, 0, inputRate, isBeside, seed);
    }

    /** The same for networks beside a line. */
    Recipe beside() {
        return new Recipe(
                loss,
                rule,
                schedule,
                decaysBiases,
                batchSize,
                shuffled,
                partial,
                epochs,
                patience,
                inputRate,
                true,
                seed);
    }

    /** The rule with MLJFlux's penalty before it, whose strength is divided by the number of batches. */
    private static Rule penalised(EstimatorSettings settings, int rows) {
        double lambda = settings.get(EstimatorSetting.LAMBDA);
        double alpha = settings.get(EstimatorSetting.ALPHA);
        if (lambda == 0) {
            return settings.get(EstimatorSetting.RULE);
        }
        double batches = Math.max(1, Math.ceil(rows / (double) settings.batchSize(rows)));
        List<Rule> rules = new ArrayList<>();
        if (alpha < 1) {
            rules.add(new WeightDecay(2 * (1 - alpha) * lambda / batches));
        }
        if (alpha > 0) {
            rules.add(new SignDecay(alpha * lambda / batches));
        }
        rules.add(settings.get(EstimatorSetting.RULE));
        return new OptimiserChain(rules);
    }
}
