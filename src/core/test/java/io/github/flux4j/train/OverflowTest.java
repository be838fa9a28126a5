package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.train.Training.WithGradient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Steps whose loss is finite and whose gradient, statistics or result is not: nothing changes, and an exception says why. */
class OverflowTest {

    private static final double FLOAT32 = 1e-6; // relative, of a few operations

    private static final INDArray X = column(1, 2, 3);
    private static final INDArray Y = column(2, 4, 6);

    /** A way to take one step. */
    private enum Path {
        TRAIN {
            @Override
            void step(Loss loss, Batch batch, Optimiser optimiser) {
                train(loss, List.of(batch), optimiser);
            }
        },
        TRAINSTEP {
            @Override
            void step(Loss loss, Batch batch, Optimiser optimiser) {
                trainstep(loss, batch, optimiser);
            }
        },
        TRAINER {
            @Override
            void step(Loss loss, Batch batch, Optimiser optimiser) {
                new Trainer(loss, optimiser).train(List.of(batch), 1);
            }
        },
        UPDATE {
            @Override
            void step(Loss loss, Batch batch, Optimiser optimiser) {
                update(
                        optimiser,
                        loss.model(),
                        withGradient(loss, batch.features(), batch.targets()).gradient());
            }
        };

        abstract void step(Loss loss, Batch batch, Optimiser optimiser);
    }

    private static Dense line(DataType type, double weight) {
        return Layer.copyAs(type, dense(column(weight), column(0).reshape(1), IDENTITY));
    }

    /** For weight 0: the loss is y², the gradient −2xy beyond the type. */
    private static Batch overflowing(DataType type) {
        return type == DataType.FLOAT
                ? batch(column(1e25), column(1e14))
                : batch(Nd4j.createFromArray(new double[][] {{1e200}}), Nd4j.createFromArray(new double[][] {{1e120}}));
    }

