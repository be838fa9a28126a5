package io.github.flux4j.engine;

/** A rule that turns gradients into steps, as engines see it: a value with a name. */
public interface UpdateRule {}
