package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.train;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.DenseNetwork.Activation;
import io.github.flux4j.bench.baseline.DenseNetwork.Adam;
import io.github.flux4j.bench.baseline.DenseNetwork.Descent;
import io.github.flux4j.bench.baseline.DenseNetwork.Layer;
import io.github.flux4j.bench.baseline.DenseNetwork.Loss;
import io.github.flux4j.bench.baseline.HandRolledDoubleLine;
import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.baseline.HandRolledFloatLine;
import io.github.flux4j.bench.baseline.HandRolledFloatMlp;
import io.github.flux4j.bench.contender.FluxNetwork;
import io.github.flux4j.data.Batch;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** flux4j against gradient descent by hand: same start, same data, the same parameters after each of 100 steps. */
class HandRolledTest {

    /** Each step adds a few roundings of 6e-8, and descent to a minimum forgets those of earlier steps. */
    private static final double FLOAT_STEPS = 1e-5;

    /** The same for Float64: roundings of 1.1e-16, some hundred of them in a sum, over 100 steps. */
    private static final double DOUBLE_STEPS = 1e-12;

    private static final int STEPS = 100;
    private static final int EXAMPLES = 12;

    static final List<DenseNetwork> NETWORKS = List.of(
            DenseNetwork.of(Activation.IDENTITY, Loss.MSE, new Descent(0.1), 1, 1),
            DenseNetwork.of(Activation.IDENTITY, Loss.MAE, new Descent(0.01), 1, 1),
            DenseNetwork.of(Activation.IDENTITY, Loss.MSE, new Descent(0.1), 3, 2),
            DenseNetwork.of(Activation.TANH, Loss.MSE, new Descent(0.1), 2, 4, 1),
            DenseNetwork.of(Activation.SIGMOID, Loss.MSE, new Descent(0.5), 3, 5, 2),
            DenseNetwork.of(Activation.RELU, Loss.MSE, new Descent(0.05), 4, 16, 8, 3),
            DenseNetwork.of(Activation.TANH, Loss.MAE, new Descent(0.01), 5, 7, 6, 2),
            DenseNetwork.of(Activation.IDENTITY, Loss.LOGIT_CROSS_ENTROPY, new Descent(0.5), 4, 3),
            DenseNetwork.of(Activation.RELU, Loss.LOGIT_CROSS_ENTROPY, new Descent(0.1), 6, 12, 4),
            DenseNetwork.of(Activation.IDENTITY, Loss.MSE, new Adam(), 1, 1),
            DenseNetwork.of(Activation.TANH, Loss.MSE, new Adam(), 3, 8, 8, 2),
            DenseNetwork.of(
                    Activation.SIGMOID, Loss.LOGIT_CROSS_ENTROPY, new Adam(0.01, 0.8, 0.99, 1e-7, false), 4, 6, 3),
            new DenseNetwork(
                    List.of(
                            new Layer(3, 6, Activation.RELU),
                            new Layer(6, 4, Activation.SIGMOID),
                            new Layer(4, 2, Activation.TANH)),
                    Loss.MSE,
                    new Descent(0.1)));

    static Stream<Arguments> networksAndBatchSizes() {
        return NETWORKS.stream().flatMap(network -> Stream.of(EXAMPLES, 5).map(size -> Arguments.of(network, size)));
    }

    @ParameterizedTest
    @MethodSource("networksAndBatchSizes")
    void float32FollowsTheBaseline(DenseNetwork network, int batchSize) {
        Samples samples = Samples.of(network, EXAMPLES, 1);
        HandRolledFloatMlp byHand = new HandRolledFloatMlp(network, Samples.toFloats(samples.start()));
        Training flux = new Training(samples, DataType.FLOAT);
        for (int step = 0; step < STEPS; step++) {
            int from = step * batchSize % EXAMPLES;
            int to = Math.min(from + batchSize, EXAMPLES);
            byHand.step(Samples.toFloats(samples.features(from, to)), Samples.toFloats(samples.targets(from, to)));
            flux.step(from, to);
            requireClose(flux.parameters(), toDoubles(byHand.parameters()), FLOAT_STEPS, step);
        }
    }

