package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chain of dense layers as fast as plain Java on one thread goes: loops in the order and form that the JIT makes vector instructions of,
 * blocks that stay in the caches, and nothing allocated in a step. The formulas are those of {@code HandRolledFloatMlp}.
 */
public final class HandRolledTunedMlp {

    private final Network network;
    private final TunedDense[] layers;
    private final TunedRule rule;

    /**
     * Starts from a copy of these parameters.
     *
     * @param examples the most that a batch has
     */
    public HandRolledTunedMlp(Network network, int examples, Products products, float[] parameters) {
        this.network = network;
        this.layers = network.layers().stream()
                .map(layer -> new TunedDense(layer, examples, products))
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

    /** Another's parameters, with memory of its own for values and slopes. */
    HandRolledTunedMlp(HandRolledTunedMlp shared, int examples, Products products) {
        this.network = shared.network;
        this.layers = Arrays.stream(shared.layers)
                .map(layer -> new TunedDense(layer, examples, products))
                .toArray(TunedDense[]::new);
        this.rule = null;
    }

    private interface Part<T> {
        T of(TunedDense layer);
    }

    private List<float[]> rows(Part<float[][]> weights, Part<float[]> bias) {
        List<float[]> rows = new ArrayList<>();
        for (TunedDense layer : layers) {
            rows.addAll(Arrays.asList(weights.of(layer)));
            rows.add(bias.of(layer));
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
        int terms = network.loss() == Network.Loss.LOGIT_CROSS_ENTROPY ? x.length : x.length * network.outputs();
        float loss = gradient(x, y, terms);
        rule.update();
        return loss / terms;
    }

    /**
     * The slopes of some of a batch's rows, and their part of the loss.
     *
     * @param terms that the batch's loss is divided by
     */
    float gradient(float[][] x, float[][] y, int terms) {
        int examples = x.length;
        float[][] p = predict(x, examples);
        int last = layers.length - 1;
        float loss = 0;
        for (int i = 0; i < examples; i++) {
            loss += TunedLoss.of(network.loss(), p[i], y[i], layers[last].slopes[i], 1f / terms);
        }
        for (int l = last; l > 0; l--) {
            layers[l].backward(layers[l - 1].output, layers[l - 1].slopes, examples);
        }
        layers[0].backward(x, null, examples);
        return loss;
    }

    TunedRule rule() {
        return rule;
    }

    /** All slopes, in the order in which the rule has them. */
    float[][] slopes() {
        return rows(layer -> layer.weightSlopes, layer -> layer.biasSlopes).toArray(float[][]::new);
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

    /** A copy, in the order of {@link Network}. */
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
