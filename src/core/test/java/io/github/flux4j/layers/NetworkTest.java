package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** {@code network()}: the model as DL4J's own, on the same memory. */
class NetworkTest {

    private static final double FLOAT_STEPS = 1e-5; // up to 21 steps, each rounded to Float32 in another order
    private static final double DOUBLE_STEPS = 1e-12; // the same in Float64

    private static final INDArray X = rows(
            new double[] {0.5, -1},
            new double[] {1, 0.25},
            new double[] {-0.5, 0.75},
            new double[] {2, 1},
            new double[] {0, -0.5});
    private static final INDArray Y = column(1, 0, -0.5, 2, 0.25);

    static Stream<Named<Supplier<Layer>>> models() {
        return Stream.of(
                Named.of("dense", () -> dense(2, 1)),
                Named.of("dense with an activation", () -> dense(2, 1, TANH)),
                Named.of("dense without bias", () -> dense(2, 1).withoutBias()),
                Named.of("chain", () -> chain(dense(2, 4, TANH), dense(4, 1))),
                Named.of("deep chain", () -> chain(dense(2, 4, SIGMOID), dense(4, 3), RELU, dense(3, 1))),
                Named.of("chain that starts with an activation", () -> chain(TANH, dense(2, 1))),
                Named.of("chain in a chain", () -> chain(chain(dense(2, 4, TANH)), dense(4, 1))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void predictsWhatTheModelPredicts(Supplier<Layer> model) {
        Layer layer = model.get();

        assertThat(toDoubles(layer.network().output(X.dup())))
                .containsExactly(toDoubles(layer.predict(X)), within(FLOAT_STEPS));
    }

    @ParameterizedTest
    @MethodSource("models")
    void sharesItsMemoryBothWays(Supplier<Layer> model) {
        Layer layer = model.get();
        MultiLayerNetwork network = layer.network();
        INDArray weight = params(layer).get(0);

        weight.putScalar(0, 0, 0.125);
        assertThat(network.params().getDouble(0)).isEqualTo(0.125);
        assertThat(toDoubles(network.output(X.dup())))
                .containsExactly(toDoubles(layer.predict(X)), within(FLOAT_STEPS));

        network.params().muli(0.5);
        assertThat(weight.getDouble(0, 0)).isEqualTo(0.0625);
        assertThat(toDoubles(network.output(X.dup())))
                .containsExactly(toDoubles(layer.predict(X)), within(FLOAT_STEPS));
    }

    @Test
    void givesEachTimeANetworkOnTheSameMemory() {
        Dense model = dense(2, 1);
        MultiLayerNetwork one = model.network();
        MultiLayerNetwork other = model.network();
        one.params().assign(3);

        assertThat(other).isNotSameAs(one);
        assertThat(other.params()).isEqualTo(one.params());
        assertThat(model.weight()).isEqualTo(rows(new double[] {3, 3}));
    }

    static Stream<Arguments> modelsAndLosses() {
        return models().flatMap(model -> Stream.of(MSE, MAE)
                .flatMap(loss ->
                        Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(model, loss, type))));
    }

    @ParameterizedTest
    @MethodSource("modelsAndLosses")
    void goesOnByFitAsFlux4jDoesByTrain(Supplier<Layer> make, LossFunction loss, DataType type) {
        Layer ours = Layer.copyAs(type, make.get());
        Layer theirs = Layer.copyAs(type, ours);
        DataLoader data = dataLoader(X, Y).batchSize(2); // the last batch is a partial one
        Optimiser optimiser = setup(descent(0.05), ours);
        train(loss, ours, data, optimiser);
        train(loss, theirs, data, setup(descent(0.05), theirs));

        MultiLayerNetwork network = theirs.network();
        for (int epoch = 0; epoch < 6; epoch++) {
            train(loss, ours, data, optimiser);
            for (Batch batch : data) {
                network.fit(batch.features().castTo(type).dup(), batch.targets().castTo(type));
            }
            assertThat(toDoubles(theirs.flatParameters()))
                    .containsExactly(
                            toDoubles(ours.flatParameters()),
                            within(type == DataType.DOUBLE ? DOUBLE_STEPS : FLOAT_STEPS));
        }
    }

    @Test
    void isSetToTheLossAndTheRuleOfTheLastTraining() {
        Dense model = dense(2, 1);
        assertThat(updater(model)).isEqualTo(new Sgd(0.1));
        assertThat(score(model)).isEqualTo(MSE.of(model.predict(X), Y), within(FLOAT_STEPS));

        train(mae(model), params(model), List.of(batch(X, Y)), descent(0.02));
        assertThat(updater(model)).isEqualTo(new Sgd(0.02));
        assertThat(score(model)).isEqualTo(MAE.of(model.predict(X), Y), within(FLOAT_STEPS));
    }

    private static Object updater(Layer model) {
        return ((org.deeplearning4j.nn.conf.layers.BaseLayer)
                        model.network().getLayer(0).conf().getLayer())
                .getIUpdater();
    }

    private static double score(Layer model) {
        return model.network().score(new org.nd4j.linalg.dataset.DataSet(X, Y));
    }

    @Test
    void trainingGoesOnHereAfterFit() {
        Chain model = chain(dense(2, 4, TANH), dense(4, 1));
        Chain twin = f32(model);
        Optimiser optimiser = setup(descent(), model);
        train(MSE, model, List.of(batch(X, Y)), optimiser);
        model.network().fit(X, Y);
        train(MSE, model, List.of(batch(X, Y)), optimiser);

        train(MSE, twin, List.of(batch(X, Y), batch(X, Y), batch(X, Y)), setup(descent(), twin));
        assertThat(toDoubles(model.flatParameters()))
                .containsExactly(toDoubles(twin.flatParameters()), within(FLOAT_STEPS));
    }

    /** Although the DL4J engine computes with our own: DL4J saves and loads what is its own without flux4j. */
    @Test
    void hasDl4jsOwnActivations() {
        MultiLayerNetwork network =
                chain(dense(2, 3, TANH), dense(3, 2, RELU), dense(2, 1)).network();

        assertThat(Stream.of(0, 1)
                        .map(i -> (org.deeplearning4j.nn.conf.layers.BaseLayer)
                                network.getLayer(i).conf().getLayer())
                        .map(org.deeplearning4j.nn.conf.layers.BaseLayer::getActivationFn))
                .containsExactly(new ActivationTanH(), new ActivationReLU());
    }

    @Test
    void ofAModelWithoutParametersPredicts() {
        assertThat(RELU.network().output(Nd4j.createFromArray(-1f, 2f).reshape(1, 2)))
                .isEqualTo(rows(new double[] {0, 2}));
    }
}
