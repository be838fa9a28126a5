package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SoftmaxTest {

    private static final double PRINTED = 5e-7; // six digits
    private static final double ROUNDINGS = 1e-15;
    private static final double FLOAT32 = 2e-7; // one rounding of a number up to 1

    @Test
    void hasFluxsNumbers() {
        // Flux's documentation: softmax of 1, 2, 3
        assertThat(SOFTMAX.predict(1, 2, 3))
                .containsExactly(new double[] {0.0900306, 0.244728, 0.665241}, within(PRINTED));
        assertThat(LOGSOFTMAX.predict(1, 2, 3))
                .containsExactly(new double[] {-2.40761, -1.40761, -0.407606}, within(5e-6));
    }

    @Test
    void worksOnEachRowAlone() {
        INDArray x = rows(new double[] {1, 2, 3}, new double[] {0, 0, 0}, new double[] {-1, -2, -3});
        INDArray y = SOFTMAX.predict(x);

        assertThat(Tensors.toDoubles(y.sum(1))).containsExactly(new double[] {1, 1, 1}, within(FLOAT32));
        assertThat(Tensors.toDoubles(y.getRow(0))).containsExactly(SOFTMAX.predict(1, 2, 3), within(FLOAT32));
        assertThat(y.getRow(1))
                .isEqualTo(rows(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}).getRow(0));
    }

    @ParameterizedTest
    @CsvSource({"lean, FLOAT", "lean, DOUBLE", "dl4j, FLOAT", "dl4j, DOUBLE"})
    void isRightAndFiniteFarOut(String engine, DataType type) {
        Chain softmax = ForcedEngine.on(engine, Layer.copyAs(type, chain(scale(3), SOFTMAX)));
        Chain logsoftmax = ForcedEngine.on(engine, Layer.copyAs(type, chain(scale(3), LOGSOFTMAX)));
        INDArray x = Tensors.of(type, new double[] {-1e4, 0, 1e4}, 1, 3);
        INDArray one = Tensors.of(type, new double[] {1, 0, 0}, 1, 3);

        assertThat(softmax.predict(-1e4, 0, 1e4)).containsExactly(0, 0, 1);
        assertThat(logsoftmax.predict(-1e4, 0, 1e4)).containsExactly(-2e4, -1e4, 0);
        assertThat(softmax.predict(1e4, 1e4, 1e4)[1]).isCloseTo(1 / 3.0, within(FLOAT32));
        // ∂/∂b of −log softmax₀: softmax − (1, 0, 0)
        var gradient = withGradient(loss((p, y) -> p.mul(y).sum().neg()), logsoftmax, x, one)
                .gradient();
        assertThat(Tensors.toDoubles(gradient.of(((Scale) logsoftmax.get(0)).bias())))
                .containsExactly(-1, 0, 1);
    }

    private static final double INF = Double.POSITIVE_INFINITY;

    /** Logits and NNlib's softmax of them: its test suite's (in Float32, to eight digits), and its formula's. */
    static Stream<Arguments> far() {
        return Stream.of(
                Arguments.of(new double[] {1, 3}, new double[] {0.11920292, 0.880797}),
                Arguments.of(new double[] {2, INF}, new double[] {0, 1}),
                Arguments.of(new double[] {-INF, INF}, new double[] {0, 1}),
                Arguments.of(new double[] {INF, INF}, new double[] {0.5, 0.5}),
                Arguments.of(new double[] {2, Double.NaN}, new double[] {Double.NaN, Double.NaN}),
                Arguments.of(new double[] {INF, Double.NaN}, new double[] {Double.NaN, Double.NaN}),
                Arguments.of(new double[] {-100_000, -100_000}, new double[] {0.5, 0.5}),
                Arguments.of(new double[] {1e17, 1e17}, new double[] {0.5, 0.5}),
                Arguments.of(new double[] {3e38, -3e38}, new double[] {1, 0}),
                Arguments.of(new double[] {-INF, 7}, new double[] {0, 1}),
                Arguments.of(new double[] {INF, 3, INF, -INF}, new double[] {0.5, 0, 0.5, 0}),
                Arguments.of(new double[] {-INF, -INF}, new double[] {Double.NaN, Double.NaN}),
                Arguments.of(new double[] {1e30, 1e30, 1e30, 1e30}, new double[] {0.25, 0.25, 0.25, 0.25}));
    }

    @ParameterizedTest
    @MethodSource("far")
    void isNNlibsForLargeLogitsAndInfinities(double[] logits, double[] expected) {
        for (String engine : List.of("lean", "dl4j")) {
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                Dense softmax = ForcedEngine.on(engine, Layer.copyAs(type, withLogits(logits, SOFTMAX)));
                Dense logsoftmax = ForcedEngine.on(engine, Layer.copyAs(type, withLogits(logits, LOGSOFTMAX)));

                // eight digits of the first line, no rounding in the others
                assertThat(softmax.predict(1)).containsExactly(expected, within(5e-9 + FLOAT32));
                assertThat(Arrays.stream(logsoftmax.predict(1)).map(Math::exp).toArray())
                        .containsExactly(expected, within(5e-7));
                assertThat(ForcedEngine.on(engine, chain(SOFTMAX)).predict(logits))
                        .containsExactly(expected, within(5e-9 + FLOAT32));
            }
        }
    }

    /** A layer whose logits are these for the feature 1, its weights 0. */
    private static Dense withLogits(double[] logits, Activation activation) {
        Dense layer = f64(dense(1, logits.length, activation));
        layer.weight().assign(0);
        layer.bias().assign(Tensors.of(DataType.DOUBLE, logits, logits.length));
        return layer;
    }

    /** By hand: both are 1/2, exactly, and log ½ is the nearest number to −0.693…; max + log 2 rounded lost five digits. */
    @ParameterizedTest
    @ValueSource(doubles = {-1e5, 1e5, 1e17, -1e300})
    void losesNoDigitInFloat64(double logit) {
        double[] equal = {logit, logit};

        assertThat(withLogits(equal, SOFTMAX).predict(1)).containsExactly(0.5, 0.5);
        assertThat(withLogits(equal, LOGSOFTMAX).predict(1)).containsExactly(Math.log(0.5), Math.log(0.5));
        INDArray first = rows(new double[] {1, 0});
        assertThat(LOGITCROSSENTROPY.of(Tensors.of(DataType.DOUBLE, equal, 1, 2), first))
                .isEqualTo(Math.log(2));
    }

    /** NNlib's test suite, there from PyTorch: the gradient of the sum of logsoftmax, one example a line. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void logsoftmaxHasNNlibsGradients(String engine) {
        double[][] x = {
            {-0.238639, 0.690384, -1.146370}, {0.748142, 0.211427, -0.577988}, {-0.797842, -0.372663, 0.929977}
        };
        double[][] dx = {{0.237703, -0.930163, 0.69246}, {-0.621474, 0.0519798, 0.569494}, {0.632273, 0.437428, -1.0697}
        };
        for (int i = 0; i < x.length; i++) {
            Dense model = ForcedEngine.on(engine, withLogits(x[i], LOGSOFTMAX));
            var gradient = withGradient(loss((p, y) -> p.sum()), model, column(1), rows(new double[3]));
            assertThat(Tensors.toDoubles(gradient.gradient().of(model.bias())))
                    .containsExactly(dx[i], within(2e-6)); // six digits
        }
    }

    /** By hand, softmax(ŷ)·Σy − y: an infinite logit takes all, one of −∞ nothing. */
    @ParameterizedTest
    @CsvSource({"lean, FLOAT", "lean, DOUBLE", "dl4j, FLOAT", "dl4j, DOUBLE"})
    void trainsBesideInfiniteLogits(String engine, DataType type) {
        Dense masked = ForcedEngine.on(
                engine, Layer.copyAs(type, withLogits(new double[] {0, Double.NEGATIVE_INFINITY, 0}, IDENTITY)));
        var step = withGradient(LOGITCROSSENTROPY, masked, column(1), rows(new double[] {1, 0, 0}));
        assertThat(step.loss()).isCloseTo(Math.log(2), within(FLOAT32));
        assertThat(Tensors.toDoubles(step.gradient().of(masked.bias()))).containsExactly(-0.5, 0, 0.5);

        Dense certain = ForcedEngine.on(engine, Layer.copyAs(type, withLogits(new double[] {1, INF}, IDENTITY)));
        var right = withGradient(LOGITCROSSENTROPY, certain, column(1), rows(new double[] {0, 1}));
        assertThat(right.loss()).isZero();
        assertThat(Tensors.toDoubles(right.gradient().flat())).containsOnly(0);
        assertThat(withGradient(LOGITCROSSENTROPY, certain, column(1), rows(new double[] {1, 0}))
                        .loss())
                .isEqualTo(INF);

        Dense probabilities = ForcedEngine.on(engine, Layer.copyAs(type, withLogits(new double[] {1, INF}, SOFTMAX)));
        var same = withGradient(CROSSENTROPY, probabilities, column(1), rows(new double[] {0, 1}));
        assertThat(same.loss()).isCloseTo(0, within(FLOAT32));
        assertThat(Tensors.toDoubles(same.gradient().flat())).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void spoilsTheRowOfANaNAlone(String engine) {
        for (Activation activation : java.util.List.of(SOFTMAX, LOGSOFTMAX)) {
            Chain model = ForcedEngine.on(engine, chain(activation));
            INDArray y = model.predict(rows(new double[] {1, Double.NaN, 2}, new double[] {1, 0, 2}));

            assertThat(Arrays.stream(Tensors.toDoubles(y.getRow(0)))).allMatch(p -> Double.isNaN(p));
            assertThat(Arrays.stream(Tensors.toDoubles(y.getRow(1)))).noneMatch(p -> Double.isNaN(p));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void insideADenseLayerIsTheSameAsBehindIt(String engine) {
        seed(3);
        for (Activation activation : java.util.List.of(SOFTMAX, LOGSOFTMAX)) {
            Dense inside = f64(dense(2, 3, activation));
            Chain behind = chain(dense(inside.weight(), inside.bias(), IDENTITY), activation);
            INDArray x = rows(new double[] {1, -2}, new double[] {0.5, 3});
            INDArray y = rows(new double[] {1, 0, 0}, new double[] {0, 0, 1});
            ForcedEngine.on(engine, inside);
            ForcedEngine.on(engine, behind);

            assertThat(inside.predict(x)).isEqualTo(behind.predict(x));
            assertThat(Tensors.toDoubles(
                            withGradient(MSE, inside, x, y).gradient().flat()))
                    .containsExactly(
                            Tensors.toDoubles(
                                    withGradient(MSE, behind, x, y).gradient().flat()),
                            within(ROUNDINGS));
        }
    }

    @Test
    void withItsLossIsTheStableFormOfTheLogits() {
        seed(4);
        Dense probabilities = f64(dense(2, 3, SOFTMAX));
        Dense logits = Dense.of(probabilities.weight(), probabilities.bias(), IDENTITY);
        INDArray x = rows(new double[] {1, -2}, new double[] {0.5, 3});
        INDArray y = rows(new double[] {1, 0, 0}, new double[] {0, 0, 1});

        // crossentropy adds ε = 2.2e-16 to each probability
        assertThat(crossentropy(probabilities).of(x, y))
                .isCloseTo(logitcrossentropy(logits).of(x, y), within(1e-14));
        assertThat(Tensors.toDoubles(withGradient(CROSSENTROPY, probabilities, x, y)
                        .gradient()
                        .flat()))
                .containsExactly(
                        Tensors.toDoubles(withGradient(LOGITCROSSENTROPY, logits, x, y)
                                .gradient()
                                .flat()),
                        within(1e-14));
    }
}
