package io.github.flux4j.table;

/** Row numbers to train on and to test on, in ascending order. The arrays are the receiver's own. */
public record RowSplit(int[] train, int[] test) {}
