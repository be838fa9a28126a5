package io.github.flux4j.train;

import io.github.flux4j.optimise.Gradient;

/**
 * A loss and its gradient, Flux's {@code (val=, grad=)}.
 *
 * @param loss before any update
 * @param gradient with respect to each of the model's parameters
 */
public record WithGradient(double loss, Gradient gradient) {}
