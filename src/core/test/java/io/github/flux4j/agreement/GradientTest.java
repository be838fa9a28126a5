package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.LOGSOFTMAX;
import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.RRELU;
import static io.github.flux4j.Flux4j.SIGMOID;
import static io.github.flux4j.Flux4j.SOFTMAX;
import static io.github.flux4j.Flux4j.TANH;
import static io.github.flux4j.Flux4j.batchNorm;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.Flux4j.layerNorm;
import static io.github.flux4j.Flux4j.scale;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.Flux4j.withGradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.train.Training.WithGradient;
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

    /** Truncation is h² = 1e-10 times a third derivative, cancellation 1e-16/h = 1e-11 times the loss; either factor may be a hundred. */
    private static final double DIFFERENCES = 1e-8;

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 2;

    /** All but the one that draws its slope anew for each element and call. */
    private static Stream<Activation> activations() {
        return Activation.all().stream().filter(activation -> activation != RRELU);
    }

    static Stream<Arguments> activationsInEveryPlace() {
        return activations()
                .flatMap(f -> Stream.of(
                        model("inside, " + f, () -> chain(dense(INPUTS, 4), f, dense(4, OUTPUTS))),
                        model("last, " + f, () -> chain(dense(INPUTS, OUTPUTS), f)),
                        model("first, " + f, () -> chain(f, dense(INPUTS, OUTPUTS)))));
    }

    static Stream<Arguments> activationsOfDense() {
        return activations()
                .filter(f -> f != SOFTMAX && f != LOGSOFTMAX)
                .flatMap(f -> Stream.of(
                        model("Dense, " + f, () -> dense(INPUTS, OUTPUTS, f)),
                        model(
                                "two hidden layers, " + f,
                                () -> chain(dense(INPUTS, 5, f), dense(5, 4, f), dense(4, OUTPUTS)))));
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                model("Dense without bias", () -> dense(INPUTS, OUTPUTS).withoutBias()),
                model(
                        "with and without bias",
                        () -> chain(dense(INPUTS, 4, TANH).withoutBias(), dense(4, OUTPUTS))),
                model("a chain in a chain", () -> chain(chain(dense(INPUTS, 4, TANH), dense(4, 3)), dense(3, OUTPUTS))),
                model("Scale", () -> chain(scale(INPUTS), dense(INPUTS, OUTPUTS), scale(OUTPUTS, TANH))),
                model("LayerNorm", () -> chain(dense(INPUTS, 4), layerNorm(4), dense(4, OUTPUTS))),
                model("LayerNorm first", () -> chain(layerNorm(INPUTS, TANH), dense(INPUTS, OUTPUTS))),
                model("BatchNorm", () -> chain(dense(INPUTS, 4), batchNorm(4, TANH), dense(4, OUTPUTS))),
                model("BatchNorm first", () -> chain(batchNorm(INPUTS), dense(INPUTS, OUTPUTS))));
    }

    private static Arguments model(String name, Supplier<Layer> recipe) {
        return Arguments.of(Named.of(name, recipe));
    }

    @ParameterizedTest
    @MethodSource({"activationsInEveryPlace", "activationsOfDense", "layers"})
    void gradientOfAModelIsTheSlopeOfItsLoss(Supplier<Layer> recipe) {
        requireSlopes(recipe, MSE, random(EXAMPLES, OUTPUTS, 13, -2, 2));
    }

    static Stream<LossFunction> losses() {
        return Losses.all().stream();
    }

    /** Predictions and targets between 0 and 1 are probabilities as well as counts and logits, so every loss takes them. */
    @ParameterizedTest
    @MethodSource("losses")
    void gradientOfALossIsItsSlope(LossFunction loss) {
        INDArray targets = random(EXAMPLES, OUTPUTS, 14, 0.05, 0.95);
        requireSlopes(() -> chain(dense(INPUTS, 4, TANH), dense(4, OUTPUTS, SIGMOID)), loss, targets);
    }

    private static void requireSlopes(Supplier<Layer> recipe, LossFunction loss, INDArray y) {
        seed(11);
        Layer model = f64(recipe.get());
        INDArray x = random(EXAMPLES, INPUTS, 12, -4, 4);
        INDArray parameters = model.flatParameters();
        INDArray gradient = withGradient(loss, model, x, y).gradient().flat();
        for (int i = 0; i < parameters.length(); i++) {
            double expected = slope(() -> withGradient(loss, model, x, y), parameters, i);
            assertThat(Math.abs(gradient.getDouble(i) - expected))
                    .as("parameter %d is %s, expected %s", i, gradient.getDouble(i), expected)
                    .isLessThanOrEqualTo(DIFFERENCES * Math.max(1, Math.abs(expected)));
        }
        assertThat(gradient.norm2Number().doubleValue())
                .as("a gradient to compare")
                .isGreaterThan(1e-3);
    }

    /** Of the loss in training mode, as {@code withGradient} gives it. */
    private static double slope(Supplier<WithGradient> loss, INDArray parameters, int i) {
        double value = parameters.getDouble(i);
        parameters.putScalar(i, value + STEP);
        double above = loss.get().loss();
        parameters.putScalar(i, value - STEP);
        double below = loss.get().loss();
        parameters.putScalar(i, value);
        return (above - below) / (2 * STEP);
    }

    private static INDArray random(int rows, int columns, long seed, double low, double high) {
        double[] values =
                new Random(seed).doubles((long) rows * columns, low, high).toArray();
        return Nd4j.createFromArray(values).reshape('c', rows, columns);
    }
}
