package io.github.flux4j.engine;

/**
 * How a model was trained.
 *
 * @param loss the loss that training minimised
 * @param rule a rule of package {@code optimise}, which engines may know and this package doesn't
 */
public record TrainedWith(Objective loss, Object rule) {}
