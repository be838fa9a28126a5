package io.github.flux4j.internal.fit;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import java.util.Arrays;

/**
 * Rows that a network isn't trained on, its outputs for them now and, once {@linkplain #keep kept}, at the epoch by which they are judged: the best
 * one for what the other networks hold out, so that no row chooses the epoch of its own prediction, which would flatter it. Memory is made once. For one
 * thread at a time.
 */
final class LeftOut {

    /** Rows that are predicted at once, so that their features need no copy of all. */
    private static final int BLOCK = 512;

    private static final double EPSILON = Math.ulp(1.0f);

    private final Examples examples;
    private final int[] rows;
    private final double[] targets;
    private final double[] weights;
    private final double[] outputs;
    private final double[] best;
    private double lossOfOthers = Double.POSITIVE_INFINITY;

    LeftOut(Examples examples, int... rows) {
        this.examples = examples;
        this.rows = rows;
        this.targets = targets();
        this.weights = examples.weights() == null
                ? null
                : Arrays.stream(rows)
                        .mapToDouble(row -> examples.weights()[row])
                        .toArray();
        this.outputs = new double[targets.length];
        this.best = new double[targets.length];
    }

    private double[] targets() {
        double[] values = new double[Examples.numbers(rows.length, examples.outputs())];
        for (int i = 0; i < values.length; i++) {
            values[i] = examples.targets()[rows[i / examples.outputs()] * examples.outputs() + i % examples.outputs()];
        }
        return values;
    }

    /** How many rows, maybe none. */
    int count() {
        return rows.length;
    }

    /** The sum of the rows' losses, each as often as its weight says. */
    double loss(Layer network, LossFunction loss) {
        if (rows.length == 0) {
            return 0;
        }
        for (int from = 0; from < rows.length; from += BLOCK) {
            predict(network, from, Math.min(BLOCK, rows.length - from));
        }
        LossInput all = new LossInput(outputs, targets, weights, rows.length, examples.outputs(), EPSILON);
        return loss.evaluate(all, null) * rows.length;
    }

    private void predict(Layer network, int from, int count) {
        int inputs = examples.inputs();
        float[] features = new float[count * inputs];
        for (int i = 0; i < count; i++) {
            System.arraycopy(examples.features(), rows[from + i] * inputs, features, i * inputs, inputs);
        }
        float[] predictions = new float[count * examples.outputs()];
        network.predict(features, count, predictions);
        for (int i = 0; i < predictions.length; i++) {
            outputs[from * examples.outputs() + i] = predictions[i];
        }
    }

    /** Takes the outputs of now, if others' loss was never as low. */
    void keep(double others) {
        if (others < lossOfOthers) {
            lossOfOthers = others;
            System.arraycopy(outputs, 0, best, 0, best.length);
        }
    }

    /** Takes what was kept before. */
    void restore(Kept earlier) {
        System.arraycopy(earlier.outputs(), 0, best, 0, best.length);
        lossOfOthers = earlier.lossOfOthers();
    }

    /** What was kept. */
    Kept kept() {
        return new Kept(rows.clone(), best.clone(), lossOfOthers);
    }

    /**
     * Rows and the outputs for them at the epoch by which they are judged.
     *
     * @param outputs row after row
     * @param lossOfOthers at that epoch
     */
    record Kept(int[] rows, double[] outputs, double lossOfOthers) {}
}
