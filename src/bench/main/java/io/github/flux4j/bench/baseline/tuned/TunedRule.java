package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.Arrays;
import java.util.List;

/** Moves rows of parameters; what it remembers has rows of the same lengths. */
final class TunedRule {

    private final DenseNetwork.Rule rule;
    private final float[][] parameters;
    private final float[][] slopes;
    private final float[][] momentum;
    private final float[][] variance;
    private int steps;

    TunedRule(DenseNetwork.Rule rule, List<float[]> parameters, List<float[]> slopes) {
        this.rule = rule;
        this.parameters = parameters.toArray(float[][]::new);
        this.slopes = slopes.toArray(float[][]::new);
        this.momentum = likeParameters();
        this.variance = likeParameters();
    }

    private float[][] likeParameters() {
        return rule instanceof DenseNetwork.Descent
                ? null
                : Arrays.stream(parameters).map(row -> new float[row.length]).toArray(float[][]::new);
    }

    void update() {
        steps++;
        if (rule instanceof DenseNetwork.Descent descent) {
            float eta = (float) descent.eta();
            for (int r = 0; r < parameters.length; r++) {
                descend(eta, parameters[r], slopes[r]);
            }
        } else if (rule instanceof DenseNetwork.Adam adam) {
            float eta = (float) (adam.eta() / (1 - Math.pow(adam.beta1(), steps)));
            float root = (float) Math.sqrt(1 / (1 - Math.pow(adam.beta2(), steps)));
            for (int r = 0; r < parameters.length; r++) {
                adam(adam, eta, root, parameters[r], slopes[r], momentum[r], variance[r]);
            }
        }
    }

    private static void descend(float eta, float[] p, float[] g) {
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.fma(-eta, g[k], p[k]);
        }
    }

    private static void adam(
            DenseNetwork.Adam adam, float eta, float root, float[] p, float[] g, float[] m, float[] v) {
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        float rest1 = (float) (1 - adam.beta1());
        float rest2 = (float) (1 - adam.beta2());
        float epsilon = (float) adam.epsilon();
        for (int k = 0; k < p.length; k++) {
            m[k] = beta1 * m[k] + rest1 * g[k];
            v[k] = beta2 * v[k] + rest2 * g[k] * g[k];
            p[k] -= eta * m[k] / (root * (float) Math.sqrt(v[k]) + epsilon);
        }
    }
}
