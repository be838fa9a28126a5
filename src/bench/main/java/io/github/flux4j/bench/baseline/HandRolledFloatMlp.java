package io.github.flux4j.bench.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * A chain of dense layers trained by backpropagation, written to be read: flat arrays, plain loops, the JDK alone. An oracle in the
 * tests and, in the comparison, what a careful programmer has without a library.
 *
 * <p>Arrays have one example per row. For a layer with input x, sum z = x·Wᵀ + b and output y = f(z), and δ = ∂loss/∂z:
 * ∂W = δᵀ·x, ∂b = Σ δ over the examples, ∂loss/∂x = δ·W.
 */
public final class HandRolledFloatMlp {

    private final DenseNetwork network;
    private final float[] parameters;
    private final float[] gradient;
    private final HandRolledFloatRule rule;

    /** Starts from a copy of these parameters. */
    public HandRolledFloatMlp(DenseNetwork network, float[] parameters) {
        this.network = network;
        this.parameters = parameters.clone();
        this.gradient = new float[parameters.length];
        this.rule = new HandRolledFloatRule(network.rule(), parameters.length);
    }

    /** One step on a batch; gives the loss before it. */
    public float step(float[] x, float[] y) {
        float loss = gradient(x, y);
        rule.update(parameters, gradient);
        return loss;
    }

    /** Live, as {@link DenseNetwork} orders them. */
    public float[] parameters() {
        return parameters;
    }

    public float[] predict(float[] x) {
        float[][] values = forward(x);
        return values[values.length - 1];
    }

    /** The input, then each layer's output. */
    private float[][] forward(float[] x) {
        List<DenseNetwork.Layer> layers = network.layers();
        float[][] values = new float[layers.size() + 1][];
        values[0] = x;
        int at = 0;
        for (int l = 0; l < layers.size(); l++) {
            values[l + 1] = output(layers.get(l), at, values[l]);
            at += layers.get(l).parameterCount();
        }
        return values;
    }

    /** f(x·Wᵀ + b), where W starts at {@code at}. */
    private float[] output(DenseNetwork.Layer layer, int at, float[] x) {
        int in = layer.inputs();
        int out = layer.outputs();
        int examples = x.length / in;
        float[] y = new float[examples * out];
        for (int i = 0; i < examples; i++) {
            for (int j = 0; j < out; j++) {
                float sum = parameters[at + out * in + j];
                for (int k = 0; k < in; k++) {
                    sum += x[i * in + k] * parameters[at + j * in + k];
                }
                y[i * out + j] = activation(layer.activation(), sum);
            }
        }
        return y;
    }

    /** Fills the gradient, from the last layer to the first; gives the loss. */
    private float gradient(float[] x, float[] y) {
        float[][] values = forward(x);
        float[] predictions = values[values.length - 1];
        float[] slopes = new float[predictions.length];
        float loss = HandRolledFloatLoss.of(network.loss(), predictions, y, network.outputs(), slopes);
        int at = parameters.length;
        for (int l = network.layers().size() - 1; l >= 0; l--) {
            DenseNetwork.Layer layer = network.layers().get(l);
            at -= layer.parameterCount();
            throughActivation(layer.activation(), values[l + 1], slopes);
            parameterGradient(layer, at, values[l], slopes);
            slopes = l == 0 ? null : inputGradient(layer, at, slopes);
        }
        return loss;
    }

    /** From ∂loss/∂y to δ = ∂loss/∂z. */
    private static void throughActivation(DenseNetwork.Activation activation, float[] y, float[] slopes) {
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] *= slope(activation, y[i]);
        }
    }

    private void parameterGradient(DenseNetwork.Layer layer, int at, float[] x, float[] delta) {
        int in = layer.inputs();
        int out = layer.outputs();
        int examples = x.length / in;
        Arrays.fill(gradient, at, at + layer.parameterCount(), 0);
        for (int i = 0; i < examples; i++) {
            for (int j = 0; j < out; j++) {
                float slope = delta[i * out + j];
                for (int k = 0; k < in; k++) {
                    gradient[at + j * in + k] += slope * x[i * in + k];
                }
                gradient[at + out * in + j] += slope;
            }
        }
    }

    private float[] inputGradient(DenseNetwork.Layer layer, int at, float[] delta) {
        int in = layer.inputs();
        int out = layer.outputs();
        int examples = delta.length / out;
        float[] slopes = new float[examples * in];
        for (int i = 0; i < examples; i++) {
            for (int j = 0; j < out; j++) {
                float slope = delta[i * out + j];
                for (int k = 0; k < in; k++) {
                    slopes[i * in + k] += slope * parameters[at + j * in + k];
                }
            }
        }
        return slopes;
    }

    private static float activation(DenseNetwork.Activation activation, float z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> Math.max(0, z);
            case TANH -> (float) Math.tanh(z);
            case SIGMOID -> (float) (1 / (1 + Math.exp(-z)));
        };
    }

    /** f′(z), from y = f(z). */
    private static float slope(DenseNetwork.Activation activation, float y) {
        return switch (activation) {
            case IDENTITY -> 1;
            case RELU -> y > 0 ? 1 : 0;
            case TANH -> 1 - y * y;
            case SIGMOID -> y * (1 - y);
        };
    }
}
