package io.github.flux4j.data;

/** One way to divide examples for cross-validation. */
public record Fold(Batch train, Batch validation) {}
