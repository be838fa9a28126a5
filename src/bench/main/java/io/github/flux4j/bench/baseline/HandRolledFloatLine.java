package io.github.flux4j.bench.baseline;

/**
 * A line fitted by gradient descent, as a learner writes it: {@code Dense(1, 1)}, mse and Descent without a library.
 *
 * <p>With {@code eᵢ = w·xᵢ + b − yᵢ}: loss = mean(e²), ∂w = 2·mean(e·x), ∂b = 2·mean(e).
 */
public final class HandRolledFloatLine {

    private final float eta;
    private float weight;
    private float bias;

    public HandRolledFloatLine(float weight, float bias, double eta) {
        this.weight = weight;
        this.bias = bias;
        this.eta = (float) eta;
    }

    /** One step of gradient descent; gives the loss before it. */
    public float step(float[] x, float[] y) {
        float loss = 0;
        float weightSlope = 0;
        float biasSlope = 0;
        for (int i = 0; i < x.length; i++) {
            float error = weight * x[i] + bias - y[i];
            loss += error * error;
            weightSlope += 2 * error * x[i];
            biasSlope += 2 * error;
        }
        weight -= eta * weightSlope / x.length;
        bias -= eta * biasSlope / x.length;
        return loss / x.length;
    }

    public float predict(float x) {
        return weight * x + bias;
    }

    /** w, then b. */
    public float[] parameters() {
        return new float[] {weight, bias};
    }
}
