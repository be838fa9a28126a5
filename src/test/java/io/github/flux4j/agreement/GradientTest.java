package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.IDENTITY;
import static io.github.flux4j.Flux4j.MAE;
import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.RELU;
import static io.github.flux4j.Flux4j.SIGMOID;
import static io.github.flux4j.Flux4j.TANH;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.Flux4j.withGradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.train.WithGradient;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code withGradient} against central finite differences of the loss, (L(p + h) − L(p − h))/2h, in Float64. */
class GradientTest {

    private static final double STEP = 1e-5;

    /** Truncation is about h² = 1e-10 and cancellation 1e-16/h = 1e-11, both times derivatives of the order of ten. */
    private static final double DIFFERENCES = 1e-8;

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 2;

    private static final List<LossFunction> LOSSES = List.of(MSE, MAE);

    private static final List<Activation> ACTIVATIONS = List.of(IDENTITY, RELU, TANH, SIGMOID);

    /** Every kind of layer at the start, in the middle and at the end of a chain, three features in and two out. */
    private static Stream<Named<Supplier<Layer>>> models() {
        return Stream.concat(
                ACTIVATIONS.stream()
                        .flatMap(f -> Stream.of(
                                Named.of("Dense, " + f, () -> dense(INPUTS, OUTPUTS, f)),
                                Named.of("Dense and Dense, " + f, () -> chain(dense(INPUTS, 5, f), dense(5, OUTPUTS))),
                                Named.of(
                                        "three times Dense, " + f,
                                        () -> chain(dense(INPUTS, 5, f), dense(5, 4, f), dense(4, OUTPUTS, f))),
                                Named.of(f + " first", () -> chain(f, dense(INPUTS, OUTPUTS))),
                                Named.of(f + " inside", () -> chain(dense(INPUTS, 4), f, dense(4, OUTPUTS))),
                                Named.of(f + " last", () -> chain(dense(INPUTS, OUTPUTS), f)))),
                Stream.of(
                        Named.of(
                                "Dense without bias",
                                () -> dense(INPUTS, OUTPUTS).withoutBias()),
                        Named.of(
                                "with and without bias",
                                () -> chain(dense(INPUTS, 4, TANH).withoutBias(), dense(4, OUTPUTS))),
                        Named.of(
                                "a chain in a chain",
                                () -> chain(chain(dense(INPUTS, 4, TANH), dense(4, 3)), dense(3, OUTPUTS)))));
    }

    static Stream<Arguments> modelsAndLosses() {
        return models().flatMap(model -> LOSSES.stream().map(loss -> Arguments.of(model, loss)));
    }

    @ParameterizedTest
    @MethodSource("modelsAndLosses")
    void gradientIsTheSlopeOfTheLoss(Supplier<Layer> recipe, LossFunction loss) {
        seed(11);
        Layer model = f64(recipe.get());
        INDArray x = random(EXAMPLES, INPUTS, 12);
        INDArray y = random(EXAMPLES, OUTPUTS, 13);
        WithGradient result = withGradient(loss, model, x, y);
        INDArray parameters = model.flatParameters();
        for (int i = 0; i < parameters.length(); i++) {
            double expected = slope(() -> loss.of(model.predict(x), y), parameters, i);
            assertThat(Math.abs(result.gradient().flat().getDouble(i) - expected))
                    .as("parameter %d, expected %s", i, expected)
                    .isLessThanOrEqualTo(DIFFERENCES);
        }
        assertThat(result.loss()).isEqualTo(loss.of(model.predict(x), y));
    }

    private static double slope(Supplier<Double> loss, INDArray parameters, int i) {
        double value = parameters.getDouble(i);
        parameters.putScalar(i, value + STEP);
        double above = loss.get();
        parameters.putScalar(i, value - STEP);
        double below = loss.get();
        parameters.putScalar(i, value);
        return (above - below) / (2 * STEP);
    }

    /** Between −2 and 2. */
    private static INDArray random(int rows, int columns, long seed) {
        double[] values = new Random(seed).doubles((long) rows * columns, -2, 2).toArray();
        return Nd4j.createFromArray(values).reshape('c', rows, columns);
    }
}