    @ParameterizedTest
    @MethodSource("networksAndBatchSizes")
    void float64FollowsTheBaseline(DenseNetwork network, int batchSize) {
        Samples samples = Samples.of(network, EXAMPLES, 2);
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(network, samples.start());
        Training flux = new Training(samples, DataType.DOUBLE);
        for (int step = 0; step < STEPS; step++) {
            int from = step * batchSize % EXAMPLES;
            int to = Math.min(from + batchSize, EXAMPLES);
            double expected = byHand.step(samples.features(from, to), samples.targets(from, to));
            double loss = flux.step(from, to);
            assertThat(Math.abs(loss - expected))
                    .as("loss of step %d", step)
                    .isLessThanOrEqualTo(DOUBLE_STEPS * Math.max(1, expected));
            requireClose(flux.parameters(), byHand.parameters(), DOUBLE_STEPS, step);
        }
    }

    /** The learner's program for one line, on the article's data: five examples, then batches of two. */
    @Test
    void theArticlesLineFollowsTheLearnersProgram() {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {1, 2, 3, 4, 5};
        for (int batchSize : new int[] {5, 2}) {
            Samples samples = new Samples(NETWORKS.get(0), x, y, new double[] {-0.5, 0.25});
            HandRolledDoubleLine exact = new HandRolledDoubleLine(-0.5, 0.25, 0.05);
            HandRolledFloatLine single = new HandRolledFloatLine(-0.5f, 0.25f, 0.05);
            Training flux64 = new Training(samples, DataType.DOUBLE, new Descent(0.05));
            Training flux32 = new Training(samples, DataType.FLOAT, new Descent(0.05));
            for (int step = 0; step < STEPS; step++) {
                int from = step * batchSize % x.length;
                int to = Math.min(from + batchSize, x.length);
                exact.step(samples.features(from, to), samples.targets(from, to));
                single.step(Samples.toFloats(samples.features(from, to)), Samples.toFloats(samples.targets(from, to)));
                flux64.step(from, to);
                flux32.step(from, to);
                requireClose(flux64.parameters(), exact.parameters(), DOUBLE_STEPS, step);
                requireClose(flux32.parameters(), toDoubles(single.parameters()), FLOAT_STEPS, step);
            }
        }
    }

    /** A flux4j model in training, in the article's style. */
    private static final class Training {
        private final Samples samples;
        private final DataType type;
        private final io.github.flux4j.layers.Layer model;
        private final Params params;
        private final Rule rule;

        Training(Samples samples, DataType type) {
            this(samples, type, samples.network().rule());
        }

        Training(Samples samples, DataType type, DenseNetwork.Rule rule) {
            this.samples = samples;
            this.type = type;
            this.model = FluxNetwork.model(samples.network(), type, samples.start());
            this.params = params(model);
            this.rule = FluxNetwork.rule(rule);
        }

        double step(int from, int to) {
            DenseNetwork network = samples.network();
            Batch batch = batch(
                    FluxNetwork.array(type, samples.features(from, to), 0, to - from, network.inputs()),
                    FluxNetwork.array(type, samples.targets(from, to), 0, to - from, network.outputs()));
            return train(FluxNetwork.loss(network.loss()).bind(model), params, List.of(batch), rule);
        }

        double[] parameters() {
            return model.flatParameters().castTo(DataType.DOUBLE).dup().data().asDouble();
        }
    }

    /** Relative to the largest parameter: a sum that cancels to almost nothing keeps the roundings of its terms. */
    private static void requireClose(double[] actual, double[] expected, double tolerance, int step) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("parameter %d after step %d: %s, expected %s", i, step + 1, actual[i], expected[i])
                    .isLessThanOrEqualTo(tolerance * largest);
        }
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
