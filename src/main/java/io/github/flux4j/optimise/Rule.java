package io.github.flux4j.optimise;

import io.github.flux4j.engine.UpdateRule;

/**
 * How parameters move, given a gradient g: an immutable value, with the formulas and defaults of Optimisers.jl. Its state (momenta and the
 * like, all starting at 0 unless said) is an {@link Optimiser}'s, made by {@code setup}, or in the article's style a {@link Params}'. t counts
 * the steps from 1.
 */
public sealed interface Rule extends UpdateRule
        permits AccumGrad,
                AdaBelief,
                AdaDelta,
                AdaGrad,
                AdaMax,
                Adam,
                AdamW,
                AMSGrad,
                ClipGrad,
                ClipNorm,
                Descent,
                Lion,
                Momentum,
                NAdam,
                Nesterov,
                OAdam,
                OptimiserChain,
                RAdam,
                RMSProp,
                Rprop,
                SignDecay,
                WeightDecay {}
