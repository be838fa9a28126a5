package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.Network;
import java.util.List;

/** Moves rows of parameters; what it remembers has rows of the same lengths. */
final class TunedRule {

    private final Network.Rule rule;
    private final float[][] parameters;
    private final float[][] slopes;
    private final float[][] momentum;
    private final float[][] variance;
    private int steps;

    TunedRule(Network.Rule rule, List<float[]> parameters, List<float[]> slopes) {
        this.rule = rule;
        this.parameters = parameters.toArray(float[][]::new);
        this.slopes = slopes.toArray(float[][]::new);
        this.momentum = likeParameters();
        this.variance = likeParameters();
    }

    private float[][] likeParameters() {
        if (rule instanceof Network.Descent) {
            return null;
        }
        float[][] rows = new float[parameters.length][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = new float[parameters[r].length];
        }
        return rows;
    }

    void update() {
        steps++;
        if (rule instanceof Network.Descent descent) {
            float eta = (float) descent.eta();
            for (int r = 0; r < parameters.length; r++) {
                descend(eta, parameters[r], slopes[r]);
            }
        } else if (rule instanceof Network.Adam adam) {
            adam(adam);
        }
    }

    private static void descend(float eta, float[] p, float[] g) {
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.fma(-eta, g[k], p[k]);
        }
    }

    private void adam(Network.Adam adam) {
        float eta = (float) (adam.eta() / (1 - Math.pow(adam.beta1(), steps)));
        float root = (float) Math.sqrt(1 / (1 - Math.pow(adam.beta2(), steps)));
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        float rest1 = (float) (1 - adam.beta1());
        float rest2 = (float) (1 - adam.beta2());
        float epsilon = (float) adam.epsilon();
        for (int r = 0; r < parameters.length; r++) {
            adam(parameters[r], slopes[r], momentum[r], variance[r], eta, root, beta1, beta2, rest1, rest2, epsilon);
        }
    }

    private static void adam(
            float[] p,
            float[] g,
            float[] m,
            float[] v,
            float eta,
            float root,
            float beta1,
            float beta2,
            float rest1,
            float rest2,
            float epsilon) {
        for (int k = 0; k < p.length; k++) {
            m[k] = beta1 * m[k] + rest1 * g[k];
            v[k] = beta2 * v[k] + rest2 * g[k] * g[k];
            p[k] -= eta * m[k] / (root * (float) Math.sqrt(v[k]) + epsilon);
        }
    }
}
