package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.Network;

/** How far a contender's numbers are from the reference's. */
final class Distance {

    private Distance() {}

    /** Relative to the norm. Logits mean the same whatever is added to a row, so rows of them are compared without their mean. */
    static double ofPredictions(double[] actual, double[] expected, Network network) {
        boolean logits = network.loss() == Network.Loss.LOGIT_CROSS_ENTROPY;
        return logits
                ? relative(centred(actual, network.outputs()), centred(expected, network.outputs()))
                : relative(actual, expected);
    }

    private static double relative(double[] actual, double[] expected) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(distance / norm);
    }

    private static double[] centred(double[] values, int columns) {
        double[] centred = values.clone();
        for (int at = 0; at < centred.length; at += columns) {
            double mean = 0;
            for (int i = at; i < at + columns; i++) {
                mean += centred[i] / columns;
            }
            for (int i = at; i < at + columns; i++) {
                centred[i] -= mean;
            }
        }
        return centred;
    }

    /**
     * Of parameters after some steps, ‖p − p*‖/‖p* − p₀‖: relative to the way gone. Less what rounding explains: each step rounds a
     * parameter by half a unit of Float32's last place, which counts where steps are short.
     */
    static double overWay(double[] actual, double[] expected, float[] start, int steps) {
        double distance = 0;
        double way = 0;
        double rounding = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            way += (expected[i] - start[i]) * (expected[i] - start[i]);
            rounding += steps * Math.pow(Math.ulp((float) actual[i]) / 2, 2);
        }
        return distance <= rounding ? 0 : (Math.sqrt(distance) - Math.sqrt(rounding)) / Math.sqrt(way);
    }
}
