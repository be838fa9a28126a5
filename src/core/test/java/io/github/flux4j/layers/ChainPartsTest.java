package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Names, indices, slices and inner chains, and what a chain's numbers are known by. */
class ChainPartsTest {

    private static final double FLOAT32 = 1e-6;

    private static final INDArray X = rows(new double[] {1, -2}, new double[] {0.5, 3}, new double[] {-1, 1});
    private static final INDArray Y = rows(new double[] {1, 0}, new double[] {0, 1}, new double[] {-1, 1});

    private static Chain autoencoder() {
        return namedChain()
                .layer("encoder", dense(2, 3, TANH))
                .layer("noise", dropout(0.1))
                .layer("decoder", chain(dense(3, 4, SWISH), dense(4, 2)))
                .build();
    }

    @Test
    void namesItsLayers() {
        Chain model = autoencoder();

        assertThat(model.get("decoder")).isSameAs(model.get(2));
        assertThat(model.size()).isEqualTo(3);
        assertThat(model).containsExactlyElementsOf(model.layers());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.get("decodr"))
                .withMessage("no layer is named decodr; the names are [encoder, noise, decoder]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(RELU).get("encoder"))
                .withMessage("no layer is named encoder; the names are []");
    }

    @Test
    void printsNamesAsFluxDoes() {
        assertThat(autoencoder()).hasToString("""
                        Chain(
                          encoder = Dense(2 => 3, tanh),        # 9 parameters
                          noise = Dropout(0.1),
                          decoder = Chain(
                            Dense(3 => 4, swish),               # 16 parameters
                            Dense(4 => 2),                      # 10 parameters
                          ),
                        )                   # Total: 6 arrays, 35 parameters, 140 bytes.""");
    }

    /** The layout of Flux's own sample in src/utils.jl; its bytes are Julia's, these are those of the parameters. */
    @Test
    void printsWhatIsNotTrainableAsFluxDoes() {
        Chain model = chain(chain(dense(784, 64), batchNorm(64, RELU)), dense(64, 10));

        assertThat(model).hasToString("""
                        Chain(
                          Chain(
                            Dense(784 => 64),                   # 50_240 parameters
                            BatchNorm(64, relu),                # 128 parameters, plus 128
                          ),
                          Dense(64 => 10),                      # 650 parameters
                        )         # Total: 6 trainable arrays, 51_018 parameters,
                                  # plus 2 non-trainable, 128 parameters, summarysize 199.789 KiB.""");
    }

