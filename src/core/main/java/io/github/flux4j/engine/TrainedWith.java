package io.github.flux4j.engine;

/**
 * How a model is trained.
 *
 * @param loss what is minimised
 * @param rule what does it, a rule of the room {@code optimise}, which engines may know and this room doesn't
 */
public record TrainedWith(Objective loss, Object rule) {}
