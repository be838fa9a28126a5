package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs of several epochs, callbacks, leaving early, single steps, and what a history says of them. */
class TrainerTest {

    private static final double FLOAT32 = 1e-6;

    private static final INDArray X = column(0, 1, 2, 3);
    private static final INDArray Y = X.add(1);
    private static final List<Batch> TWO =
            List.of(batch(column(0, 1), column(1, 2)), batch(column(2, 3), column(3, 4)));

    private static Dense line() {
        return dense(column(0.5), column(0).reshape(1), IDENTITY);
    }

    private static double[] numbers(Dense model) {
        return Tensors.toDoubles(model.flatParameters());
    }

    @Test
    void trainsAsThatManyCallsOfTrain() {
        Dense model = line();
        Dense twin = line();
        Optimiser optimiser = setup(adam(), twin);
        History history = trainer(MSE, model, setup(adam(), model)).train(TWO, 3);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            losses.add(train(MSE, twin, TWO, optimiser));
        }

        assertThat(history.losses()).isEqualTo(losses);
        assertThat(history.lastLoss()).isEqualTo(losses.get(2));
        assertThat(history.epochs()).isEqualTo(3);
        assertThat(history.stopped()).isFalse();
        assertThat(history.validationLosses()).isEmpty();
        assertThat(history.elapsedNanos()).hasSize(3).allMatch(nanos -> nanos > 0);
        assertThat(numbers(model)).isEqualTo(numbers(twin));
    }

    @Test
    void callsBackAfterEachBatchsUpdateAndEachEpochInOrder() {
        Dense model = line();
        List<String> calls = new ArrayList<>();
        List<Double> biases = new ArrayList<>();
        History history = trainer(mse(model), setup(descent(0.01), model))
                .afterBatch(p -> calls.add("one " + p.epoch() + "/" + p.batch()))
                .afterBatch(p -> calls.add("two " + p.epoch() + "/" + p.batch()))
                .afterBatch(p -> biases.add(model.bias().getDouble(0)))
                .afterEpoch(p -> calls.add("epoch " + p.epoch() + " of " + p.batch()))
                .train(TWO, 2);

        assertThat(calls)
                .containsExactly(
                        "one 1/1",
                        "two 1/1",
                        "one 1/2",
                        "two 1/2",
                        "epoch 1 of 2",
                        "one 2/1",
                        "two 2/1",
                        "one 2/2",
                        "two 2/2",
                        "epoch 2 of 2");
        assertThat(biases).doesNotHaveDuplicates().doesNotContain(0.0);
        assertThat(history.epochs()).isEqualTo(2);
    }

    @Test
    void tellsCallbacksTheLossBeforeTheUpdateAndItsMeanAfterAnEpoch() {
        Dense model = line();
        Dense twin = line();
        Optimiser optimiser = setup(descent(0.01), twin);
        double first = trainstep(MSE, twin, TWO.get(0), optimiser);
        double second = trainstep(MSE, twin, TWO.get(1), optimiser);
        List<Progress> progress = new ArrayList<>();
        trainer(MSE, model, setup(descent(0.01), model))
                .afterBatch(progress::add)
                .afterEpoch(progress::add)
                .train(TWO, 1);

        assertThat(progress)
                .containsExactly(
                        new Progress(model, 1, 1, first),
                        new Progress(model, 1, 2, second),
                        new Progress(model, 1, 2, (first + second) / 2));
    }

    @Test
    void validatesAfterEachEpoch() {
        Dense model = line();
        List<Double> expected = new ArrayList<>();
        INDArray x = column(10, 11);
        INDArray y = column(11, 12);
        History history = trainer(MSE, model, setup(descent(0.01), model))
                .validate(x, y)
                .afterEpoch(p -> expected.add(mse(model).of(x, y)))
                .train(TWO, 3);

        assertThat(history.validationLosses()).hasSize(3).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "3, 2"})
    void aCallbackStopsTheRun(int epoch, int batch) {
        Dense model = line();
        Dense twin = line();
        Optimiser optimiser = setup(descent(0.01), twin);
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 2 * (epoch - 1) + batch; step++) {
            losses.add(trainstep(MSE, twin, TWO.get(step % 2), optimiser));
        }
        History history = trainer(MSE, model, setup(descent(0.01), model))
                .validate(X, Y)
                .afterBatch(p -> {
                    if (p.epoch() == epoch && p.batch() == batch) {
                        stop();
                    }
                })
                .afterEpoch(p -> assertThat(p.epoch()).isLessThan(epoch))
                .train(TWO, 5);

        assertThat(history.stopped()).isTrue();
        assertThat(history.epochs()).isEqualTo(epoch);
        assertThat(numbers(model)).as("that batch counts").isEqualTo(numbers(twin));
        assertThat(history.lastLoss())
                .isCloseTo(
                        losses.subList(2 * (epoch - 1), losses.size()).stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                        within(FLOAT32));
        assertThat(history.validationLosses()).hasSize(epoch);
        assertThat(history.elapsedNanos()).hasSize(epoch);
    }

    @Test
    void aCallbackStopsTheRunAfterAnEpoch() {
        Dense model = line();
        History history = trainer(MSE, model, setup(descent(0.01), model))
                .afterEpoch(p -> {
                    if (p.epoch() == 2) {
                        stop();
                    }
                })
                .train(TWO, 5);

        assertThat(history.epochs()).isEqualTo(2);
        assertThat(history.stopped()).isTrue();
        assertThat(history.losses()).doesNotContain(Double.NaN);
    }

    @Test
    void stoppingRulesFitIn() {
        Dense model = line();
        var plateau = plateau(3);
        History history = trainer(MSE, model, setup(descent(1e-12), model)) // too small to move anything
                .afterEpoch(p -> {
                    if (plateau.test(p.loss())) {
                        stop();
                    }
                })
                .train(TWO, 100);

        assertThat(history.stopped()).isTrue();
        assertThat(history.epochs()).isLessThan(10);
    }

    /** MSE, but for what happens at the batch that starts with a 2. */
    private static LossFunction mseBut(Runnable atTheSecondBatch) {
        return loss(
                (yhat, y) -> {
                    if (y.getDouble(0) == 3) {
                        atTheSecondBatch.run();
                    }
                    return MSE.of(yhat, y);
                },
                MSE::gradient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void aLossSkipsABatch(String engine) {
        Dense model = ForcedEngine.on(engine, line());
        Dense twin = ForcedEngine.on(engine, line());
        List<Integer> calledBack = new ArrayList<>();
        List<Batch> three = List.of(TWO.get(0), TWO.get(1), TWO.get(0));
        History history = trainer(mseBut(() -> skip()), model, setup(momentum(), model))
                .afterBatch(p -> calledBack.add(p.batch()))
                .train(three, 1);
        double loss = train(MSE, twin, List.of(TWO.get(0), TWO.get(0)), setup(momentum(), twin));

        assertThat(numbers(model)).containsExactly(numbers(twin), within(FLOAT32));
        assertThat(history.lastLoss()).isCloseTo(loss, within(FLOAT32));
        assertThat(calledBack).containsExactly(1, 3);
        assertThat(history.stopped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void aLossStopsTheLoop(String engine) {
        Dense model = ForcedEngine.on(engine, line());
        Dense twin = ForcedEngine.on(engine, line());
        double first = train(MSE, twin, TWO.subList(0, 1), setup(descent(0.01), twin));

        double mean = train(
                mseBut(() -> stop()), model, List.of(TWO.get(0), TWO.get(1), TWO.get(0)), setup(descent(0.01), model));
        assertThat(mean).isCloseTo(first, within(FLOAT32));
        assertThat(numbers(model)).containsExactly(numbers(twin), within(FLOAT32));

        // and the model is in order afterwards
        train(MSE, model, TWO, setup(descent(0.01), model));
        train(MSE, twin, TWO, setup(descent(0.01), twin));
        assertThat(numbers(model)).containsExactly(numbers(twin), within(FLOAT32));
    }

    @Test
    void everyBatchSkippedLeavesNoLoss() {
        Dense model = line();
        double[] before = numbers(model);
        History history = trainer(loss((yhat, y) -> skipped(), MSE::gradient), model, setup(descent(), model))
                .train(TWO, 1);

        assertThat(history.lastLoss()).isNaN();
        assertThat(numbers(model)).isEqualTo(before);
    }

    private static double skipped() {
        skip();
        return 0;
    }

    @Test
    void stopAndSkipBelongInsideALoop() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> stop())
                .withMessage("training was stopped outside of a training loop");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> skip())
                .withMessage("a batch was skipped outside of a training loop");
    }

    @Test
    void aDivergingRunThrowsWithTheBatchAndKeepsTheParameters() {
        Dense model = line();
        List<double[]> parameters = new ArrayList<>();
        parameters.add(numbers(model));

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer(MSE, model, setup(descent(1e30), model))
                        .afterBatch(p -> parameters.add(numbers(model)))
                        .train(TWO, 100))
                .satisfies(e -> assertThat(e.loss()).isInfinite());
        assertThat(numbers(model)).isEqualTo(parameters.get(parameters.size() - 1));
    }

    @Test
    void aDivergingRunLeavesItsEpochAndItsHistory() {
        Dense model = line();
        Optimiser optimiser = setup(descent(0.01), model);
        List<Double> means = new ArrayList<>();

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer(MSE, model, optimiser)
                        .validate(X, Y)
                        .afterEpoch(p -> means.add(p.loss()))
                        .afterEpoch(p -> optimiser.adjust(p.epoch() == 2 ? 1e30 : 0.01))
                        .train(TWO, 100))
                .satisfies(e -> {
                    assertThat(e.epoch()).isEqualTo(3);
                    assertThat(e.batch()).isEqualTo(2);
                    assertThat(e)
                            .hasMessageStartingWith("loss became Infinity at batch 2 of epoch 3 with Descent(1.0E30);");
                    assertThat(e.history().losses()).hasSize(2).isEqualTo(means);
                    assertThat(e.history().validationLosses()).hasSize(2);
                    assertThat(e.history().epochs()).isEqualTo(2);
                    assertThat(e.history().stopped()).isFalse();
                    assertThat(e.getStackTrace()[0].getClassName()).isEqualTo(TrainingStep.class.getName());
                });
    }

    @Test
    void aRunThatDivergesAtOnceHasNoHistory() {
        Dense model = line();
        model.weight().assign(1e30);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer(MSE, model, setup(descent(), model)).train(TWO, 2))
                .withMessageStartingWith("loss became Infinity at batch 1 of epoch 1 with Descent(0.1);")
                .satisfies(e -> assertThat(e.history().losses()).isEmpty())
                .satisfies(e -> assertThatIllegalStateException()
                        .isThrownBy(() -> e.history().lastLoss())
                        .withMessage("no epoch was finished, so there is no last loss"));
    }

    @Test
    void whatACallbackTrainsDivergesByItself() {
        Dense model = line();
        Dense other = line();
        other.weight().assign(1e30);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer(MSE, model, setup(descent(0.01), model))
                        .afterBatch(p -> train(mse(other), params(other), TWO, descent()))
                        .train(TWO, 2))
                .satisfies(e -> assertThat(e.epoch()).isZero())
                .withMessageStartingWith("loss became Infinity at batch 1 with Descent(0.1);");
    }

    // single steps

    @Test
    void aStepReturnsTheLossBeforeIt() {
        Dense model = line();
        double before = mse(model).of(X, Y);
        Optimiser optimiser = setup(descent(0.01), model);

        assertThat(trainstep(MSE, model, batch(X, Y), optimiser)).isCloseTo(before, within(FLOAT32 * before));
        double after = mse(model).of(X, Y);
        assertThat(after).isLessThan(before);
        assertThat(trainstep(mse(model), batch(X, Y), optimiser)).isCloseTo(after, within(FLOAT32 * before));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aStepWithALossThatIsNotFiniteUpdatesNothingAndDoesNotThrow(double value) {
        Dense model = line();
        LossFunction bad = loss((yhat, y) -> y.getDouble(0) == 3 ? value : MSE.of(yhat, y), MSE::gradient);
        Optimiser optimiser = setup(momentum(), model);
        double[] before = numbers(model);

        assertThat(trainstep(bad, model, TWO.get(1), optimiser)).isEqualTo(Double.valueOf(value));
        assertThat(numbers(model)).isEqualTo(before);
        // nor the rule's state
        Dense twin = line();
        trainstep(bad, model, TWO.get(0), optimiser);
        trainstep(bad, twin, TWO.get(0), setup(momentum(), twin));
        assertThat(numbers(model)).isEqualTo(numbers(twin));
    }

    @Test
    void aStepTakesWeightsAndPenalties() {
        Dense model = line();
        double loss = trainstep(
                mse(model).plus(l2(0.5)), batch(column(1, 2), column(2, 3), column(1, 0)), setup(descent(0.1), model));

        // by hand: ŷ = 0.5, e = −1.5; mean(w·e²) = 2.25/2, penalty 0.25·0.25; ∂w = −1.5 + 0.5·0.5, ∂b = −1.5
        assertThat(loss).isCloseTo(1.125 + 0.0625, within(FLOAT32));
        assertThat(numbers(model)).containsExactly(new double[] {0.5 + 0.125, 0.15}, within(FLOAT32));
    }

    @Test
    void aStepBelongsToOneModel() {
        Chain model = chain(dense(1, 2), dense(2, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainstep(MSE, line(), TWO.get(0), setup(descent(), model)))
                .withMessageStartingWith("this optimiser belongs to another model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(MSE, line(), setup(descent(), model)))
                .withMessageStartingWith("this optimiser belongs to another model");
    }

    @Test
    void aRunNeedsAnEpochAndCallbacksThatAreThere() {
        Dense model = line();
        Trainer trainer = trainer(MSE, model, setup(descent(), model));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(TWO, 0))
                .withMessage("epochs must be at least 1, but was 0");
        assertThatNullPointerException()
                .isThrownBy(() -> trainer.afterBatch(null))
                .withMessage("callback is null");
        assertThatNullPointerException()
                .isThrownBy(() -> trainer.afterEpoch(null))
                .withMessage("callback is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.validate(column(1, 2), column(1)))
                .withMessageContaining("must have the same number of rows");
    }
}
