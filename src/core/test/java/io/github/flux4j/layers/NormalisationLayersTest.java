package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.optimise.Optimiser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** BatchNorm and LayerNorm against Flux's test suite and numbers worked by hand. */
class NormalisationLayersTest {

    private static final double ROUNDINGS = 1e-14; // Float64
    private static final double FLOAT32 = 1e-6;

    /** Flux's default is 1f-5, which is 9.99999974737875e-6 in Float64. */
    private static final double EPSILON = 1e-5f;

    /** And its momentum 0.1f0. */
    private static final double MOMENTUM = 0.1f;

    /** Flux's test: {@code [1 3 5; 2 4 6]}, one example a column there. */
    private static final INDArray X = rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});

    private static double[] numbers(INDArray array) {
        return Tensors.toDoubles(array);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void batchNormIsAsInFluxsTests(String engine) {
        BatchNorm layer = ForcedEngine.on(engine, batchNorm(2));
        assertThat(numbers(layer.beta())).containsExactly(0, 0);
        assertThat(numbers(layer.gamma())).containsExactly(1, 1);
        assertThat(numbers(layer.runningMean())).containsExactly(0, 0);
        assertThat(numbers(layer.runningVariance())).containsExactly(1, 1);
        withGradient(MSE, layer, X, X);

        // Flux's test: μ = 0.1·(3, 4); σ² = 0.1·var·3/2 + 0.9 with var = 8/3
        assertThat(numbers(layer.runningMean())).containsExactly(new double[] {0.3, 0.4}, within(FLOAT32));
        assertThat(numbers(layer.runningVariance())).containsExactly(new double[] {1.3, 1.3}, within(FLOAT32));
        assertThat(layer.predict(1, 2)[0]).isCloseTo((1 - 0.3) / Math.sqrt(1.3), within(1e-5)); // its tolerance
    }

    @Test
    void batchNormInTrainingIsOfTheBatch() {
        BatchNorm layer = trainmode(f64(batchNorm(2)));
        layer.beta().assign(0.5);
        layer.gamma().assign(2);

        // by hand: columns 1, 3, 5 and 2, 4, 6 have variance 8/3
        double out = 2 * 2 / Math.sqrt(8 / 3.0 + EPSILON);
        double[] expected = {0.5 - out, 0.5 - out, 0.5, 0.5, 0.5 + out, 0.5 + out};
        assertThat(numbers(layer.predict(X))).containsExactly(expected, within(ROUNDINGS));
        assertThat(numbers(layer.runningMean()))
                .containsExactly(new double[] {3 * MOMENTUM, 4 * MOMENTUM}, within(ROUNDINGS));
    }

    @Test
    void batchNormFollowsTheBatchesByItsMomentum() {
        BatchNorm layer = trainmode(f64(batchNorm(1).withMomentum(0.25)));
        double mean = 0;
        double variance = 1;
        for (double shift : new double[] {0, 10, -4}) {
            layer.predict(column(shift + 1, shift + 2, shift + 6)); // mean 3, variance 14/3, corrected 7
            mean = 0.75 * mean + 0.25 * (shift + 3);
            variance = 0.75 * variance + 0.25 * 7;
        }

        assertThat(numbers(layer.runningMean())).containsExactly(new double[] {mean}, within(ROUNDINGS));
        assertThat(numbers(layer.runningVariance())).containsExactly(new double[] {variance}, within(ROUNDINGS));
    }

    @Test
    void batchNormInTestingIsOfTheRunningStatisticsAndLeavesThem() {
        BatchNorm layer = f64(batchNorm(1, TANH).withEpsilon(0.5));
        layer.runningMean().assign(2);
        layer.runningVariance().assign(3.5);
        layer.gamma().assign(4);
        layer.beta().assign(-1);

        assertThat(layer.predict(5)[0])
                .isCloseTo(Math.tanh(4 * (5 - 2) / 2.0 - 1), within(ROUNDINGS)); // √(3.5 + 0.5) = 2
        assertThat(numbers(layer.runningMean())).containsExactly(2);
        assertThat(layer).hasToString("BatchNorm(1, tanh)  # 2 parameters, plus 2 non-trainable");
    }

    @Test
    void batchNormForcedIntoTestingTrainsOnTheRunningStatistics() {
        BatchNorm layer = testmode(f64(batchNorm(1)));
        layer.runningMean().assign(2);
        layer.runningVariance().assign(4);
        // by hand: x̂ = (x − 2)/√(4 + ε); mse gradient 2(ŷ − y)/2 for ŷ = x̂, y = 0
        double scale = 1 / Math.sqrt(4 + EPSILON);
        var gradient = withGradient(MSE, layer, column(3, 6), column(0, 0)).gradient();

        assertThat(numbers(gradient.of(layer.beta()))).containsExactly(new double[] {5 * scale}, within(ROUNDINGS));
        assertThat(numbers(gradient.of(layer.gamma())))
                .containsExactly(new double[] {17 * scale * scale}, within(ROUNDINGS));
        assertThat(numbers(layer.runningMean())).containsExactly(2);

        automode(layer);
        withGradient(MSE, layer, column(3, 6), column(0, 0));
        assertThat(numbers(layer.runningMean())).containsExactly(new double[] {2 + MOMENTUM * 2.5}, within(ROUNDINGS));
    }

    @Test
    void runningStatisticsAreNotTrainable() {
        Chain model = chain(dense(2, 2), batchNorm(2));
        BatchNorm layer = (BatchNorm) model.get(1);
        testmode(model);

        assertThat(params(model)).hasSize(4);
        assertThat(trainables(layer).stream().map(Parameter::path)).containsExactly("β", "γ");
        assertThat(trainables(batchNorm(2).withoutAffine())).isEmpty();
        Optimiser decaying = setup(optimiserChain(weightDecay(0.5), descent(0.1)), model);
        train(MSE, model, List.of(batch(X, X)), decaying);
        assertThat(numbers(layer.runningMean())).containsExactly(0, 0);
        assertThat(numbers(layer.runningVariance())).containsExactly(1, 1);
        assertThat(state(model).arrays())
                .containsOnlyKeys(
                        "layers.0.weight", "layers.0.bias", "layers.1.β", "layers.1.γ", "layers.1.μ", "layers.1.σ²");
    }

    @Test
    void runningStatisticsMoveWithTheModelsTrainingAndNotByPredicting() {
        Chain model = chain(dense(2, 2), batchNorm(2));
        BatchNorm layer = (BatchNorm) model.get(1);
        model.predict(X);
        assertThat(numbers(layer.runningMean())).containsExactly(0, 0);

        train(MSE, model, List.of(batch(X, X)), setup(descent(), model));
        assertThat(numbers(layer.runningMean())).doesNotContain(0);
    }

    @Test
    void aCopyOfABatchNormIsInTheSameMode() {
        BatchNorm copy = copy(testmode(batchNorm(2)));
        withGradient(MSE, copy, X, X);

        assertThat(numbers(copy.runningMean())).containsExactly(0, 0);
    }

    @Test
    void batchNormWithoutAffinePartIsItsNormalisationAlone() {
        Chain model = trainmode(f64(chain(batchNorm(2).withoutAffine())));
        double out = 2 / Math.sqrt(8 / 3.0 + EPSILON);

        assertThat(numbers(model.predict(X)))
                .containsExactly(new double[] {-out, -out, 0, 0, out, out}, within(ROUNDINGS));
        assertThat(model.predict(X).dataType()).isEqualTo(DataType.DOUBLE);
    }

    /** The array of Flux's documentation of {@code normalise}, mean 100 and variance 400, by the formula of Flux 0.16.11. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void layerNormAddsEpsilonToTheVariance(String engine) {
        LayerNorm layer = ForcedEngine.on(engine, f64(layerNorm(5).withEpsilon(1e-5)));

        assertThat(layer.predict(90, 100, 110, 130, 70))
                .containsExactly(
                        new double[] {
                            -0.4999999937500001, 0, 0.4999999937500001, 1.4999999812500002, -1.4999999812500002
                        },
                        within(ROUNDINGS));
    }

    @Test
    void layerNormNormalisesEachRowThenScalesAndShifts() {
        LayerNorm layer = f64(layerNorm(2, TANH));
        layer.scale().assign(Tensors.of(DataType.DOUBLE, new double[] {2, 3}, 2));
        layer.bias().assign(Tensors.of(DataType.DOUBLE, new double[] {0.5, -1}, 2));

        // by hand: 1, 5 has mean 3 and standard deviation 2
        double out = 2 / Math.sqrt(4 + EPSILON);
        assertThat(layer.predict(1, 5))
                .containsExactly(new double[] {Math.tanh(0.5 - 2 * out), Math.tanh(3 * out - 1)}, within(ROUNDINGS));
        assertThat(layer.predict(X).rows()).isEqualTo(3);
        assertThat(trainables(layer).stream().map(Parameter::path)).containsExactly("diag.scale", "diag.bias");
    }

    @Test
    void layerNormOfAConstantRowIsZeroAndItsGradientFinite() {
        Chain model = chain(dense(1, 3).withoutBias(), layerNorm(3));
        ((Dense) model.get(0)).weight().assign(2);
        var step = withGradient(MSE, model, column(1, -3), rows(new double[] {1, 2, 3}, new double[] {0, 0, 1}));

        assertThat(numbers(model.predict(column(1, -3)))).containsOnly(0);
        assertThat(Arrays.stream(numbers(step.gradient().flat()))).allMatch(Double::isFinite);
    }

    /** Central differences, since ε is as large as the variance: h² times a third derivative below 10. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 1e-5})
    void layerNormsGradientIsItsSlopeForAnyEpsilon(double epsilon) {
        LayerNorm layer = f64(layerNorm(3).withEpsilon(epsilon));
        INDArray y = Tensors.of(DataType.DOUBLE, new double[] {1, -2, 0.5}, 1, 3);
        Dense first = f64(dense(Tensors.of(DataType.DOUBLE, new double[] {0.3, -1, 2}, 3, 1), null, IDENTITY));
        Chain model = chain(first, layer);
        INDArray one = Tensors.of(DataType.DOUBLE, new double[] {1}, 1, 1);
        double[] gradient = numbers(withGradient(MSE, model, one, y).gradient().of(first.weight()));
        for (int i = 0; i < 3; i++) {
            double value = first.weight().getDouble(i);
            first.weight().putScalar(i, value + 1e-5);
            double above = mse(model).of(one, y);
            first.weight().putScalar(i, value - 1e-5);
            double below = mse(model).of(one, y);
            first.weight().putScalar(i, value);
            assertThat(gradient[i]).isCloseTo((above - below) / 2e-5, within(1e-8));
        }
    }

    @Test
    void layerNormIsTheSameInTrainingAndTesting() {
        LayerNorm layer = f64(layerNorm(3));
        INDArray x = rows(new double[] {1, 2, 4}, new double[] {-1, 0, 5});

        assertThat(withGradient(MSE, layer, x, x.mul(0)).loss())
                .isCloseTo(mse(layer).of(x, x.mul(0)), within(ROUNDINGS));
    }

    @Test
    void sizesAndNumbersMustMakeSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batchNorm(0))
                .withMessage("batchNorm(0): the size must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layerNorm(0))
                .withMessage("layerNorm(0): the size must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(0))
                .withMessage("scale(0): the size must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batchNorm(3).predict(X))
                .withMessageStartingWith("BatchNorm(3) expects 3 features per row, but the array has 2");
    }
}
