package io.github.flux4j.learn;

import java.util.List;

/**
 * Predictions for rows by models that never saw them, fold after fold. The arrays are the receiver's own.
 *
 * @param rows of the table that was given, from 0
 * @param folds in which each row was tested, from 0; those of a second repeat come after those of the first
 * @param targets the numbers themselves, or the places of classes among {@code classes}
 * @param predictions one number for each row, or the probability of each class
 * @param classes empty for numbers
 */
public record OutOfFold(int[] rows, int[] folds, double[] targets, double[][] predictions, List<String> classes) {}
