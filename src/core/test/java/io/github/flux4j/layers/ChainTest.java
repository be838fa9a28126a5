package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChainTest {

    private static final INDArray X = rows(new double[] {1, -2}, new double[] {0.5, 3}, new double[] {-1, -1});

    @Test
    void computesLayerAfterLayer() {
        Dense hidden = dense(rows(new double[] {1, -1}, new double[] {2, 1}), Nd4j.createFromArray(0f, 1f), IDENTITY);
        Dense output = dense(rows(new double[] {1, -2}), Nd4j.createFromArray(0.5f), IDENTITY);
        Chain model = chain(hidden, RELU, output);

        // by hand: hidden (3, 1) → relu (3, 1) → 3 − 2 + 0.5; hidden (−2.5, 5) → relu (0, 5) → −10 + 0.5; hidden (0,
        // −2) → 0.5
        assertThat(model.predict(X).toFloatMatrix()).isDeepEqualTo(new float[][] {{1.5f}, {-9.5f}, {0.5f}});
    }

    @Test
    void anActivationAsALayerIsTheSameAsInsideDense() {
        seed(1);
        Chain inside = chain(dense(2, 4, TANH), dense(4, 1, SIGMOID));
        seed(1);
        Chain apart = chain(dense(2, 4), TANH, dense(4, 1), SIGMOID);

        assertThat(toDoubles(apart.predict(X))).isEqualTo(toDoubles(inside.predict(X)));
    }

    @Test
    void aChainInAChainIsTheSameAsItsLayers() {
        seed(1);
        Chain flat = chain(dense(2, 4, TANH), dense(4, 3, RELU), dense(3, 1));
        seed(1);
        Chain nested = chain(chain(dense(2, 4, TANH), dense(4, 3, RELU)), dense(3, 1));

        assertThat(toDoubles(nested.predict(X))).isEqualTo(toDoubles(flat.predict(X)));
        assertThat(toDoubles(nested.flatParameters())).isEqualTo(toDoubles(flat.flatParameters()));
    }

    @Test
    void itsLayersKeepTheirValuesAndStayLive() {
        Dense first = dense(2, 4, TANH);
        Dense second = dense(4, 1);
        INDArray before = second.predict(first.predict(X));
        Chain model = chain(first, second);
        assertThat(toDoubles(model.predict(X))).isEqualTo(toDoubles(before));

        second.weight().assign(0);
        second.bias().assign(3);
        assertThat(model.predict(X)).isEqualTo(column(3, 3, 3));
        assertThat(model.flatParameters().getDouble(model.parameterCount() - 1)).isEqualTo(3);

        model.flatParameters().assign(0);
        assertThat(first.weight()).isEqualTo(Nd4j.zeros(DataType.FLOAT, 4, 2));
        assertThat(first.predict(X)).isEqualTo(Nd4j.zeros(DataType.FLOAT, 3, 4));
    }

    @Test
    void aLayerOfAnInnerChainStaysLiveWhenThatChainJoinsAnother() {
        Dense inner = dense(2, 1);
        Chain model = chain(chain(inner), dense(1, 1));
        inner.weight().assign(0);
        inner.bias().assign(2);

        assertThat(model.get(0).predict(X)).isEqualTo(column(2, 2, 2));
        assertThat(params(model).get(1)).isEqualTo(Nd4j.createFromArray(2f));
    }

    @Test
    void ofActivationsAloneComputesWithoutParameters() {
        INDArray x = X.dup();
        Chain model = chain(RELU, TANH);

        assertThat(model.parameterCount()).isZero();
        assertThat(model.predict(x)).isEqualTo(TANH.predict(RELU.predict(X)));
        assertThat(x).as("not overwritten").isEqualTo(X);
        assertThat(IDENTITY.predict(x)).isEqualTo(X).isNotSameAs(x);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void activationsMayFollowEachOtherAnywhere(String engine) {
        seed(1);
        Dense layer = dense(2, 3);
        INDArray twice = TANH.predict(TANH.predict(X));
        INDArray expected = SIGMOID.predict(TANH.predict(layer.predict(twice)));

        Chain model = ForcedEngine.on(engine, chain(TANH, TANH, layer, TANH, SIGMOID));
        assertThat(model.predict(X)).isEqualTo(expected);
        assertThat(withGradient(MSE, model, X, expected).loss()).isCloseTo(0, within(1e-12)); // (1e-6)² in Float32
    }

    @Test
    void anActivationMayStandInSeveralChains() {
        Activation cube = Activation.of("cube", v -> v * v * v, (v, y) -> 3 * v * v);

        assertThat(chain(cube, cube).predict(2)).containsExactly(512);
        assertThat(chain(cube).predict(2)).containsExactly(8);
    }

    @Test
    void givesItsLayersInOrder() {
        Dense first = dense(2, 4);
        Chain model = chain(first, RELU);

        assertThat(model).containsExactly(first, RELU);
        assertThat(model.size()).isEqualTo(2);
        assertThat(model.get(1)).isSameAs(RELU);
        assertThat(model.inputs()).isEqualTo(2);
        assertThat(model.outputSize(2)).isEqualTo(4);
    }

    @Test
    void f64CopiesTheWholeChain() {
        Chain model = chain(dense(2, 4, TANH), dense(4, 1));
        Chain twin = f64(model);

        assertThat(params(twin)).allMatch(p -> p.dataType() == DataType.DOUBLE);
        assertThat(twin.flatParameters()).isEqualTo(model.flatParameters().castTo(DataType.DOUBLE));
        twin.flatParameters().assign(0);
        assertThat(model.flatParameters()).isNotEqualTo(Nd4j.zeros(DataType.FLOAT, model.parameterCount()));
    }

    @Test
    void needsALayer() {
        assertThatIllegalArgumentException().isThrownBy(() -> chain()).withMessage("a chain needs at least one layer");
    }

    @Test
    void refusesNeighboursThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(3, 4), dense(5, 1)))
                .withMessage("layer 2, Dense(5 => 1), expects 5 inputs, but Dense(3 => 4) before it gives 4;"
                        + " make it take 4, or make the one before it give 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(RELU, dense(3, 4, TANH), RELU, chain(dense(1, 1))))
                .withMessage(
                        "layer 4, Chain(Dense(1 => 1)), expects 1 input, but Dense(3 => 4, tanh) before it gives 4;"
                                + " make it take 4, or make the one before it give 1");
    }

    @Test
    void refusesALayerOfAnotherChain() {
        Dense layer = dense(1, 1);
        Chain owner = chain(layer, TANH);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(1, 1), layer))
                .withMessage(
                        "layer 2, Dense(1 => 1), already belongs to Chain(Dense(1 => 1), tanh); a layer is part of one"
                                + " chain at most, since its parameters live there. Make a new layer, or copy this one with f32(…)");
        chain(owner);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(owner))
                .withMessage(
                        "layer 1, Chain(Dense(1 => 1), tanh), already belongs to Chain(Chain(Dense(1 => 1), tanh));"
                                + " a layer is part of one chain at most, since its parameters live there."
                                + " Make a new layer, or copy this one with f32(…)");
    }

    @Test
    void takesACopyOfALayerOfAnotherChain() {
        Dense layer = dense(2, 1);
        chain(layer);

        assertThat(toDoubles(chain(f32(layer)).predict(X))).isEqualTo(toDoubles(layer.predict(X)));
    }

    @Test
    void refusesALayerThatStandsInItTwice() {
        Dense layer = f64(dense(1, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(layer, layer))
                .withMessage("layer 2, Dense(1 => 1), is in this chain twice; shared layers are not supported."
                        + " Make a new layer, or copy this one with f64(…)");
    }

    @Test
    void refusesLayersOfDifferentTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(1, 1), f64(dense(1, 1))))
                .withMessage("layer 2, Dense(1 => 1), has DOUBLE parameters, but those before it FLOAT;"
                        + " build the chain first, then convert it with f64(chain)");
    }

    @Test
    void refusesNoLayer() {
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> chain(dense(1, 1), null))
                .withMessage("layer 2 of the chain is null");
    }

    static Stream<List<Layer>> layersThatMakeNoChainWithADense21() {
        Dense taken = dense(1, 1);
        chain(taken);
        return Stream.of(List.of(dense(2, 1)), List.of(taken), List.of(f64(dense(1, 1))));
    }

    @ParameterizedTest
    @MethodSource("layersThatMakeNoChainWithADense21")
    void layersOfARefusedChainAreAsTheyWere(List<Layer> others) {
        Dense layer = dense(2, 1);
        INDArray parameters = layer.flatParameters();
        double[] values = toDoubles(parameters);
        double[] predictions = toDoubles(layer.predict(X));

        assertThatIllegalArgumentException().isThrownBy(() -> chain(layer, others.get(0)));

        assertThat(layer.flatParameters()).isSameAs(parameters);
        assertThat(toDoubles(parameters)).isEqualTo(values);
        assertThat(toDoubles(chain(layer).predict(X))).isEqualTo(predictions);
    }

    @Test
    void namesTheLayerThatCountsFeatures() {
        Chain model = chain(RELU, chain(dense(3, 4, TANH)), dense(4, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(1, 2))
                .withMessage(
                        "layer 2, layer 1, Dense(3 => 4, tanh), expects 3 features per row, but the array has 2 (shape [1, 2])");
    }
}
