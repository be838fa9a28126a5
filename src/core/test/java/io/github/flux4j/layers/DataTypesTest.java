package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** In which type a model computes: that of its parameters, that which it was made for, or else that of its input. */
class DataTypesTest {

    private static final double[] NUMBERS = {1 / 3.0, -0.1, 0.7, 1e-3};

    private static final INDArray EXACT = Tensors.of(DataType.DOUBLE, NUMBERS, 2, 2);
    private static final INDArray COARSE = Tensors.of(DataType.FLOAT, NUMBERS, 2, 2);

    /** One rounding of numbers below one. */
    private static final double FLOAT64 = 1e-15;

    /** Without parameters and statistics, so without a type. */
    static Stream<Named<Supplier<Layer>>> typeless() {
        return Stream.of(
                Named.of("an activation", () -> TANHSHRINK),
                Named.of("identity", () -> IDENTITY),
                Named.of("softmax", () -> SOFTMAX),
                Named.of("dropout", () -> dropout(0.5)),
                Named.of("a normalisation", () -> layerNorm(2).withoutAffine()),
                Named.of("one of batches", () -> batchNorm(2).withoutAffine().withoutTrackStats()),
                Named.of("a chain", () -> chain(TANHSHRINK, dropout(0.5), chain(SOFTPLUS))));
    }

    static Stream<Arguments> typelessOnEveryEngine() {
        return typeless().flatMap(layer -> ForcedEngine.ALL.stream().map(engine -> Arguments.of(layer, engine)));
    }

    @ParameterizedTest
    @MethodSource("typelessOnEveryEngine")
    void withoutParametersItIsThatOfTheInput(Supplier<Layer> make, String engine) {
        Layer layer = ForcedEngine.on(engine, copy(make.get()));
        Layer exact = ForcedEngine.on(engine, f64(make.get()));

        assertThat(layer.predict(EXACT)).isEqualTo(exact.predict(EXACT));
        assertThat(layer.predict(EXACT).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(layer.predict(COARSE).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(layer.predict(EXACT.castTo(DataType.INT32)).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(layer.predict(NUMBERS[0], NUMBERS[1])).isEqualTo(exact.predict(NUMBERS[0], NUMBERS[1]));
        assertThat(layer.predict(EXACT)).isEqualTo(exact.predict(EXACT));
    }

    @ParameterizedTest
    @MethodSource("typelessOnEveryEngine")
    void f64AndF32GiveItAType(Supplier<Layer> make, String engine) {
        Layer exact = ForcedEngine.on(engine, f64(make.get()));
        Layer coarse = ForcedEngine.on(engine, f32(exact));

        assertThat(exact.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(exact.predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(exact.predict(EXACT).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(coarse.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(coarse.predict(EXACT).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(copy(exact).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(f64(coarse).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void tanhOfFloat64HasAllItsDigits(String engine) {
        Activation tanh = ForcedEngine.on(engine, copy(TANH));

        for (double x : NUMBERS) {
            assertThat(tanh.predict(x)[0]).isCloseTo(Math.tanh(x), within(FLOAT64));
        }
        assertThat(Tensors.toDoubles(tanh.predict(EXACT)))
                .containsExactly(
                        Stream.of(0, 1, 2, 3)
                                .mapToDouble(i -> Math.tanh(NUMBERS[i]))
                                .toArray(),
                        within(FLOAT64));
        float[] y = new float[1];
        tanh.predict(new float[] {0.5f}, 1, y);
        assertThat((double) y[0]).isEqualTo(f32(TANH).predict(0.5)[0]).isNotEqualTo(tanh.predict(0.5)[0]);
        assertThat(withGradient(MSE, tanh, EXACT, EXACT).loss())
                .isCloseTo(MSE.of(tanh.predict(EXACT), EXACT), within(FLOAT64));
    }

    @Test
    void theConstantsStayAsTheyAre() {
        f64(TANH);
        f64(chain(TANH));

        assertThat(TANH.predict(COARSE).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(f64(TANH)).hasToString("tanh");
        assertThat(dense(2, 3, f64(IDENTITY))).hasToString("Dense(2 => 3)       # 9 parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void everyActivationOfAChainIsOfItsType(String engine) {
        Chain model = ForcedEngine.on(
                engine, chain(TANH, dense(2, 3, TANH), RELU, layerNorm(3).withoutAffine()));
        Chain exact = ForcedEngine.on(engine, f64(model));

        for (INDArray x : List.of(EXACT, COARSE)) {
            assertThat(activations(exact, x)).extracting(INDArray::dataType).containsOnly(DataType.DOUBLE);
            assertThat(activations(model, x)).extracting(INDArray::dataType).containsOnly(DataType.FLOAT);
            assertThat(activations(exact, x).get(3)).isEqualTo(exact.predict(x));
            assertThat(activations(model, x).get(3)).isEqualTo(model.predict(x));
        }
        assertThat(activations(chain(TANH, RELU), EXACT))
                .extracting(INDArray::dataType)
                .containsOnly(DataType.DOUBLE);
        assertThat(exact.get(0).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(exact.slice(2, 3).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void statisticsHaveATypeToo() {
        BatchNorm exact = f64(batchNorm(2).withoutAffine());

        assertThat(chain(exact, TANH).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(chain(batchNorm(2).withoutAffine(), TANH).predict(EXACT).dataType())
                .isEqualTo(DataType.FLOAT);
    }

    @Test
    void aChainIsOfOneType() {
        assertThat(chain(f64(dense(2, 2)), TANH, dropout(0.5)).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(chain(f64(TANH)).predict(COARSE).dataType()).isEqualTo(DataType.DOUBLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(2, 2), f64(TANH)))
                .withMessage("layer 2, tanh, computes in DOUBLE, but those before it FLOAT; "
                        + "build the chain first, then convert it with f64(chain)");
    }
}
