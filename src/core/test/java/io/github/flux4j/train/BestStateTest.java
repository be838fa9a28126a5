package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.LossFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A trainer's validation: metrics, the best state and its return, early stopping. */
class BestStateTest {

    private static final INDArray X = column(0, 1, 2, 3);
    private static final INDArray Y = X.add(1);
    private static final List<Batch> DATA = List.of(batch(X, Y));
    private static final INDArray ONE = column(1);

    private static Dense line() {
        return dense(column(0.5), column(0).reshape(1), IDENTITY);
    }

    /** Trains as MSE; its value, which is what validation of one example asks for, is the next of these, then the last again. */
    private static LossFunction validatedAs(double... values) {
        int[] next = {0};
        return loss(
                (yhat, y) -> y.length() > 1 ? MSE.of(yhat, y) : values[Math.min(next[0]++, values.length - 1)],
                MSE::gradient);
    }

    private static Trainer trainer(Layer model, double... validationLosses) {
        return new Trainer(validatedAs(validationLosses).bind(model), setup(descent(0.01), model)).validate(ONE, ONE);
    }

    /** The state after each epoch, appended to a list. */
    private static Callback into(List<State> states) {
        return progress -> states.add(State.of(progress.model()));
    }

    // progress, metrics

    @Test
    void progressAndHistoryHaveValidationLossAndMetrics() {
        Dense model = line();
        List<Progress> progress = new ArrayList<>();
        List<Double> maes = new ArrayList<>();
        History history = new Trainer(mse(model), setup(descent(0.01), model))
                .validate(X, Y)
                .metric("mae", MAE::of)
                .metric("rows", (predictions, targets) -> predictions.rows())
                .afterBatch(progress::add)
                .afterEpoch(progress::add)
                .afterEpoch(p -> maes.add(mae(model).of(X, Y)))
                .train(DATA, 2);

        assertThat(history.metrics()).containsOnlyKeys("mae", "rows").containsEntry("mae", maes);
        assertThat(List.copyOf(history.metrics().keySet())).containsExactly("mae", "rows");
        assertThat(progress.get(0).validationLoss()).isNaN();
        assertThat(progress.get(0).metrics()).isEmpty();
        assertThat(progress.get(1).validationLoss())
                .isEqualTo(history.validationLosses().get(0));
        assertThat(progress.get(1).metrics()).containsEntry("mae", maes.get(0)).containsEntry("rows", 4.0);
    }

    @Test
    void validationLossHasThePenalty() {
        Dense model = line();
        List<Double> expected = new ArrayList<>();
        var loss = mse(model).plus(l2(0.5));
        History history = new Trainer(loss, setup(descent(0.01), model))
                .validate(X, Y)
                .afterEpoch(p -> expected.add(loss.of(X, Y)))
                .train(DATA, 2);

        assertThat(history.validationLosses()).isEqualTo(expected);
    }

    /** Dropout passes everything on in test mode, so the two predictions agree to the bit. */
    @Test
    void validationIsInTestMode() {
        seed(1);
        Chain model = chain(dense(1, 8), dropout(0.5), dense(8, 1));
        List<INDArray> seen = new ArrayList<>();
        new Trainer(mse(model), setup(descent(0.01), model))
                .validate(X, Y)
                .metric("seen", (predictions, targets) -> seen.add(predictions) ? 1 : 0)
                .afterEpoch(p -> assertThat(seen.get(p.epoch() - 1)).isEqualTo(model.predict(X)))
                .train(DATA, 3);

        assertThat(seen).hasSize(3);
    }

