package io.github.flux4j.learn;

/**
 * One fold, tested.
 *
 * @param rows that were tested, of the table that was given
 * @param trained how many rows were trained on
 * @param actual what is true of them
 * @param predicted by the model
 * @param linear predicted by the yardstick; null if there is none
 */
record Tested(int[] rows, int trained, double[] actual, double[][] predicted, double[][] linear) {}