    @Test
    void aNameIsTakenOnceAndLayersIsReserved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> namedChain().layer("layers", RELU))
                .withMessage("a chain can't have a layer named `layers`; choose another name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> namedChain().layer("a", RELU).layer("a", TANH))
                .withMessage("the chain has a layer named a already; choose another name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> namedChain().build())
                .withMessage("a chain needs at least one layer");
    }

    @Test
    void pathsAreThoseOfFlux() {
        assertThat(trainables(autoencoder()).stream().map(Parameter::path))
                .containsExactly(
                        "layers.encoder.weight",
                        "layers.encoder.bias",
                        "layers.decoder.layers.0.weight",
                        "layers.decoder.layers.0.bias",
                        "layers.decoder.layers.1.weight",
                        "layers.decoder.layers.1.bias");
        assertThat(trainables(chain(scale(2), layerNorm(2))).stream().map(Parameter::path))
                .containsExactly("layers.0.scale", "layers.0.bias", "layers.1.diag.scale", "layers.1.diag.bias");
    }

    @Test
    void biasesAreToldFromWeights() {
        Chain model = chain(dense(2, 2), batchNorm(2), layerNorm(2), scale(2));

        assertThat(trainables(model).stream().filter(Parameter::isBias).map(Parameter::path))
                .containsExactly("layers.0.bias", "layers.1.β", "layers.2.diag.bias", "layers.3.bias");
    }

    @Test
    void aSliceIsAModelOnTheSameMemory() {
        Chain model = chain(dense(2, 3, TANH), dense(3, 4), SWISH, dense(4, 2));
        Chain middle = model.slice(1, 3);
        Dense second = (Dense) model.get(1);

        assertThat(middle.layers()).containsExactly(second, SWISH);
        assertThat(middle.parameterCount()).isEqualTo(16);
        INDArray inner = model.slice(0, 1).predict(X);
        assertThat(middle.predict(inner)).isEqualTo(activations(model, X).get(2));
        assertThat(model.slice(3, 4).predict(middle.predict(inner))).isEqualTo(model.predict(X));
        second.bias().assign(5);
        assertThat(middle.predict(inner)).isEqualTo(activations(model, X).get(2));
        assertThat(params(middle).get(0)).isSameAs(second.weight());
        assertThat(middle).hasToString("""
                        Chain(
                          Dense(3 => 4),                        # 16 parameters
                          swish,
                        )""");
    }

    @Test
    void trainingASliceTrainsItsLayersAlone() {
        Chain model = chain(dense(2, 3, TANH), dense(3, 2), scale(2));
        State before = state(model);
        Chain middle = model.slice(1, 2);
        INDArray inner = model.slice(0, 1).predict(X);
        double loss = mse(middle).of(inner, Y);
        train(MSE, middle, List.of(batch(inner, Y)), setup(adam(0.1), middle));

        assertThat(mse(middle).of(inner, Y)).isLessThan(loss);
        State after = state(model);
        assertThat(after.arrays().keySet().stream().filter(path -> !same(before, after, path)))
                .containsExactly("layers.1.weight", "layers.1.bias");
    }

    private static boolean same(State one, State other, String path) {
        return one.arrays().get(path).equals(other.arrays().get(path));
    }

    @Test
    void aSliceFollowsItsChainIntoAnother() {
        Chain inner = chain(dense(2, 3), dense(3, 2));
        Chain slice = inner.slice(1, 2);
        Chain outer = chain(inner, scale(2));
        outer.flatParameters().assign(0.5);

        assertThat(Tensors.toDoubles(slice.flatParameters())).containsOnly(0.5).hasSize(8);
        assertThat(slice.predict(rows(new double[] {1, 1, 1}))).isEqualTo(rows(new double[] {2, 2}));
    }

    @Test
    void aSliceKeepsNamesAndASliceOfASliceIsOneToo() {
        Chain model = autoencoder();
        Chain tail = model.slice(1, 3);

        assertThat(tail.get("decoder")).isSameAs(model.get("decoder"));
        assertThat(tail.slice(1, 2).get(0)).isSameAs(model.get(2));
        assertThat(Tensors.toDoubles(tail.slice(1, 2).flatParameters()))
                .isEqualTo(Tensors.toDoubles(model.get(2).flatParameters()));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 4", "2, 1", "1, 1"})
    void aSliceIsOfLayersThatExist(int from, int to) {
        Chain model = chain(dense(2, 2), RELU, dense(2, 2));

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> model.slice(from, to));
    }

    @Test
    void aSliceMayJoinAChainOnlyAsACopy() {
        Chain model = chain(dense(2, 3), dense(3, 2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(model.slice(0, 1), dense(3, 1)))
                .withMessageContaining("already belongs to Chain(Dense(2 => 3), Dense(3 => 2))");
        Chain other = chain(copy(model.slice(0, 1)), dense(3, 1));
        assertThat(activations(other, X).get(0)).isEqualTo(activations(model, X).get(0));
    }

    @Test
    void outputSizeGoesThroughAllLayers() {
        assertThat(outputSize(autoencoder(), 2)).isEqualTo(2);
        assertThat(outputSize(chain(RELU, dropout(0.5)), 7)).isEqualTo(7);
        assertThat(outputSize(chain(RELU, dense(3, 5), SOFTMAX), 3)).isEqualTo(5);
    }

    @Test
    void outputSizeRefusesRowsThatTheModelRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outputSize(dense(10, 5), 7))
                .withMessage("Dense(10 => 5) expects 10 features per row, but outputSize was asked for 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outputSize(chain(RELU, chain(dense(1, 5))), 7))
                .withMessage(
                        "layer 2, layer 1, Dense(1 => 5), expects 1 feature per row, but outputSize was asked for 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outputSize(batchNorm(3), 4))
                .withMessageContaining("expects 3 features");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outputSize(RELU, 0))
                .withMessage("relu expects at least 1 feature per row, but outputSize was asked for 0");
    }

    @Test
    void activationsAreEveryLayersOutputInTestMode() {
        Chain model = chain(dense(2, 3), dropout(0.9), TANH);
        List<INDArray> outputs = activations(model, X);

        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
        assertThat(outputs.get(2)).isEqualTo(model.predict(X));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> activations(model, column(1, 2)))
                .withMessageContaining("expects 2 features per row, but the array has 1");
    }

    @Test
    void f64OfAChainWithoutParametersComputesInFloat64() {
        double third = 1 / 3.0;

        assertThat(f64(chain(TANHSHRINK)).predict(third)).containsExactly(TANHSHRINK.value(third));
        assertThat(chain(TANHSHRINK).predict(third)[0]).isCloseTo(TANHSHRINK.value(third), within(FLOAT32));
        assertThat(f64(chain(TANHSHRINK)).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(f32(f64(chain(TANHSHRINK))).dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void aStateOfAnotherStructureIsRefusedWithoutAChange() {
        Chain model = chain(dense(2, 3), dense(3, 2));
        State before = state(model);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loadmodel(model, dense(2, 3)))
                .withMessage(
                        "tried to load [weight, bias] into "
                                + "[layers.0.weight, layers.0.bias, layers.1.weight, layers.1.bias], but the structures do not match");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loadmodel(model, chain(dense(2, 3), dense(3, 1))))
                .withMessage("tried to load an array of shape [1, 3] into layers.1.weight of shape [2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        loadmodel(model, chain(dense(2, 3), dense(3, 2).withoutBias())))
                .withMessageContaining("the structures do not match");
        assertThat(state(model)).isEqualTo(before);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.maxDifference(state(dense(2, 3))))
                .withMessageStartingWith("can't compare");
    }

    @Test
    void aStateOfAnotherTypeIsConverted() {
        Chain single = chain(dense(2, 3), batchNorm(3));
        Chain exact = f64(chain(dense(2, 3), batchNorm(3)));
        loadmodel(exact, single);

        assertThat(exact.flatParameters().dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(state(exact).maxDifference(state(single))).isZero();
        assertThat(state(exact)).isNotEqualTo(state(single)); // other types
    }

    @Test
    void twoModelsAreComparedByTheirLargestDifference() {
        Dense one = dense(2, 2);
        Dense other = copy(one);
        other.bias().putScalar(1, -0.25);
        other.weight().putScalar(0, 1, one.weight().getDouble(0, 1) + 0.125);

        assertThat(state(one).maxDifference(state(other))).isEqualTo(0.25);
        other.bias().putScalar(1, Double.NaN);
        assertThat(state(one).maxDifference(state(other))).isNaN();
    }
}
