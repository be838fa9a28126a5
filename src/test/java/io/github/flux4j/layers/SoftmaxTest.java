package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void spoilsTheRowOfANaNAlone(String engine) {
        for (Activation activation : java.util.List.of(SOFTMAX, LOGSOFTMAX)) {
            Chain model = ForcedEngine.on(engine, chain(scale(3), activation));
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
