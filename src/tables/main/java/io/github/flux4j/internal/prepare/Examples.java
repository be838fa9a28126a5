package io.github.flux4j.internal.prepare;

import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.table.Numbers;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What networks are trained on: prepared features and targets, row after row. Shared by all members, changed by nobody.
 *
 * @param inputs features of a row
 * @param outputs targets of a row
 * @param weights how much each row counts, 1 on average; null if all count the same
 */
public record Examples(float[] features, int inputs, float[] targets, int outputs, double[] weights) {

    /** Elements of an array, of which some JVMs need a few for themselves. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    /**
     * How many numbers so many rows have.
     *
     * @throws IllegalArgumentException if they are more than an array holds
     */
    public static int numbers(int rows, int ofEach) {
        long all = (long) rows * ofEach;
        if (all > MOST) {
            throw new IllegalArgumentException(Words.count(rows, "row") + " of " + Words.count(ofEach, "number")
                    + " each are " + all + " numbers, but memory holds at most " + MOST
                    + "; use fewer rows, or columns with fewer levels");
        }
        return (int) all;
    }

    /** So many of as many rows, as far apart as they can be. */
    public static int[] spread(int rows, int count) {
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * rows / count))
                .toArray();
    }

    /** A column's numbers without gaps, from the least to the greatest. */
    public static double[] sorted(Numbers column) {
        return DoubleStream.of(column.values())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    /** How many rows. */
    public int count() {
        return targets.length / outputs;
    }

    /** The numbers of all rows. */
    public int[] rows() {
        return IntStream.range(0, count()).toArray();
    }

    /** With these features alone. */
    public Examples only(int... columns) {
        float[] fewer = new float[numbers(count(), columns.length)];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = features[i / columns.length * inputs + columns[i % columns.length]];
        }
        return new Examples(fewer, columns.length, targets, outputs, weights);
    }
}
