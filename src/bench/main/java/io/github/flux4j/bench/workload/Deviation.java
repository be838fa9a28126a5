package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.Arrays;

/** How far a contender's numbers are from the reference's. */
final class Deviation {

    private Deviation() {}

    /** Relative to the norm. Logits mean the same whatever is added to a row, so rows of them are compared without their mean. */
    static double ofPredictions(double[] actual, double[] expected, DenseNetwork network) {
        int columns = network.loss() == DenseNetwork.Loss.LOGIT_CROSS_ENTROPY ? network.outputs() : 0;
        double[] from = centred(expected, columns);
        return Math.sqrt(squared(centred(actual, columns), from) / squared(from, new double[from.length]));
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** Rows of so many columns without their mean; as they are without columns. */
    private static double[] centred(double[] values, int columns) {
        double[] centred = values.clone();
        for (int at = 0; columns > 0 && at < centred.length; at += columns) {
            double mean = Arrays.stream(centred, at, at + columns).sum() / columns;
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
    static double overWay(double[] actual, double[] expected, double[] start, int steps) {
        double distance = squared(actual, expected);
        double rounding = 0;
        for (double value : actual) {
            rounding += steps * Math.pow(Math.ulp((float) value) / 2, 2);
        }
        return distance <= rounding
                ? 0
                : (Math.sqrt(distance) - Math.sqrt(rounding)) / Math.sqrt(squared(expected, start));
    }
}