    static Stream<Arguments> everyPath() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                        .flatMap(type -> Stream.of(Path.values()).map(path -> Arguments.of(engine, type, path))));
    }

    @ParameterizedTest
    @MethodSource("everyPath")
    void anOverflowingGradientChangesNothing(String engine, DataType type, Path path) {
        Dense model = ForcedEngine.on(engine, line(type, 0));
        Dense twin = ForcedEngine.on(engine, line(type, 0));
        Optimiser optimiser = setup(adam(), model).perBatch("eta", t -> 0.1 / t);
        Optimiser other = setup(adam(), twin).perBatch("eta", t -> 0.1 / t);

        path.step(mse(model), batch(X, Y), optimiser);
        model.weight().assign(0); // where the next gradient overflows
        double[] before = toDoubles(model.flatParameters());
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> path.step(mse(model), overflowing(type), optimiser))
                .withMessageStartingWith("the gradient of weight has a -Infinity");
        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);

        path.step(mse(twin), batch(X, Y), other);
        twin.weight().assign(0);
        for (int i = 0; i < 3; i++) {
            path.step(mse(model), batch(X, Y), optimiser);
            path.step(mse(twin), batch(X, Y), other);
        }
        assertThat(toDoubles(model.flatParameters()))
                .as("state, steps and schedule go on as if the batch had not been")
                .isEqualTo(toDoubles(twin.flatParameters()));
    }

    @Test
    void saysWhatOverflowedWhereAndThatNothingChanged() {
        Dense model = line(DataType.FLOAT, 0);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(
                        mse(model),
                        params(model),
                        List.of(batch(column(0), column(0)), overflowing(DataType.FLOAT)),
                        descent(0.1)))
                .withMessage(
                        "the gradient of weight has a -Infinity at batch 2 with Descent(0.1); the parameters are those before"
                                + " that batch, though the loss, 1.00000000753664E28, is finite."
                                + " Try a smaller learning rate or scale features and targets")
                .satisfies(diverged -> {
                    assertThat(diverged.batch()).isEqualTo(2);
                    assertThat(diverged.loss()).isEqualTo(1e28, within(1e28 * FLOAT32));
                    assertThat(diverged.rule()).isEqualTo(descent(0.1));
                });
    }

    @Test
    void theGradientItselfIsGivenAsItIs() {
        WithGradient result = withGradient(MSE, line(DataType.FLOAT, 0), column(1e25), column(1e14));

        assertThat(result.loss()).isEqualTo(1e28, within(1e28 * FLOAT32));
        assertThat(result.gradient().get(0).getDouble(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aPenaltysGradientCountsToo(String engine) {
        Dense model = ForcedEngine.on(engine, line(DataType.FLOAT, 1e-10));
        Loss loss = mse(model).plus(l1(1e39)); // of the loss 1e29, of the gradient more than Float32 has

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(loss, List.of(batch(X, Y)), setup(descent(), model)))
                .withMessageStartingWith("the gradient of weight has a Infinity at batch 1");
        assertThat(toDoubles(model.flatParameters())).containsExactly(1e-10f, 0);
    }

    @Test
    void oneNumberAmongManyIsFound() {
        for (int width : new int[] {1, 7, 40, 600}) { // up to hundreds of strips of 1024, which threads share
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                Dense model = dense(width, width);
                Optimiser optimiser = setup(momentum(), model);
                int count = model.parameterCount();
                for (int place : new int[] {0, count / 3, count - 1}) {
                    Gradient gradient = new Gradient(model, Nd4j.ones(DataType.FLOAT, count));
                    gradient.flat().putScalar(place, bad);
                    double[] before = toDoubles(model.flatParameters());

                    assertThatExceptionOfType(ArithmeticException.class)
                            .isThrownBy(() -> update(optimiser, model, gradient))
                            .withMessageContaining(" has a " + bad);
                    assertThat(toDoubles(model.flatParameters())).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void aFrozenLayersGradientMayOverflow() {
        Dense model = line(DataType.FLOAT, 0);
        Optimiser optimiser = setup(descent(1e-15), model).freeze(model.weight());

        train(MSE, model, List.of(overflowing(DataType.FLOAT)), optimiser);
        assertThat(model.weight().getDouble(0)).isZero();
        assertThat(model.bias().getDouble(0)).isEqualTo(0.2, within(FLOAT32)); // −1e−15·2·(0 − 1e14)
    }

    static Stream<Arguments> stepsThatOverflow() {
        return Stream.of(
                Arguments.of(descent(1e38), 10, "a step of Descent(1.0E38) would give weight a -Infinity"),
                Arguments.of(descent(1e20), 1e20, "a step of Descent(1.0E20) would give weight a -Infinity"),
                Arguments.of(
                        optimiserChain(descent(1e20), descent(1e20)),
                        1,
                        "a step of OptimiserChain(Descent(1.0E20), Descent(1.0E20)) would give weight a -Infinity"),
                Arguments.of(adam(), 1e22, "the state of Adam(0.001, (0.9, 0.999), 1.0E-8) overflows"),
                Arguments.of(
                        optimiserChain(momentum(), clipNorm(1, 40)),
                        1e15,
                        "the norm of a gradient is Infinity, which ClipNorm(1.0, 40.0) can't clip"));
    }

    @ParameterizedTest
    @MethodSource("stepsThatOverflow")
    void aStepThatOverflowsIsTakenBack(Rule rule, double gradient, String message) {
        Dense model = line(DataType.FLOAT, 1);
        Dense twin = line(DataType.FLOAT, 1);
        Optimiser optimiser = setup(rule, model);
        Optimiser other = setup(rule, twin);
        INDArray small = Tensors.of(DataType.FLOAT, new double[] {1e-30, 1e-30}, 2);

        optimiser.step(small);
        double[] before = toDoubles(model.flatParameters());
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> optimiser.step(Tensors.of(DataType.FLOAT, new double[] {gradient, gradient}, 2)))
                .withMessageStartingWith(message + "; nothing was changed.");
        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);

        other.step(small);
        optimiser.step(small);
        other.step(small);
        assertThat(toDoubles(model.flatParameters()))
                .as("what the rule remembers, too")
                .isEqualTo(toDoubles(twin.flatParameters()));
    }

    @Test
    void anEpsilonOfZeroGivesNoNaN() {
        Dense model = line(DataType.FLOAT, 1);
        Dense twin = line(DataType.FLOAT, 1);
        Rule rule = new Adam(0.1, 0.9, 0.999, 0);
        Optimiser optimiser = setup(rule, model);
        INDArray ones = Nd4j.ones(DataType.FLOAT, 2);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> optimiser.step(Nd4j.zeros(DataType.FLOAT, 2)))
                .withMessageStartingWith(
                        "a step of Adam(0.1, (0.9, 0.999), 0.0) would give weight a NaN; nothing was changed.");
        optimiser.step(ones);
        setup(rule, twin).step(ones);
        assertThat(toDoubles(model.flatParameters())).isEqualTo(toDoubles(twin.flatParameters()));
    }

    @Test
    void aScheduleThatLeapsIsTakenBackToo() {
        Dense model = line(DataType.FLOAT, 1);
        Optimiser optimiser = setup(descent(), model).perBatch("eta", t -> t == 2 ? 1e38 : 0.1);
        INDArray tens = Tensors.of(DataType.FLOAT, new double[] {10, 10}, 2);
        optimiser.step(tens);

        for (int i = 0; i < 2; i++) { // it stays at step 2
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> optimiser.step(tens))
                    .withMessageStartingWith(
                            "a step of Descent(1.0E38) would give weight a -Infinity; nothing was changed.");
            assertThat(toDoubles(model.flatParameters())).containsExactly(0, -1);
        }
    }

    @Test
    void aGreatGradientThatIsNoHarmIsFollowed() {
        Dense model = line(DataType.FLOAT, 1);
        setup(optimiserChain(clipNorm(1), adam(0.1)), model)
                .step(Tensors.of(DataType.FLOAT, new double[] {1e30, -1e25}, 2));

        assertThat(toDoubles(model.flatParameters())).containsExactly(new double[] {0.9, 0.1}, within(FLOAT32));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aLossThatIsNotFiniteSaysWhetherTheParametersWere(String engine) {
        Dense model = ForcedEngine.on(engine, line(DataType.FLOAT, 1));
        Params parameters = params(model);
        List<Batch> data = List.of(batch(column(1), column(1e30)));

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(mse(model), parameters, data, descent()))
                .withMessageEndingWith("; the parameters are those before that batch."
                        + " Try a smaller learning rate or scale the features");
        model.bias().assign(Double.POSITIVE_INFINITY);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(mse(model), parameters, data, descent()))
                .withMessageEndingWith(
                        "; the parameters are those before that batch, which already had a Infinity in bias."
                                + " Load a finite state, or make a new model");
    }

    // running statistics

    private static Chain normalised(String engine) {
        return ForcedEngine.on(
                engine, chain(batchNorm(1), dense(column(0), column(0).reshape(1), IDENTITY)));
    }

    private static double[] statistics(Chain model) {
        BatchNorm layer = (BatchNorm) model.get(0);
        return new double[] {
            layer.runningMean().getDouble(0), layer.runningVariance().getDouble(0)
        };
    }

    static Stream<Arguments> enginesAndPaths() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(Path.values()).map(path -> Arguments.of(engine, path)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndPaths")
    void aDivergedBatchLeavesTheRunningStatistics(String engine, Path path) {
        LossFunction lost = LossFunction.of("lost", (yhat, y) -> Double.NaN, (yhat, y) -> yhat);
        LossFunction steep = LossFunction.of("steep", (yhat, y) -> 1, (yhat, y) -> yhat.add(Double.POSITIVE_INFINITY));
        for (LossFunction loss : List.of(lost, steep)) {
            Chain model = normalised(engine);
            try {
                path.step(loss.bind(model), batch(X, Y), setup(descent(), model));
            } catch (ArithmeticException diverged) {
                assertThat(loss).isSameAs(diverged.getMessage().startsWith("loss became") ? lost : steep);
            }
            assertThat(statistics(model)).containsExactly(0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndPaths")
    void whatADivergedBatchLeftIsForgotten(String engine, Path path) {
        Chain model = normalised(engine);
        Optimiser optimiser = setup(descent(), model);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> path.step(mse(model), batch(column(1e25, 2e25, 3e25), Y), optimiser));
        path.step(mse(testmode(model)), batch(X, Y), optimiser);

        assertThat(statistics(model)).containsExactly(0, 1);
    }

    @ParameterizedTest
    @MethodSource("enginesAndPaths")
    void aBatchThatTrainsMovesTheRunningStatisticsOnce(String engine, Path path) {
        Chain model = normalised(engine);
        path.step(mse(model), batch(X, Y), setup(descent(), model));

        // mean 2, corrected variance 1, momentum 0.1
        assertThat(statistics(model)).containsExactly(new double[] {0.2, 1}, within(FLOAT32));
    }

    @ParameterizedTest
    @MethodSource("enginesAndPaths")
    void runningStatisticsThatWouldOverflowAreRefused(String engine, Path path) {
        Chain model = normalised(engine);
        double[] before = toDoubles(model.flatParameters());

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> path.step(mse(model), batch(column(1e25, 2e25, 3e25), Y), setup(descent(), model)))
                .withMessageStartingWith("the running variance of BatchNorm(1) would overflow Float32");
        assertThat(statistics(model)).containsExactly(0, 1);
        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);
    }

    @Test
    void deeplearning4jsOwnTrainingMovesTheRunningStatistics() {
        Chain model = normalised("lean");
        model.network().fit(X, Y);

        assertThat(statistics(model)).containsExactly(new double[] {0.2, 1}, within(FLOAT32));
    }
}
