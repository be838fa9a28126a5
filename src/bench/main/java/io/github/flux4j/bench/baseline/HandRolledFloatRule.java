package io.github.flux4j.bench.baseline;

/** Moves parameters, and keeps what the rule remembers of earlier steps. */
final class HandRolledFloatRule {

    private final DenseNetwork.Rule rule;
    private final float[] momentum;
    private final float[] variance;
    private int steps;

    HandRolledFloatRule(DenseNetwork.Rule rule, int count) {
        this.rule = rule;
        this.momentum = new float[count];
        this.variance = new float[count];
    }

    void update(float[] parameters, float[] gradient) {
        steps++;
        if (rule instanceof DenseNetwork.Descent descent) {
            descend((float) descent.eta(), parameters, gradient);
        } else if (rule instanceof DenseNetwork.Adam adam) {
            adam(adam, parameters, gradient);
        }
    }

    private static void descend(float eta, float[] parameters, float[] gradient) {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] -= eta * gradient[i];
        }
    }

    private void adam(DenseNetwork.Adam adam, float[] parameters, float[] gradient) {
        float eta = (float) adam.eta();
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        float rest1 = (float) (1 - adam.beta1());
        float rest2 = (float) (1 - adam.beta2());
        float bias1 = (float) (1 - Math.pow(adam.beta1(), steps));
        float bias2 = (float) (1 - Math.pow(adam.beta2(), steps));
        float epsilon = (float) (adam.epsilon() / (adam.epsilonElsewhere() ? Math.sqrt(bias2) : 1));
        for (int i = 0; i < parameters.length; i++) {
            momentum[i] = beta1 * momentum[i] + rest1 * gradient[i];
            variance[i] = beta2 * variance[i] + rest2 * gradient[i] * gradient[i];
            parameters[i] -= eta * (momentum[i] / bias1) / ((float) Math.sqrt(variance[i] / bias2) + epsilon);
        }
    }
}
