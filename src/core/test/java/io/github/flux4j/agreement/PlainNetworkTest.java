package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.LossSamples;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code network()} gives goes on by DL4J's own {@code fit} as flux4j would by {@code train}: with every rule, loss and layer. */
class PlainNetworkTest {

    private static final double FLOAT32 =
            2e-5; // five steps of numbers of size one; rules magnify rounding of small gradients
    private static final double FLOAT64 = 1e-12;

    private static final INDArray X = rows(
            new double[] {0.5, -1},
            new double[] {1, 0.25},
            new double[] {-0.5, 0.75},
            new double[] {2, 1},
            new double[] {-1, -2});
    private static final INDArray Y = rows(
            new double[] {0.2, 0.8},
            new double[] {0.9, 0.1},
            new double[] {0.4, 0.6},
            new double[] {0.5, 0.25},
            new double[] {0.7, 0.3});

    private static Stream<Arguments> ofEachType(Stream<?> things) {
        return things.flatMap(
                thing -> Stream.of(Arguments.of(thing, DataType.FLOAT), Arguments.of(thing, DataType.DOUBLE)));
    }

    static Stream<Arguments> rules() {
        return ofEachType(Rules.all().stream().map(Rules.Known::rule));
    }

    static Stream<Arguments> losses() {
        return ofEachType(LossSamples.all().stream().map(LossSamples.Sample::loss));
    }

    static Stream<Arguments> layers() {
        return ofEachType(Layers.repeatable().stream());
    }

    /** Two steps by flux4j tell the network what to do; then three by DL4J, against three by flux4j, the rule's state starting afresh. */
    private static void assertGoesOn(Chain model, LossFunction loss, Rule rule) {
        Chain twin = copy(model);
        assertThat(trained(model, loss, rule)).isEqualTo(trained(twin, loss, rule));
        DataType type = model.dataType();
        MultiLayerNetwork network = model.network();
        for (int step = 0; step < 3; step++) {
            network.fit(X.castTo(type).dup(), Y.castTo(type));
        }
        Optimiser fresh = setup(rule, twin);
        for (int step = 0; step < 3; step++) {
            train(loss, twin, List.of(batch(X, Y)), fresh);
        }

        assertThat(Tensors.toDoubles(model.flatParameters()))
                .containsExactly(
                        Tensors.toDoubles(twin.flatParameters()), within(type == DataType.FLOAT ? FLOAT32 : FLOAT64));
    }

    private static double trained(Chain model, LossFunction loss, Rule rule) {
        return train(loss, model, List.of(batch(X, Y), batch(X, Y)), setup(rule, model));
    }

    private static Chain model(DataType type) {
        seed(41);
        return Layer.copyAs(type, chain(dense(2, 4, TANH), dense(4, 2, SIGMOID)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void goesOnWithEveryRule(Rule rule, DataType type) {
        assertGoesOn(model(type), MSE, rule);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void goesOnWithEveryLoss(LossFunction loss, DataType type) {
        assertGoesOn(model(type), loss, descent(0.05));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void goesOnWithEveryLayerAndARuleThatTreatsArraysAlone(Layers.Known known, DataType type) {
        seed(43);
        assertGoesOn(Layer.copyAs(type, known.inChain()), MSE, optimiserChain(clipNorm(0.05), descent(0.5)));
    }
}
