package io.github.flux4j.learn;

import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;

/**
 * How networks are trained.
 *
 * @param schedule of the learning rate, by epoch; null where the rule's stays
 * @param decaysBiases whether weight decay of the rule is for biases, too
 * @param partial whether a last batch of fewer rows counts
 * @param patience epochs without a better joint loss on what is left out, after which training ends and the best is taken; 0 for all epochs and
 *     the last
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
        long seed) {}
