package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code eps} of the losses that have it in Flux, 0 among them, and what happens at the ends of the range of probabilities. */
class EpsilonTest {

    private static final double ROUNDINGS = 1e-14; // Float64, a few terms
    private static final double MACHINE = Math.ulp(1.0);

    private static INDArray f64(double[]... rows) {
        return Tensors.ofRows(DataType.DOUBLE, rows);
    }

    private static double[] row(double... values) {
        return values;
    }

    private static final INDArray IDENTITY_ROWS = f64(row(1, 0), row(0, 1));
    private static final INDArray HALVES = f64(row(0.5, 0.5), row(0.5, 0.5));

    /** The docstring of Flux's kldivergence, with and without "the regulator". */
    @Test
    void kldivergenceHasTheZeroAndTheInfinityOfFluxsDocumentation() {
        assertThat(kldivergence(0).of(HALVES, HALVES)).isZero();
        assertThat(KLDIVERGENCE.of(HALVES, HALVES)).isBetween(-1e-15, 0.0); // "about -2e-16"
        assertThat(kldivergence(0).of(IDENTITY_ROWS, HALVES)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(KLDIVERGENCE.of(IDENTITY_ROWS, HALVES)).isCloseTo(17.3, within(0.05)); // "about 17.3"
        assertThat(kldivergence(0).of(IDENTITY_ROWS, IDENTITY_ROWS)).isZero();
    }

    /** Of Flux's test/losses.jl. */
    @Test
    void withoutEpsilonFluxsTestsHold() {
        INDArray hot = f64(row(0, 1), row(0, 1), row(0, 1), row(1, 0), row(1, 0));
        assertThat(crossentropy(0).of(hot, hot)).isZero();
        assertThat(crossentropy(0).of(f64(row(0.1, 0, 0.9)), f64(row(0.1, 0, 0.9))))
                .isCloseTo(crossentropy(0).of(f64(row(0.1, 0.9)), f64(row(0.1, 0.9))), within(ROUNDINGS));

        INDArray logits = f64(row(0.3), row(-1.7), row(2.2));
        INDArray y = f64(row(0.9), row(0.2), row(0.55));
        INDArray p = sigmoid(logits);
        assertThat(binarycrossentropy(0).of(p, y)).isCloseTo(LOGITBINARYCROSSENTROPY.of(logits, y), within(ROUNDINGS));
        INDArray tenths = f64(row(0.1), row(0.2), row(0.9));
        assertThat(binarycrossentropy(0).of(tenths, tenths.mul(0).add(1)))
                .isCloseTo(-(Math.log(0.1) + Math.log(0.2) + Math.log(0.9)) / 3, within(ROUNDINGS));
    }

    private static INDArray sigmoid(INDArray logits) {
        double[] p = Arrays.stream(Tensors.toDoubles(logits))
                .map(x -> 1 / (1 + Math.exp(-x)))
                .toArray();
        return Tensors.of(DataType.DOUBLE, p, logits.shape());
    }

    /** By hand: each formula with ε = 0.1 at ŷ = 0.4 (0.5 with ε), y = 1. */
    @Test
    void anEpsilonOfOnesOwnStandsInTheFormula() {
        INDArray p = f64(row(0.4));
        INDArray one = f64(row(1));

        assertThat(msle(0.1).of(p, one)).isCloseTo(Math.pow(Math.log(0.5 / 1.1), 2), within(ROUNDINGS));
        assertThat(crossentropy(0.1).of(p, one)).isCloseTo(Math.log(2), within(ROUNDINGS));
        assertThat(binarycrossentropy(0.1).of(p, one)).isCloseTo(Math.log(2), within(ROUNDINGS));
        assertThat(kldivergence(0.1).of(p, one)).isCloseTo(Math.log(2), within(ROUNDINGS));
        assertThat(focalLoss(2, 0.1).of(p, one)).isCloseTo(0.25 * Math.log(2), within(ROUNDINGS));
        assertThat(binaryFocalLoss(2, 0.1).of(p, one)).isCloseTo(0.25 * Math.log(2), within(ROUNDINGS));
        assertThat(crossentropy(MACHINE).of(p, one)).isEqualTo(CROSSENTROPY.of(p, one));
    }

    @Test
    void isPrintedAndKeptInASum() {
        assertThat(crossentropy(0)).hasToString("crossentropy; eps=0.0");
        assertThat(focalLoss(3, 1e-6).sum()).hasToString("focal_loss(3.0); eps=1.0E-6; agg=sum");
        assertThat(crossentropy(0.1).sum().of(HALVES, HALVES)).isCloseTo(-2 * Math.log(0.6), within(ROUNDINGS));
    }

    private static List<LossFunction> ofProbabilities() {
        return List.of(
                CROSSENTROPY,
                crossentropy(0),
                BINARYCROSSENTROPY,
                binarycrossentropy(0),
                KLDIVERGENCE,
                kldivergence(0),
                FOCAL_LOSS,
                focalLoss(2, 0),
                focalLoss(0.5, 0),
                BINARY_FOCAL_LOSS,
                binaryFocalLoss(2, 0),
                binaryFocalLoss(0.5, 0));
    }

    private static final double TINY = Math.ulp(1f);

    static Stream<Arguments> aroundTheEnds() {
        return atEach(
                -8e-7, -TINY, -TINY / 2, -MACHINE, -0.0, 0, MACHINE, 1e-40, 1, 1 + MACHINE, 1 + TINY, 1 + 4 * TINY);
    }

    static Stream<Arguments> justBeyondTheEnds() {
        return atEach(-TINY, 0, 1e-40, 1, 1 + TINY);
    }

    private static Stream<Arguments> atEach(double... predictions) {
        return ofProbabilities().stream()
                .flatMap(loss -> Arrays.stream(predictions).boxed().map(p -> Arguments.of(loss, p)));
    }

    @ParameterizedTest
    @MethodSource("aroundTheEnds")
    void aFiniteLossHasAFiniteGradientAtTheEndsOfTheRange(LossFunction loss, double end) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (double y : new double[] {0, 1, 0.5}) {
                INDArray p = Tensors.of(type, new double[] {end, 0.5}, 1, 2);
                INDArray targets = Tensors.of(type, new double[] {y, 1 - y}, 1, 2);
                double value = loss.of(p, targets);

                assertThat(value).isNotNaN();
                if (Double.isFinite(value) && !overflows(loss, p, targets)) {
                    assertThat(Arrays.stream(Tensors.toDoubles(loss.gradient(p, targets))))
                            .allMatch(Double::isFinite);
                }
            }
        }
    }

    private static boolean overflows(LossFunction loss, INDArray p, INDArray y) {
        try {
            loss.gradient(p, y);
            return false;
        } catch (ArithmeticException beyond) {
            assertThat(beyond).hasMessageContaining("overflows FLOAT at row 0, column 0");
            assertThat(p.getFloat(0)).isEqualTo(1e-40f);
            return true;
        }
    }

    /** As above, through a model: 0·x + bias, with all of its parameters finite afterwards, or as they were. */
    @ParameterizedTest
    @MethodSource("justBeyondTheEnds")
    void trainingAtTheEndsOfTheRangeSpoilsNothing(LossFunction loss, double end) {
        for (String engine : List.of("lean", "dl4j")) {
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                for (double y : new double[] {0, 1}) {
                    Dense model = ForcedEngine.on(engine, Layer.copyAs(type, dense(1, 2)));
                    model.weight().assign(0);
                    model.bias().assign(Tensors.of(DataType.DOUBLE, new double[] {end, 0.5}, 2));
                    trainOrRefuse(loss, model, rows(row(y, 1 - y)));
                    assertThat(Arrays.stream(Tensors.toDoubles(model.flatParameters())))
                            .allMatch(Double::isFinite);
                }
            }
        }
    }

    private static void trainOrRefuse(LossFunction loss, Layer model, INDArray y) {
        try {
            train(loss, model, List.of(batch(column(1), y)), setup(descent(1e-3), model));
        } catch (ArithmeticException diverged) {
            // an infinite loss, refused before the update
        }
    }

    /** d(ŷ − y·log ŷ) = 1 − y/ŷ: −10⁴⁰ is beyond Float32, but not beyond Float64. */
    @Test
    void aGradientBeyondItsTypeIsAnError() {
        assertThat(POISSON_LOSS.of(column(1e-40), column(1))).isFinite();
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> POISSON_LOSS.gradient(
                        rows(new double[] {1, 1}, new double[] {1e-40, 1}),
                        rows(new double[] {1, 1}, new double[] {1, 1})))
                .withMessageStartingWith(
                        "the gradient of poisson_loss overflows FLOAT at row 1, column 0, where the prediction is 9.9999")
                .withMessageContaining("and the target 1.0, although the loss is ");
        assertThat(Tensors.toDoubles(POISSON_LOSS.gradient(f64(row(1e-40)), f64(row(1)))))
                .containsExactly(new double[] {-1e40}, within(1e25));
        // an infinite loss has an infinite gradient
        assertThat(Tensors.toDoubles(POISSON_LOSS.gradient(column(0), column(1))))
                .containsExactly(Double.NEGATIVE_INFINITY);
    }
}
