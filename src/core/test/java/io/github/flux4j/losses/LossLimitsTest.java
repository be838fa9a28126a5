package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Dense;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Losses at the ends of what their numbers may be, and with weights and targets that don't add up to one. */
class LossLimitsTest {

    /** Of a gradient of Float32, each element from a few terms around 1. */
    private static final double FLOAT_SUM = 1e-6;

    private static final INDArray ZEROS = rows(new double[][] {{0.25, 0.5}, {0.75, 0.25}});
    private static final INDArray ONES = rows(new double[][] {{1, 0}, {0, 1}});

    static Stream<Arguments> limits() {
        return Stream.of(
                limit(Losses::diceCoeffLoss, 0, Double.POSITIVE_INFINITY),
                limit(Losses::tverskyLoss, 0, 1 + 1e-9),
                limit(Losses::tverskyLoss, 1, -1e-9),
                limit(Losses::focalLoss, 0, Double.POSITIVE_INFINITY),
                limit(Losses::binaryFocalLoss, 0, Double.POSITIVE_INFINITY),
                limit(Losses::siameseContrastiveLoss, 0, Double.POSITIVE_INFINITY),
                limit(Losses::huber, Double.MIN_VALUE, 0),
                limit(Losses::huber, 1e300, Double.POSITIVE_INFINITY),
                limit(eps -> Losses.binaryFocalLoss(2, eps), 0, Double.POSITIVE_INFINITY));
    }

    private static Arguments limit(DoubleFunction<LossFunction> loss, double allowed, double refused) {
        return Arguments.of(loss, allowed, refused);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void theEndOfARangeIsAllowedAndWhatLiesBeyondIsRefused(
            DoubleFunction<LossFunction> loss, double allowed, double refused) {
        assertThat(loss.apply(allowed).of(ZEROS, ONES)).isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.apply(refused))
                .withMessageContaining("but was " + refused);
    }

    /**
     * The gradient by logits is {@code weight/n·(mass·softmax − y)}, with the sum of a row's targets as its mass. Rows of the unit matrix make the gradient by
     * the weights of a layer without bias its transpose, which lies output by output.
     */
    @Test
    void logitsWithWeightsAndTargetsOfAnyMassHaveTheGradientOfTheFormula() {
        double[][] logits = {{0.5, -1, 2}, {1, 1.5, -0.5}};
        double[][] targets = {{0.5, 0.25, 1.25}, {0, 3, 0.5}};
        double[] weights = {0.5, 4};
        Dense model = dense(rows(logits).transpose(), null, IDENTITY);
        INDArray gradient = Nd4j.zeros(DataType.FLOAT, model.parameterCount());

        Batch batch = batch(Nd4j.eye(2).castTo(DataType.FLOAT), rows(targets), column(weights));
        logitcrossentropy(model).gradient(batch, gradient);

        for (int row = 0; row < 2; row++) {
            for (int i = 0; i < 3; i++) {
                double expected = weights[row] / 2 * (mass(targets[row]) * softmax(logits[row], i) - targets[row][i]);
                assertThat(gradient.getDouble(2 * i + row)).isCloseTo(expected, within(FLOAT_SUM));
            }
        }
    }

    private static double mass(double... targets) {
        return targets[0] + targets[1] + targets[2];
    }

    private static double softmax(double[] logits, int i) {
        return Math.exp(logits[i]) / (Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]));
    }
}
