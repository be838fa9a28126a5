package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.Network;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Backpropagation written with ND4J's operations, in place where it can be. */
final class RawNd4j implements Contender {

    private record Rows(INDArray features, INDArray targets) {}

    private final Network network;
    private final INDArray parameters;
    private final INDArray gradient;
    private final List<INDArray> weights = new ArrayList<>();
    private final List<INDArray> biases = new ArrayList<>();
    private final List<INDArray> weightSlopes = new ArrayList<>();
    private final List<INDArray> biasSlopes = new ArrayList<>();
    private final Turns<Rows> batches;
    private final INDArray momentum;
    private final INDArray variance;
    private int steps;

    RawNd4j(Problem problem) {
        network = problem.network();
        parameters = Nd4j.createFromArray(problem.start());
        gradient = parameters.like();
        momentum = parameters.like();
        variance = parameters.like();
        views(parameters, weights, biases);
        views(gradient, weightSlopes, biasSlopes);
        batches = new Turns<>(problem.batches().stream().map(this::rows).toList());
    }

    /** Each layer's part of a flat vector: W {@code [out, in]} and b {@code [1, out]}. */
    private void views(INDArray flat, List<INDArray> weights, List<INDArray> biases) {
        int at = 0;
        for (Network.Layer layer : network.layers()) {
            int count = layer.inputs() * layer.outputs();
            weights.add(part(flat, at, count).reshape('c', layer.outputs(), layer.inputs()));
            biases.add(part(flat, at + count, layer.outputs()).reshape('c', 1, layer.outputs()));
            at += layer.parameterCount();
        }
    }

    private static INDArray part(INDArray flat, int from, int count) {
        return flat.get(NDArrayIndex.interval(from, from + count));
    }

    private Rows rows(Problem.Slice batch) {
        return new Rows(rows(batch.features(), network.inputs()), rows(batch.targets(), network.outputs()));
    }

    private static INDArray rows(float[] values, int columns) {
        return Nd4j.createFromArray(values).reshape('c', values.length / columns, columns);
    }

    @Override
    public void step() {
        Rows batch = batches.next();
        List<INDArray> values = forward(batch.features());
        INDArray slopes = lossSlopes(values.get(values.size() - 1), batch.targets());
        for (int l = network.layers().size() - 1; l >= 0; l--) {
            throughActivation(network.layers().get(l).activation(), values.get(l + 1), slopes);
            weightSlopes.get(l).assign(slopes.transpose().mmul(values.get(l)));
            biasSlopes.get(l).assign(slopes.sum(true, 0));
            if (l > 0) {
                slopes = slopes.mmul(weights.get(l));
            }
        }
        update();
    }

    /** The input, then each layer's output. */
    private List<INDArray> forward(INDArray x) {
        List<INDArray> values = new ArrayList<>(List.of(x));
        for (int l = 0; l < network.layers().size(); l++) {
            INDArray z = values.get(l).mmul(weights.get(l).transpose()).addiRowVector(biases.get(l));
            values.add(activation(network.layers().get(l).activation(), z));
        }
        return values;
    }

    private static INDArray activation(Network.Activation activation, INDArray z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> Transforms.relu(z, false);
            case TANH -> Transforms.tanh(z, false);
            case SIGMOID -> Transforms.sigmoid(z, false);
        };
    }

    /** slopes ← slopes·f′, from y = f(z). */
    private static void throughActivation(Network.Activation activation, INDArray y, INDArray slopes) {
        switch (activation) {
            case IDENTITY -> {}
            case RELU -> slopes.muli(Transforms.sign(y, true));
            case TANH -> slopes.muli(y.mul(y).rsubi(1));
            case SIGMOID -> slopes.muli(y.rsub(1).muli(y));
        }
    }

    private INDArray lossSlopes(INDArray predictions, INDArray targets) {
        return switch (network.loss()) {
            case MSE -> predictions.sub(targets).muli(2.0 / targets.length());
            case MAE -> Transforms.sign(predictions.sub(targets), false).divi(targets.length());
            case LOGIT_CROSS_ENTROPY ->
                Transforms.softmax(predictions, true).subi(targets).divi(targets.rows());
        };
    }

    private void update() {
        steps++;
        if (network.rule() instanceof Network.Adam adam) {
            adam(adam);
        } else {
            parameters.subi(gradient.muli(((Network.Descent) network.rule()).eta()));
        }
    }

    private void adam(Network.Adam adam) {
        momentum.muli(adam.beta1()).addi(gradient.mul(1 - adam.beta1()));
        variance.muli(adam.beta2()).addi(gradient.mul(gradient).muli(1 - adam.beta2()));
        INDArray divisor = variance.div(1 - Math.pow(adam.beta2(), steps));
        divisor = Transforms.sqrt(divisor, false).addi(adam.epsilon());
        parameters.subi(
                momentum.mul(adam.eta() / (1 - Math.pow(adam.beta1(), steps))).divi(divisor));
    }

    @Override
    public float[] parameters() {
        return parameters.dup().data().asFloat();
    }

    @Override
    public void predict(float[] x, float[] y) {
        List<INDArray> values = forward(rows(x, network.inputs()));
        System.arraycopy(values.get(values.size() - 1).dup('c').data().asFloat(), 0, y, 0, y.length);
    }
}
