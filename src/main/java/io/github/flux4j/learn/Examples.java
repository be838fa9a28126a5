package io.github.flux4j.learn;

import java.util.stream.IntStream;

/**
 * What networks are trained on: prepared features and targets, row after row. Shared by all members, changed by nobody.
 *
 * @param inputs features of a row
 * @param outputs targets of a row
 * @param weights how much each row counts, 1 on average; null if all count the same
 */
record Examples(float[] features, int inputs, float[] targets, int outputs, double[] weights) {

    /** How many rows. */
    int count() {
        return targets.length / outputs;
    }

    /** The numbers of all rows. */
    int[] rows() {
        return IntStream.range(0, count()).toArray();
    }

    /** With these features alone. */
    Examples only(int... columns) {
        float[] fewer = new float[count() * columns.length];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = features[i / columns.length * inputs + columns[i % columns.length]];
        }
        return new Examples(fewer, columns.length, targets, outputs, weights);
    }
}
