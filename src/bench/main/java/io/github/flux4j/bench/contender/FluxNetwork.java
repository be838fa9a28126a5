package io.github.flux4j.bench.contender;

import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;

import io.github.flux4j.Flux4j;
import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Rule;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link DenseNetwork} in flux4j's words; also in those of other commits, as {@link Flux4jModel} says. */
public final class FluxNetwork {

    private FluxNetwork() {}

    /** The model, started from these parameters. A network of one layer is that layer, as in the article. */
    public static Layer model(DenseNetwork network, DataType type, double[] parameters) {
        Layer[] layers = new Layer[network.layers().size()];
        int at = 0;
        for (int l = 0; l < layers.length; l++) {
            DenseNetwork.Layer layer = network.layers().get(l);
            int weights = layer.inputs() * layer.outputs();
            INDArray weight = array(type, parameters, at, layer.outputs(), layer.inputs());
            INDArray bias = array(type, parameters, at + weights, layer.outputs());
            layers[l] = dense(weight, bias, activation(layer.activation()));
            at += layer.parameterCount();
        }
        return layers.length == 1 ? layers[0] : chain(layers);
    }

    /** An array of part of {@code values}, from {@code at} on. */
    public static INDArray array(DataType type, double[] values, int at, int... shape) {
        int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Nd4j.createFromArray(Arrays.copyOfRange(values, at, at + length))
                .castTo(type)
                .reshape('c', shape);
    }

    public static Activation activation(DenseNetwork.Activation activation) {
        return switch (activation) {
            case IDENTITY -> Flux4j.IDENTITY;
            case RELU -> Flux4j.RELU;
            case TANH -> Flux4j.TANH;
            case SIGMOID -> Flux4j.SIGMOID;
        };
    }

    public static LossFunction loss(DenseNetwork.Loss loss) {
        return switch (loss) {
            case MSE -> Flux4j.MSE;
            case MAE -> Flux4j.MAE;
            case LOGIT_CROSS_ENTROPY -> Flux4j.LOGITCROSSENTROPY;
        };
    }

    public static Rule rule(DenseNetwork.Rule rule) {
        if (rule instanceof DenseNetwork.Adam adam) {
            return new Adam(adam.eta(), adam.beta1(), adam.beta2(), adam.epsilon());
        }
        return descent(((DenseNetwork.Descent) rule).eta());
    }
}
