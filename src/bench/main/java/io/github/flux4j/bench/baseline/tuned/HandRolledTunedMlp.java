package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A chain of dense layers as fast as plain Java on one thread goes: loops in the order and form that the JIT makes vector instructions of,
 * blocks that stay in the caches, and nothing allocated in a step. The formulas are those of {@code HandRolledFloatMlp}.
 */
public final class HandRolledTunedMlp {

    private final DenseNetwork network;
    private final TunedDense[] layers;
    private final TunedRule rule;

    /**
     * Starts from a copy of these parameters.
     *
     * @param examples the most that a batch has
     */
    public HandRolledTunedMlp(DenseNetwork network, int examples, float[] parameters) {
        this.network = network;
        this.layers = network.layers().stream()
                .map(layer -> new TunedDense(layer, examples))
                .toArray(TunedDense[]::new);
        int at = 0;
        for (TunedDense layer : layers) {
            layer.read(parameters, at);
            at += layer.layer.parameterCount();
        }
        this.rule = new TunedRule(
                network.rule(),
                rows(layer -> layer.weights, layer -> layer.bias),
                rows(layer -> layer.weightSlopes, layer -> layer.biasSlopes));
    }

    private List<float[]> rows(Function<TunedDense, float[][]> weights, Function<TunedDense, float[]> bias) {
        List<float[]> rows = new ArrayList<>();
        for (TunedDense layer : layers) {
            rows.addAll(Arrays.asList(weights.apply(layer)));
            rows.add(bias.apply(layer));
        }
        return rows;
    }

    /**
     * One step on a batch; gives the loss before it.
     *
     * @param x a row for each example
     * @param y a row for each example
     */
    public float step(float[][] x, float[][] y) {
        int terms = network.loss() == DenseNetwork.Loss.LOGIT_CROSS_ENTROPY ? x.length : x.length * network.outputs();
        float[][] p = predict(x, x.length);
        int last = layers.length - 1;
        float loss = 0;
        for (int i = 0; i < x.length; i++) {
            loss += TunedLoss.of(network.loss(), p[i], y[i], layers[last].slopes[i], 1f / terms);
        }
        for (int l = last; l > 0; l--) {
            layers[l].backward(layers[l - 1].output, layers[l - 1].slopes, x.length);
        }
        layers[0].backward(x, null, x.length);
        rule.update();
        return loss / terms;
    }

    /** Predictions in the model's own memory, overwritten by the next call. */
    public float[][] predict(float[][] x, int examples) {
        float[][] value = x;
        for (TunedDense layer : layers) {
            layer.forward(value, examples);
            value = layer.output;
        }
        return value;
    }

    /** A copy, in the order of {@link DenseNetwork}. */
    public float[] parameters() {
        float[] parameters = new float[network.parameterCount()];
        int at = 0;
        for (TunedDense layer : layers) {
            layer.write(parameters, at);
            at += layer.layer.parameterCount();
        }
        return parameters;
    }
}
