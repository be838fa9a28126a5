package io.github.flux4j.optimise;

import io.github.flux4j.engine.UpdateRule;

/**
 * How parameters move, given a gradient: an immutable value. Its state (momenta and the like) is an {@link Optimiser}'s, made by
 * {@code setup}, or in the article's style a {@link Params}'.
 */
public sealed interface Rule extends UpdateRule permits Descent {}
