package io.github.flux4j.learn;

import io.github.flux4j.layers.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * Networks whose outputs are averaged. Any number of threads may ask at the same time.
 *
 * @param outputs of each network
 */
record Ensemble(List<Layer> networks, int outputs) {

    /** Rows that are predicted at once. */
    private static final int BLOCK = 1024;

    Ensemble {
        networks = List.copyOf(networks);
    }

    /** The outputs of each network, row after row. */
    double[][] each(float[] features, int rows) {
        return networks.stream()
                .map(network -> outputs(network, features, rows))
                .toArray(double[][]::new);
    }

    private double[] outputs(Layer network, float[] features, int rows) {
        double[] all = new double[Examples.numbers(rows, outputs)];
        int inputs = features.length / rows;
        for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            float[] block = Arrays.copyOfRange(features, from * inputs, (from + count) * inputs);
            float[] predictions = new float[count * outputs];
            network.predict(block, count, predictions);
            for (int i = 0; i < predictions.length; i++) {
                all[from * outputs + i] = predictions[i];
            }
        }
        return all;
    }

    /** Their mean, added up in the order of the networks. */
    static double[] mean(double[][] each) {
        double[] mean = new double[each[0].length];
        for (double[] one : each) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / each.length;
            }
        }
        return mean;
    }
}
