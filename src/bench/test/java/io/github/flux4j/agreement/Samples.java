package io.github.flux4j.agreement;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.Arrays;
import java.util.Random;

/**
 * Numbers to hold implementations against each other: exactly the same for all of them.
 *
 * @param features row by row, as many as fit the network
 * @param targets row by row; of a cross-entropy, one-hot
 * @param start the first parameters
 */
record Samples(DenseNetwork network, double[] features, double[] targets, double[] start) {

    /** Standard normal features, and targets to which the loss applies; weights as small as Glorot's. */
    static Samples of(DenseNetwork network, int examples, long seed) {
        Random random = new Random(seed);
        return new Samples(
                network,
                normal(examples * network.inputs(), random),
                targets(network, examples, random),
                start(network, random));
    }

    private static double[] normal(int count, Random random) {
        // rounded to Float32, so that both precisions start from the same numbers
        return random.doubles(count, -2, 2).map(v -> (float) v).toArray();
    }

    private static double[] targets(DenseNetwork network, int examples, Random random) {
        if (network.loss() != DenseNetwork.Loss.LOGIT_CROSS_ENTROPY) {
            return normal(examples * network.outputs(), random);
        }
        double[] oneHot = new double[examples * network.outputs()];
        for (int i = 0; i < examples; i++) {
            oneHot[i * network.outputs() + random.nextInt(network.outputs())] = 1;
        }
        return oneHot;
    }

    private static double[] start(DenseNetwork network, Random random) {
        double[] start = new double[network.parameterCount()];
        int at = 0;
        for (DenseNetwork.Layer layer : network.layers()) {
            double width = Math.sqrt(6.0 / (layer.inputs() + layer.outputs()));
            for (int i = 0; i < layer.parameterCount(); i++) {
                start[at++] = (float) random.nextDouble(-width, width);
            }
        }
        return start;
    }

    double[] features(int from, int to) {
        return Arrays.copyOfRange(features, from * network.inputs(), to * network.inputs());
    }

    double[] targets(int from, int to) {
        return Arrays.copyOfRange(targets, from * network.outputs(), to * network.outputs());
    }

    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
