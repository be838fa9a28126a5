package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Target;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What is predicted, and as which numbers a network sees it. */
public interface Goal {

    /** How many numbers a network gives for a row. */
    int outputs();

    /** The numbers to be learnt, row after row, of rows that have all targets. */
    float[] learnt(Table table);

    /** What a line learns, output by output: the numbers to all digits, or 1 for the class of a row. */
    double[][] scaled(Table table);

    /** The numbers by which a network is judged. */
    float[] judged(Table table);

    /** The class of each row, for shares of each; null if there are none. */
    int[] strata(Table table);

    /** How much each row counts beside what the table says; null if all count the same. */
    double[] weights(Table table);

    /**
     * The rows of another table that have all targets.
     *
     * @throws IllegalArgumentException if none has, or it lacks a column
     */
    default Table known(Table table) {
        int[] rows = Intake.places(table, target().names());
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    "no row of the validation table has a value of " + String.join(" and ", target().names()));
        }
        return table.rows(rows);
    }

    /** What outputs, row after row, mean before networks are averaged: the same, or probabilities. */
    double[] meant(double[] outputs);

    /** What the mean of all networks' outputs means. */
    Target target();

    /** What the mean of all networks' outputs says, a row each: numbers in the targets' units, or probabilities. */
    default double[][] rows(double... outputs) {
        Target target = target();
        int size = outputs();
        return IntStream.range(0, outputs.length / size)
                .mapToObj(row -> target.result(Arrays.copyOfRange(outputs, row * size, (row + 1) * size)))
                .toArray(double[][]::new);
    }

    /** The same for more rows, which have all targets, of a model that is gone on with. */
    Goal again(Table table, EstimatorSettings settings);

    /** The same for networks that end without an activation. */
    Goal ofLogits();
}
