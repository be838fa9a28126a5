package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ActivationTest {

    /** Units in the last place, by which our tanh of Float32 may be off. */
    private static final int ULPS = 4;

    private static final double LAST_DIGIT = 1e-15; // one rounding, Float64

    @ParameterizedTest
    @CsvSource({
        "-2, -2, 1",
        "0, 0, 1",
        "3, 3, 1",
    })
    void identityChangesNothing(double x, double y, double slope) {
        assertThat(IDENTITY.value(x)).isEqualTo(y);
        assertThat(IDENTITY.derivative(x)).isEqualTo(slope);
    }

    @ParameterizedTest
    @CsvSource({"-2, 0, 0", "0, 0, 0", "3, 3, 1"})
    void reluCutsOffBelowZeroAndIsFlatAtZero(double x, double y, double slope) {
        assertThat(RELU.value(x)).isEqualTo(y);
        assertThat(RELU.derivative(x)).isEqualTo(slope);
    }

    @Test
    void tanhAndSigmoidAreThoseOfFlux() {
        assertThat(SIGMOID.value(1)).isEqualTo(0.7310585786300049); // Flux's documentation
        assertThat(SIGMOID.value(0)).isEqualTo(0.5);
        assertThat(SIGMOID.derivative(0)).isEqualTo(0.25);
        assertThat(TANH.value(0.5)).isCloseTo((Math.E - 1) / (Math.E + 1), within(LAST_DIGIT));
        assertThat(TANH.derivative(0)).isEqualTo(1);
    }

    /** ND4J's own tanh of Float32 is 1.3 % off at 1e-6. */
    @ParameterizedTest
    @CsvSource({"lean", "dl4j"})
    void tanhOfSmallNumbersIsExactInFloat32OnEveryEngine(String engine) {
        Activation alone = ForcedEngine.on(engine, f32(TANH));
        Dense fused = ForcedEngine.on(engine, dense(column(1), null, TANH));

        for (float x = 1e-12f; x < 20; x *= 1.5f) {
            double exact = Math.tanh(x);
            double size = ULPS * Math.ulp((float) exact);
            assertThat(alone.predict(x)[0]).as("tanh %s", x).isCloseTo(exact, within(size));
            assertThat(fused.predict(-x)[0]).as("tanh %s", -x).isCloseTo(-exact, within(size));
        }
    }

    @ParameterizedTest
    @CsvSource({"lean", "dl4j"})
    void theSlopeOfTanhIsThatOfItsValueInFloat32OnEveryEngine(String engine) {
        Dense model = ForcedEngine.on(engine, dense(column(1), null, TANH));
        for (float x = 1e-6f; x < 3; x *= 3) {
            double y = Math.tanh(x);
            double slope = withGradient(MSE, model, column(x), column(0))
                    .gradient()
                    .flat()
                    .getDouble(0);
            // (y²)′ by w at w = 1; the difference 1 − y² is that of two Float32 near 1
            assertThat(slope / x).isCloseTo(2 * y * (1 - y * y), within(4 * ULPS * Math.ulp(1f) * y));
        }
    }

    @ParameterizedTest
    @CsvSource({"identity", "relu", "tanh", "sigmoid"})
    void passesNaNOn(String name) {
        Activation activation = java.util.List.of(IDENTITY, RELU, TANH, SIGMOID).stream()
                .filter(a -> a.toString().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(activation.value(Double.NaN)).isNaN();
        assertThat(activation.predict(Double.NaN, 1)).startsWith(Double.NaN);
    }

    @Test
    void predictsElementByElement() {
        INDArray x = rows(new double[] {-1, 2}, new double[] {3, -4});

        assertThat(RELU.predict(x)).isEqualTo(rows(new double[] {0, 2}, new double[] {3, 0}));
        assertThat(x).as("not overwritten").isEqualTo(rows(new double[] {-1, 2}, new double[] {3, -4}));
    }

    @Test
    void onesOfYourOwnWorkInsideDenseAndAsALayer() {
        Activation square = Activation.of("square", x -> x * x, (x, y) -> 2 * x);
        Dense layer = dense(column(3), column(0).reshape(1), square);

        assertThat(layer.predict(2)).containsExactly(36);
        assertThat(square.predict(-2)).containsExactly(4);
        // by hand: mse of ŷ = (w·x + b)² at w = 3, b = 0, x = 2, y = 35: e = 1, ∂w = 2·e·2·6·2, ∂b = 2·e·2·6
        assertThat(withGradient(MSE, layer, column(2), column(35))
                        .gradient()
                        .flat()
                        .toFloatVector())
                .containsExactly(48, 24);
        assertThat(layer).hasToString("Dense(1 => 1, square)  # 2 parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", " relu", "leakyrelu(0.2)"})
    void onesOfYourOwnHaveNamesOfTheirOwn(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Activation.of(name, x -> x, (x, y) -> 1))
                .withMessage("there is an activation named " + name + " in the library; choose another name");
    }
}
