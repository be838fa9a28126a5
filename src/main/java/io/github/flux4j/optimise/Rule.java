package io.github.flux4j.optimise;

import io.github.flux4j.engine.UpdateRule;

/**
 * How parameters move, given a gradient g: an immutable value, with the formulas and defaults of Optimisers.jl. Its state (momenta and the
 * like, all starting at 0 unless said) is an {@link Optimiser}'s, made by {@code setup}, or in the article's style a {@link Params}'. t counts
 * the steps from 1.
 */
public sealed interface Rule extends UpdateRule
        permits AccumGrad,
                AdamLike,
                AdaDelta,
                AdaGrad,
                ClipGrad,
                ClipNorm,
                Descent,
                Lion,
                Momentum,
                Nesterov,
                OptimiserChain,
                RMSProp,
                Rprop,
                SignDecay,
                WeightDecay {}