    @Test
    void metricsNeedANameOfTheirOwn() {
        Trainer trainer = trainer(line()).metric("mae", MAE::of);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.metric("mae", MSE::of))
                .withMessage("there is a metric named mae already; give this one another name");
        assertThatNullPointerException()
                .isThrownBy(() -> trainer.metric(null, MSE::of))
                .withMessage("name is null");
        assertThatNullPointerException()
                .isThrownBy(() -> trainer.metric("x", null))
                .withMessage("metric is null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earlyStopping", "restoreBest", "metric"})
    void withoutValidationDataTheyAreRefused(String what) {
        Dense model = line();
        double[] before = Tensors.toDoubles(model.flatParameters());
        Trainer trainer = new Trainer(mse(model), setup(descent(), model));
        switch (what) {
            case "earlyStopping" -> trainer.earlyStopping(2);
            case "restoreBest" -> trainer.restoreBest();
            default -> trainer.metric("mae", MAE::of);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> trainer.train(DATA, 3))
                .withMessage(what
                        + " needs validation data, but there is none; call validate(x, y) before train, with"
                        + " held-out examples");
        assertThat(Tensors.toDoubles(model.flatParameters())).isEqualTo(before);
    }

    // the best state

    @ParameterizedTest
    @CsvSource({
        "'3 2 1', 3",
        "'1 2 3', 1",
        "'3 1 2', 2",
        "'1 1 1', 1",
        "'NaN 2 NaN', 2",
        "'Infinity 5 4', 3",
        "'-1 -2 -1', 2"
    })
    void theBestEpochsStateComesBack(String losses, int best) {
        Dense model = line();
        List<State> states = new ArrayList<>();
        History history = trainer(model, numbers(losses))
                .restoreBest()
                .afterEpoch(into(states))
                .train(DATA, 3);

        assertThat(history.bestEpoch()).isEqualTo(best);
        assertThat(history.stopped()).isFalse();
        assertThat(State.of(model)).isEqualTo(states.get(best - 1));
        assertThat(states).doesNotHaveDuplicates();
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN NaN NaN", "Infinity Infinity Infinity"})
    void withoutABestTheStateStays(String losses) {
        Dense model = line();
        List<State> states = new ArrayList<>();
        History history = trainer(model, numbers(losses))
                .restoreBest()
                .afterEpoch(into(states))
                .train(DATA, 3);

        assertThat(history.bestEpoch()).isZero();
        assertThat(State.of(model)).isEqualTo(states.get(2));
    }

    @Test
    void withoutRestoringTheStateStaysButTheBestIsTold() {
        Dense model = line();
        List<State> states = new ArrayList<>();
        History history = trainer(model, 1, 2, 3).afterEpoch(into(states)).train(DATA, 3);

        assertThat(history.bestEpoch()).isOne();
        assertThat(State.of(model)).isEqualTo(states.get(2));
    }

    @Test
    void runningStatisticsComeBackToo() {
        seed(1);
        Chain model = chain(dense(1, 2), batchNorm(2), dense(2, 1));
        List<State> states = new ArrayList<>();
        trainer(model, 2, 1, 3).restoreBest().afterEpoch(into(states)).train(DATA, 3);

        assertThat(State.of(model)).isEqualTo(states.get(1));
        assertThat(states.get(1).arrays().keySet())
                .anyMatch(path -> path.contains("running") || path.contains("σ") || path.contains("mean"));
        assertThat(states.get(1)).isNotEqualTo(states.get(2));
    }

    @Test
    void aRunInterruptedByItsCallbackGivesTheBestBack() {
        Dense model = line();
        List<State> states = new ArrayList<>();
        History history = trainer(model, 1, 2, 3)
                .restoreBest()
                .afterEpoch(into(states))
                .afterBatch(p -> {
                    if (p.epoch() == 3) {
                        Thread.currentThread().interrupt();
                    }
                    if (Thread.interrupted()) {
                        stop();
                    }
                })
                .train(DATA, 100);

        assertThat(history.stopped()).isTrue();
        assertThat(history.epochs()).isEqualTo(3);
        assertThat(history.bestEpoch()).isOne();
        assertThat(State.of(model)).isEqualTo(states.get(0));
    }

    @Test
    void anExceptionOfACallbackGivesTheBestBack() {
        Dense model = line();
        List<State> states = new ArrayList<>();

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> trainer(model, 1, 2, 3)
                        .restoreBest()
                        .afterEpoch(into(states))
                        .afterEpoch(p -> {
                            if (p.epoch() == 2) {
                                throw new UnsupportedOperationException();
                            }
                        })
                        .train(DATA, 3));
        assertThat(State.of(model)).isEqualTo(states.get(0));
    }

    @Test
    void parametersClosedOnTheWayAreToldAsTheyAre() {
        Dense model = dense(300, 300);
        INDArray wide = Tensors.zeros(DataType.FLOAT, 2, 300);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Trainer(mse(model), setup(descent(), model))
                        .validate(wide, wide)
                        .restoreBest()
                        .afterEpoch(p -> model.flatParameters().close())
                        .train(List.of(batch(wide, wide)), 3))
                .withMessageStartingWith("the parameters of Dense(300 => 300) can't be used");
    }

    @Test
    void aDivergingRunGivesTheBestBackAndSaysSo() {
        Dense model = line();
        List<State> states = new ArrayList<>();
        var optimiser = setup(descent(0.01), model);
        Trainer trainer = new Trainer(validatedAs(2, 1, 3).bind(model), optimiser)
                .validate(ONE, ONE)
                .restoreBest()
                .afterEpoch(into(states))
                .afterEpoch(p -> optimiser.adjust(p.epoch() >= 3 ? 1e30 : 0.01));

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer.train(DATA, 100))
                .withMessageContaining("the parameters are those after epoch 2, the best, restored")
                .satisfies(e -> assertThat(e.history().bestEpoch()).isEqualTo(2));
        assertThat(State.of(model)).isEqualTo(states.get(1));
    }

    @Test
    void aRunThatDivergesBeforeAnyBestKeepsTheParametersBeforeThatBatch() {
        Dense model = line();
        model.weight().assign(1e30);
        State before = State.of(model);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> trainer(model, 1).restoreBest().train(DATA, 3))
                .withMessageContaining("the parameters are those before that batch");
        assertThat(State.of(model)).isEqualTo(before);
    }

    // early stopping

    @ParameterizedTest
    @CsvSource({
        "'3 2 1 1 1 1', 2, 5, 3",
        "'3 2 2.5 1 2 3', 2, 6, 4",
        "'1 NaN NaN NaN', 2, 3, 1",
        "'NaN NaN NaN NaN', 3, 3, 0",
        "'1 2 0 2', 1, 2, 1"
    })
    void endsOnceSoManyEpochsWereNotBetter(String losses, int patience, int epochs, int best) {
        Dense model = line();
        List<State> states = new ArrayList<>();
        History history = trainer(model, numbers(losses))
                .earlyStopping(patience)
                .afterEpoch(into(states))
                .train(DATA, 100);

        assertThat(history.epochs()).isEqualTo(epochs);
        assertThat(history.stopped()).isTrue();
        assertThat(history.bestEpoch()).isEqualTo(best);
        assertThat(State.of(model)).isEqualTo(states.get((best == 0 ? epochs : best) - 1));
    }

    @Test
    void trainsToTheEndWhileItImproves() {
        Dense model = line();
        History history = trainer(model, 5, 4, 3, 2, 1).earlyStopping(1).train(DATA, 5);

        assertThat(history.stopped()).isFalse();
        assertThat(history.epochs()).isEqualTo(5);
    }

    @Test
    void eachRunCountsAnew() {
        Dense model = line();
        Trainer trainer = trainer(model, 1, 2, 5, 4, 6).earlyStopping(2);

        assertThat(trainer.train(DATA, 2).bestEpoch()).isOne();
        History second = trainer.train(DATA, 2);
        assertThat(second.bestEpoch()).isEqualTo(2);
        assertThat(second.stopped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void patienceIsAtLeastOne(int patience) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(line()).earlyStopping(patience))
                .withMessage("patience must be at least 1, but was " + patience);
    }

    @Test
    void stopsBeforeItOverfits() {
        seed(1);
        INDArray x = column(-1, -0.6, -0.2, 0.2, 0.6, 1);
        INDArray noisy = x.add(column(0.4, -0.4, 0.4, -0.4, 0.4, -0.4));
        INDArray between = column(-0.8, -0.4, 0, 0.4, 0.8);
        Chain model = chain(dense(1, 32, TANH), dense(32, 1));
        History history = new Trainer(mse(model), setup(adam(0.05), model))
                .validate(between, between)
                .earlyStopping(50)
                .train(List.of(batch(x, noisy)), 2000);

        assertThat(history.stopped()).isTrue();
        assertThat(mse(model).of(between, between))
                .isCloseTo(history.validationLosses().get(history.bestEpoch() - 1), within(0.0));
    }

    /** A loader is trained on in memory that is used again; its batches are those of an iteration that keeps them. */
    @Test
    void aShufflingLoaderTrainsAsItsBatchesDo() {
        Dense model = line();
        Dense twin = line();
        new Trainer(mse(model), setup(adam(), model))
                .train(dataLoader(X, Y, ONE.broadcast(4, 1)).batchSize(3).shuffle(7), 3);
        var loader = dataLoader(X, Y, ONE.broadcast(4, 1)).batchSize(3).shuffle(7);
        var optimiser = setup(adam(), twin);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Batch> kept = new ArrayList<>();
            loader.forEach(kept::add);
            train(mse(twin), kept, optimiser);
        }

        assertThat(State.of(model)).isEqualTo(State.of(twin));
    }
}
