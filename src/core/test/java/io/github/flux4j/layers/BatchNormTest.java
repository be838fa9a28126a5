package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** BatchNorm where it is refused, and its options: one example, tracked statistics, first values. */
class BatchNormTest {

    private static final double ROUNDINGS = 1e-14; // Float64

    /** Flux's default is 1f-5, which is 9.99999974737875e-6 in Float64. */
    private static final double EPSILON = 1e-5f;

    private static final INDArray X = rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
    private static final INDArray Y = column(1, 0, -1);
    private static final INDArray ONE = rows(new double[] {5, -7});

    static Stream<Arguments> enginesAndTypes() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(engine, type)));
    }

    private static Chain model() {
        return chain(dense(2, 3, TANH), batchNorm(3, RELU), dense(3, 1));
    }

    private static double[] numbers(INDArray array) {
        return Tensors.toDoubles(array);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageMatching("BatchNorm\\(3, relu(, active=true)?\\) can't train on a batch of 1 example.*")
                .withMessageContainingAll("batchSize(32)", "default is 1", "partial(false)", "testmode(model)");
    }

    /** Flux since its pull request 2716, as PyTorch; before, the running variance became NaN. */
    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void trainingOnOneExampleIsRefusedAndChangesNothing(String engine, DataType type) {
        seed(3);
        Chain model = ForcedEngine.on(engine, Layer.copyAs(type, model()));
        Optimiser optimiser = setup(adam(), model);
        train(MSE, model, List.of(batch(X, Y)), optimiser);
        Chain twin = ForcedEngine.on(engine, copy(model));
        State before = state(model);

        assertRefused(() -> train(MSE, model, List.of(batch(ONE, column(1))), optimiser));
        assertRefused(() -> train(MSE, model, dataLoader(X, Y), optimiser));
        assertRefused(() -> trainstep(MSE, model, batch(ONE, column(1)), optimiser));
        assertRefused(() -> withGradient(MSE, model, ONE, column(1)));
        trainmode(model);
        assertRefused(() -> model.predict(ONE));
        assertRefused(() -> model.predict(5, -7));
        automode(model);

        assertThat(state(model)).isEqualTo(before);
        assertThat(model.predict(X)).isEqualTo(twin.predict(X));
        assertThat(withGradient(MSE, model, X, Y)).isEqualTo(withGradient(MSE, model, X, Y));
        assertThat(withGradient(MSE, model, X, Y).loss())
                .isEqualTo(withGradient(MSE, twin, X, Y).loss());
    }

    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void aLastBatchOfOneIsRefusedUnlessPartialOnesAreDropped(String engine, DataType type) {
        Chain model = ForcedEngine.on(engine, Layer.copyAs(type, model()));
        Optimiser optimiser = setup(descent(), model);
        DataLoader pairs = dataLoader(X, Y).batchSize(2);

        assertRefused(() -> train(MSE, model, pairs, optimiser));
        assertThat(train(MSE, model, pairs.partial(false), optimiser)).isFinite();
    }

    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void oneExampleIsPredictedAndTrainsInTestMode(String engine, DataType type) {
        Chain model = ForcedEngine.on(engine, Layer.copyAs(type, model()));
        train(MSE, model, List.of(batch(X, Y)), setup(descent(), model));

        assertThat(numbers(model.predict(X.getRow(1, true)))[0])
                .isCloseTo(numbers(model.predict(X))[1], within(1e-5)); // a few Float32 roundings
        testmode(model);
        assertThat(train(MSE, model, dataLoader(X, Y), setup(descent(), model))).isFinite();
    }

    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void withoutTrackedStatisticsTestingIsOfTheBatch(String engine, DataType type) {
        BatchNorm layer = ForcedEngine.on(
                engine, Layer.copyAs(type, batchNorm(2).withoutTrackStats().withEpsilon(EPSILON)));
        withGradient(MSE, layer, X, X);

        // by hand: columns 1, 3, 5 and 2, 4, 6 have variance 8/3
        double out = 2 / Math.sqrt(8 / 3.0 + EPSILON);
        double[] expected = {-out, -out, 0, 0, out, out};
        assertThat(numbers(testmode(layer).predict(X)))
                .containsExactly(expected, within(type == DataType.DOUBLE ? ROUNDINGS : 1e-6));
        assertThat(numbers(automode(layer).predict(X)))
                .containsExactly(expected, within(type == DataType.DOUBLE ? ROUNDINGS : 1e-6));
        assertThat(layer.predict(5, -7)).containsExactly(0, 0); // β, as in Flux
        assertThat(layer.runningMean()).isNull();
        assertThat(layer.runningVariance()).isNull();
        assertThat(state(layer).arrays()).containsOnlyKeys("β", "γ");
        assertThat(layer).hasToString("BatchNorm(2)        # 4 parameters");
    }

    /** So many that a model whose rows are independent would be run over some of them at a time. */
    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void withoutTrackedStatisticsManyRowsAreOneBatch(String engine, DataType type) {
        int n = 60_000;
        BatchNorm layer =
                ForcedEngine.on(engine, Layer.copyAs(type, batchNorm(1).withoutTrackStats()));
        double[] y = numbers(
                layer.predict(column(IntStream.range(0, n).asDoubleStream().toArray())));

        // 0 … n − 1 have mean (n − 1)/2 and variance (n² − 1)/12
        double last = (n - 1) / 2.0 / Math.sqrt(((double) n * n - 1) / 12);
        assertThat(y[0]).isCloseTo(-last, within(1e-5));
        assertThat(y[n - 1]).isCloseTo(last, within(1e-5));
    }

    @Test
    void withoutTrackedStatisticsOneExampleDoesNotTrainEither() {
        BatchNorm layer = batchNorm(2).withoutTrackStats();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withGradient(MSE, layer, ONE, ONE))
                .withMessageEndingWith("if 1 would remain for the last batch");
    }

    @Test
    void startsAsItsInitialisersSay() {
        BatchNorm layer = batchNorm(3)
                .withInitBeta((out, in, random) -> new double[] {1, 2, 3})
                .withInitGamma((out, in, random) -> new double[] {out, in, -1});

        assertThat(numbers(layer.beta())).containsExactly(1, 2, 3);
        assertThat(numbers(layer.gamma())).containsExactly(3, 1, -1); // fan_out 3, fan_in 1
        BatchNorm other = f64(layer).withMomentum(0.5).withEpsilon(1).withoutTrackStats();
        assertThat(numbers(other.flatParameters())).containsExactly(1, 2, 3, 3, 1, -1);
        assertThat(other.dataType()).isEqualTo(DataType.DOUBLE);
        seed(4);
        double[] first = numbers(batchNorm(3).withInitBeta(Initialisers.NORMAL).beta());
        seed(4);
        assertThat(numbers(batchNorm(3).withInitBeta(Initialisers.NORMAL).beta()))
                .isEqualTo(first);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batchNorm(3).withInitGamma((out, in, random) -> new double[2]))
                .withMessage("an initialiser must give 3 values for a vector of 3, but gave 2");
    }

    /** Models made after a seed start the same with it and without. */
    @Test
    void startingAtConstantsTakesNothingFromASeed() {
        seed(8);
        Dense alone = dense(3, 2);
        seed(8);
        batchNorm(3);

        assertThat(dense(3, 2).weight()).isEqualTo(alone.weight());
    }
}
