package io.github.flux4j.engine;

/** How a model is trained: what is minimised, and the rule that does it. */
public record Recipe(Objective loss, UpdateRule rule) {}
