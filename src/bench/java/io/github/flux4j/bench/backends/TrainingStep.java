package io.github.flux4j.bench.backends;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.train;

import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.baseline.Network;
import io.github.flux4j.bench.contender.FluxNetwork;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A training step of flux4j's, on one of the comparison's problems. */
record TrainingStep(String name, Problem problem) implements Workload {

    private static final int STEPS = 10;

    @Override
    public double[] expected() {
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(problem.network(), Product.widened(problem.start()));
        Turns<Problem.Slice> batches = new Turns<>(problem.batches());
        for (int step = 0; step < STEPS; step++) {
            Problem.Slice batch = batches.next();
            byHand.step(Product.widened(batch.features()), Product.widened(batch.targets()));
        }
        return byHand.parameters().clone();
    }

    /** ‖p − p*‖/‖p* − p₀‖: how far the parameters are from those expected, relative to the way gone. */
    @Override
    public double error(double[] actual, double[] expected) {
        double distance = 0;
        double way = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += Math.pow(actual[i] - expected[i], 2);
            way += Math.pow(expected[i] - problem.start()[i], 2);
        }
        return Math.sqrt(distance / way);
    }

    /** A step moves a parameter by a hundredth or so of itself, so its rounding is a hundred times as much of the way. */
    @Override
    public double tolerance(DataType type) {
        return type == DataType.DOUBLE ? 1e-10 : 1e-3;
    }

    static Layer model(Problem problem, DataType type) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new UnsupportedOperationException("flux4j's models are of float or double");
        }
        return FluxNetwork.model(problem.network(), type, Product.widened(problem.start()));
    }

    @Override
    public Job start(DataType type) {
        Network network = problem.network();
        Layer model = model(problem, type);
        Loss loss = FluxNetwork.loss(network.loss()).bind(model);
        Params params = params(model);
        Rule rule = FluxNetwork.rule(network.rule());
        Turns<List<Batch>> data = new Turns<>(problem.batches().stream()
                .map(slice -> List.of(batch(
                        rows(slice.features(), network.inputs(), type),
                        rows(slice.targets(), network.outputs(), type))))
                .toList());
        return new Job() {
            @Override
            public void run() {
                train(loss, params, data.next(), rule);
            }

            @Override
            public double[] results() {
                for (int step = 0; step < STEPS; step++) {
                    run();
                }
                return FluxNetwork.parameters(model);
            }
        };
    }

    private static INDArray rows(float[] values, int columns, DataType type) {
        return Nd4j.createFromArray(values).castTo(type).reshape('c', values.length / columns, columns);
    }
}
