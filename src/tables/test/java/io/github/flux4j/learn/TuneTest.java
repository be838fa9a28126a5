package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adamW;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.state;
import static io.github.flux4j.evaluate.Metrics.ACCURACY;
import static io.github.flux4j.evaluate.Metrics.LOG_LOSS;
import static io.github.flux4j.evaluate.Metrics.MAE;
import static io.github.flux4j.evaluate.Metrics.R2;
import static io.github.flux4j.evaluate.Metrics.RMS;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.integers;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.logUniform;
import static io.github.flux4j.learn.Learn.mlp;
import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.tune;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.learn.Tuned.Trial;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuneTest {

    private static final Table CARS = RealData.CARS;

    private static final Regressor QUICK =
            regressor().network("dense").networks(2).epochs(4).seed(3).yardstick(false);

    /** Six trials of two folds. */
    private static final Tuning<Regressor, FittedRegressor> SIX = tune(QUICK)
            .over("eta", (r, eta) -> r.rule(adamW(eta, 0.01)), logUniform(1e-4, 1e-1))
            .over("batch", (r, n) -> r.batchSize(n), integers(16, 64))
            .folds(kfold(2))
            .random(6);

    private static List<?> summary(Tuned<?, ?> tuned) {
        return tuned.trials().stream()
                .map(trial -> List.of(trial.number(), trial.values(), trial.epochs(), trial.scores(), trial.failure()))
                .toList();
    }

    @Test
    void thePageRanksAllTrialsAndShowsWhichFailed() {
        Tuned<Regressor, FittedRegressor> tuned = tune(QUICK)
                .over("eta", (r, eta) -> r.rule(descent(eta)), 0.01, 0.02, 0.03, 1e20)
                .folds(kfold(2))
                .grid(4)
                .fit(CARS, RealData.MPG);
        String page = tuned.page().html();
        assertThat(page).contains("<h1>4 trials</h1>", "failed: ", "root mean square error", "In numbers");
        tuned.trials().forEach(trial -> assertThat(page).contains(trial.number() + ": eta "));
        assertThat(page.indexOf(tuned.best().number() + ": eta"))
                .isLessThan(page.indexOf(tuned.trials().get(1).number() + ": eta"));
    }

    @Test
    void triesRanksAndFitsTheBest() {
        Tuned<Regressor, FittedRegressor> tuned = SIX.fit(CARS, RealData.MPG);
        assertThat(tuned.trials()).hasSize(6).extracting(Trial::number).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        assertThat(tuned.trials()).isSortedAccordingTo(Comparator.comparingDouble(trial -> trial.mean(RMS)));
        assertThat(tuned.best()).isSameAs(tuned.trials().get(0));
        assertThat(tuned.interrupted()).isFalse();
        FittedRegressor same = tuned.best().estimator().fit(CARS, RealData.MPG);
        assertThat(state(tuned.fitted().networks().get(0)))
                .isEqualTo(state(same.networks().get(0)));
    }

    /** So trials differ by their values alone, and a score can be had again. */
    @Test
    void aTrialsScoresAreWhatCrossValidationGivesForItsEstimator() {
        Trial<Regressor> some =
                SIX.by(MAE, RMS).fit(CARS, RealData.MPG).trials().get(3);
        Evaluation same = crossValidate(some.estimator(), CARS, RealData.MPG, kfold(2));
        assertThat(some.perFold(MAE)).isEqualTo(same.perFold(MAE));
        assertThat(some.mean(RMS)).isEqualTo(same.mean(RMS));
        assertThat(some.std(RMS)).isEqualTo(same.std(RMS));
        assertThat(some.estimator().batchSize()).isEqualTo(some.values().get("batch"));
        assertThat(some.estimator().rule().text())
                .contains(String.valueOf(some.values().get("eta")).substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void givesTheSameForASeedOnAnyNumberOfThreads(int threads) {
        assertThat(summary(SIX.threads(threads).fit(CARS, RealData.MPG)))
                .isEqualTo(summary(SIX.threads(3).fit(CARS, RealData.MPG)));
    }

    /** What a cluster does: tasks as text and numbers, each done somewhere else, in another order. */
    @Test
    void givesTheSameByAnExecutorOfTextAndNumbers() {
        FoldExecutor elsewhere = (table, tasks, done) -> {
            List<FoldTask> shuffled = new ArrayList<>(tasks);
            Collections.reverse(shuffled);
            for (FoldTask task : shuffled) {
                String estimator = task.estimator();
                done.accept(
                        new FoldTask(task.number(), estimator, task.target(), task.train(), task.test(), task.seed())
                                .on(table));
            }
        };
        assertThat(summary(SIX.executor(elsewhere).fit(CARS, RealData.MPG)))
                .isEqualTo(summary(SIX.fit(CARS, RealData.MPG)));
        Tuning<Regressor, FittedRegressor> lambda =
                tune(QUICK.network((in, out) -> mlp(4).build(in, out))).over("epochs", Regressor::epochs, 1, 2);
        assertThatThrownBy(() -> lambda.executor(elsewhere).fit(CARS, RealData.MPG))
                .hasMessageContaining("a network given as a lambda has no text");
    }

    @Test
    void networksGivenAsLambdasAreTunedHere() {
        assertThat(tune(QUICK)
                        .over("units", (r, n) -> r.network((in, out) -> mlp(n).build(in, out)), 2, 3)
                        .folds(kfold(2))
                        .fit(CARS, RealData.MPG)
                        .trials())
                .hasSize(2);
    }

    @Test
    void aSeedDrawsTheSameHoweverManyAndAnotherSeedOthers() {
        List<Map<String, Object>> four = values(SIX.random(4));
        assertThat(values(SIX)).containsAll(four);
        assertThat(values(SIX.seed(1))).doesNotContainAnyElementsOf(four);
    }

    private static List<Map<String, Object>> values(Tuning<Regressor, FittedRegressor> tuning) {
        return Candidates.of(tuning).values();
    }

    @Test
    void aGridIsEveryCombination() {
        Tuned<Regressor, FittedRegressor> grid = tune(QUICK)
                .over("epochs", Regressor::epochs, 1, 3)
                .over("eta", (r, eta) -> r.rule(adamW(eta)), logUniform(0.001, 0.1))
                .grid(2)
                .folds(kfold(2))
                .fit(CARS, RealData.MPG);
        assertThat(grid.trials())
                .extracting(Trial::values)
                .containsExactlyInAnyOrder(
                        Map.of("epochs", 1, "eta", 0.001),
                        Map.of("epochs", 1, "eta", 0.1),
                        Map.of("epochs", 3, "eta", 0.001),
                        Map.of("epochs", 3, "eta", 0.1));
    }

    @Test
    void aShortListIsTriedOnce() {
        assertThat(tune(QUICK)
                        .over("epochs", Regressor::epochs, 1, 2, 3)
                        .folds(kfold(2))
                        .random(50)
                        .fit(CARS, RealData.MPG)
                        .trials())
                .extracting(trial -> trial.values().get("epochs"))
                .containsExactlyInAnyOrder(1, 2, 3);
    }

    /** Ten trials: ten with an epoch (9 / 3²), the better four with three, the better two of these with all nine. */
    @Test
    void halvingGivesTheBetterThirdThreeTimesTheEpochs() {
        List<Tuning.Progress> told = new ArrayList<>();
        Tuned<Regressor, FittedRegressor> tuned = SIX.halving(10)
                .progress(told::add)
                .over("same", (r, x) -> r.epochs(9), 0)
                .fit(CARS, RealData.MPG);
        assertThat(tuned.trials()).extracting(Trial::epochs).containsExactly(9, 9, 3, 3, 1, 1, 1, 1, 1, 1);
        assertThat(told).hasSize(2 * (10 + 4 + 2));
        assertThat(told.get(31).trials()).isEqualTo(16);
        assertThat(told.get(31).left()).isZero();
        Trial<Regressor> third = tuned.trials().get(2);
        assertThat(third.mean(RMS))
                .isEqualTo(crossValidate(third.estimator().epochs(3), CARS, RealData.MPG, kfold(2))
                        .mean(RMS));
        assertThat(tuned.toString()).contains("epochs");
        assertThat(tuned.fitted().report().training().epochs()).hasSize(9);
        assertThat(summary(SIX.halving(10)
                        .over("same", (r, x) -> r.epochs(9), 0)
                        .threads(1)
                        .fit(CARS, RealData.MPG)))
                .isEqualTo(summary(tuned));
    }

    @Test
    void classifiersAreRankedByLogLossWithStratifiedFolds() {
        Tuned<Classifier, FittedClassifier> tuned = tune(classifier()
                        .networks(2)
                        .epochs(3)
                        .yardstick(false))
                .over("hidden", (c, n) -> c.network(mlp(n)), 4, 16)
                .fit(RealData.IRIS, "species");
        assertThat(tuned.metrics()).containsExactly(LOG_LOSS, ACCURACY);
        assertThat(tuned.folds()).isEqualTo(5);
        assertThat(tuned.trials().get(0).mean(LOG_LOSS))
                .isLessThan(tuned.trials().get(1).mean(LOG_LOSS));
        assertThat(tuned.fitted().classes()).hasSize(3);
        Evaluation same = crossValidate(tuned.best().estimator(), RealData.IRIS, "species", kfold(5).stratified());
        assertThat(tuned.best().perFold(ACCURACY)).isEqualTo(same.perFold(ACCURACY));
        assertThat(tune(classifier().networks(2).epochs(3).yardstick(false))
                        .over("hidden", (c, n) -> c.network(mlp(n)), 4, 16)
                        .by(ACCURACY)
                        .fit(RealData.IRIS, "species")
                        .trials())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(trial -> -trial.mean(ACCURACY))); // a larger one is better
    }

    @Test
    void aTrialThatDivergesIsLastAndSaysWhy() {
        Tuned<Regressor, FittedRegressor> tuned = tune(QUICK.patience(0))
                .over("eta", (r, eta) -> r.rule(descent(eta)), 1e30, 0.01)
                .folds(kfold(2))
                .fit(CARS, RealData.MPG);
        Trial<Regressor> last = tuned.trials().get(1);
        assertThat(last.failure()).startsWith("fold 1 of 2: the fit diverged in epoch 1");
        assertThat(last.mean(RMS)).isNaN();
        assertThat(tuned.toString()).contains("failed: fold 1 of 2: the fit diverged");
        assertThatThrownBy(() -> last.perFold(RMS)).hasMessageContaining("has no scores: fold 1");
        assertThatThrownBy(() -> tune(QUICK.patience(0))
                        .over("eta", (r, eta) -> r.rule(descent(eta)), 1e30, 1e31)
                        .fit(CARS, RealData.MPG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("all trials failed; trial 1: fold 1 of 5: the fit diverged");
    }

    @Test
    void comparesTrialsAsEvaluationsAreCompared() {
        Tuned<Regressor, FittedRegressor> tuned = SIX.fit(CARS, RealData.MPG);
        Trial<Regressor> last = tuned.trials().get(5);
        ScoreDifference difference = tuned.minus(last, tuned.best(), 0.9);
        Evaluation one = crossValidate(last.estimator(), CARS, RealData.MPG, kfold(2));
        Evaluation other = crossValidate(tuned.best().estimator(), CARS, RealData.MPG, kfold(2));
        assertThat(difference).isEqualTo(one.minus(other, RMS, 0.9));
        assertThatThrownBy(() -> tuned.best().perFold(MAE))
                .hasMessage("the tuning computed [rms], so there is no mae; ask for it, by(rms, mae)");
    }

    /** R² of one row is none. */
    @Test
    void aMetricThatMeansNothingForTheFoldsRanksNothing() {
        assertThatThrownBy(() -> SIX.random(1)
                        .by(R2)
                        .folds(Learn.leaveOneOut())
                        .fit(CARS.rows(0, 1, 2, 3, 4, 5, 6, 7), RealData.MPG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("r2 is undefined for folds as small as these");
    }

    @Test
    void trialsOfDifferentRoundsAreNotCompared() {
        Tuned<Regressor, FittedRegressor> tuned = SIX.halving(3).fit(CARS, RealData.MPG);
        assertThatThrownBy(() -> tuned.minus(tuned.trials().get(1), tuned.best(), 0.9))
                .hasMessageContaining("the same number of epochs");
    }

    @Test
    void aLongTableIsCut() {
        Tuned<Regressor, FittedRegressor> many = SIX.random(51)
                .executor((table, tasks, done) -> {
                    FoldTask.Result one = tasks.get(0).on(table);
                    FoldTask.Result two = tasks.get(1).on(table);
                    for (int i = 0; i < tasks.size(); i++) {
                        done.accept(
                                new FoldTask.Result(i, (i % 2 == 0 ? one : two).predictions(), new double[0][], ""));
                    }
                })
                .fit(CARS, RealData.MPG);
        assertThat(many.trials()).hasSize(51);
        assertThat(many.toString().lines()).hasSize(1 + 50 + 2).contains("and 1 more");
    }

    @Test
    void isATableOfTrials() {
        String[] lines = SIX.fit(CARS, RealData.MPG).toString().split("\n");
        assertThat(lines).hasSize(8);
        assertThat(lines[0]).matches("trial  eta +batch  rms");
        assertThat(lines[1]).matches("\\d +0\\.\\d+ +\\d\\d +\\d\\S* \\(std \\S+\\)");
        assertThat(lines[7]).matches("6 trials, 2 folds, \\S+ s");
    }

    @Test
    void tellsOfEachFit() {
        List<Tuning.Progress> told = new ArrayList<>();
        Tuned<Regressor, FittedRegressor> tuned = SIX.progress(told::add).fit(CARS, RealData.MPG);
        assertThat(told).extracting(Tuning.Progress::fits).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(told.get(11).trials()).isEqualTo(6);
        assertThat(told.get(11).best()).isEqualTo(tuned.best().mean(RMS));
        assertThat(told.get(11).toString()).matches("trial 6/6  best rms \\d\\S*  0 s left");
    }

    @Test
    void anInterruptGivesWhatWasTriedUntilThen() {
        Thread owner = Thread.currentThread();
        Tuned<Regressor, FittedRegressor> tuned = SIX.threads(1)
                .progress(done -> {
                    if (done.trials() == 3) {
                        owner.interrupt();
                    }
                })
                .fit(CARS, RealData.MPG);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tuned.interrupted()).isTrue();
        assertThat(tuned.trials()).hasSizeBetween(3, 5);
        assertThat(tuned.toString()).contains(" of 6, interrupted");
        assertThatThrownBy(tuned::fitted).hasMessageStartingWith("the tuning was interrupted before the best");
    }

    @Test
    void anInterruptBeforeATrialIsDoneEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> SIX.fit(CARS, RealData.MPG)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesWhatIsNoTuning() {
        assertThatThrownBy(() -> tune(QUICK).fit(CARS, RealData.MPG))
                .hasMessageStartingWith("there is nothing to tune");
        assertThatThrownBy(() -> tune(QUICK).over("epochs", Regressor::epochs, 1, 1))
                .hasMessageContaining("null or twice");
        assertThatThrownBy(() -> tune(QUICK).over("epochs", Regressor::epochs, new Integer[0]))
                .hasMessageContaining("needs values");
        assertThatThrownBy(() -> SIX.over("eta", Regressor::epochs, 1)).hasMessageContaining("eta is tuned twice");
        assertThatThrownBy(() ->
                        tune(QUICK).over("epochs", Regressor::epochs, 0, 1).fit(CARS, RealData.MPG))
                .hasMessage("epochs can't be 0: epochs must be at least 1, but was 0");
        assertThatThrownBy(() -> tune(QUICK).over("epochs", (r, n) -> null, 1).fit(CARS, RealData.MPG))
                .hasMessageContaining("returned null for 1");
        assertThatThrownBy(() -> SIX.by(ACCURACY).fit(CARS, RealData.MPG))
                .hasMessageContaining("a regressor predicts numbers");
        assertThatThrownBy(() -> SIX.random(0)).hasMessageContaining("needs 1 to 100000 trials, but was 0");
        assertThatThrownBy(() -> SIX.grid(0)).hasMessageContaining("grid must be at least 1");
        assertThatThrownBy(() -> SIX.threads(0)).hasMessageContaining("threads must be at least 1");
        assertThatThrownBy(() -> SIX.over("eta2", (r, x) -> r, logUniform(1, 2))
                        .grid(1000)
                        .fit(CARS, RealData.MPG))
                .hasMessageContaining("a grid has at most 100000 trials");
    }

    @Test
    void refusesExecutorsThatLeaveTasksOrTellTwice() {
        assertThatThrownBy(() -> SIX.executor(
                                (table, tasks, done) -> done.accept(tasks.get(0).on(table)))
                        .fit(CARS, RealData.MPG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given 12 tasks, but reported no result for 11");
        assertThatThrownBy(() -> SIX.executor((table, tasks, done) -> {
                            done.accept(tasks.get(0).on(table));
                            done.accept(tasks.get(0).on(table));
                        })
                        .fit(CARS, RealData.MPG))
                .hasMessageContaining("task 0 already has a result");
        assertThatThrownBy(() -> SIX.executor((table, tasks, done) ->
                                done.accept(new FoldTask.Result(99, new double[0][], new double[0][], "lost")))
                        .fit(CARS, RealData.MPG))
                .hasMessageContaining("from 0 to 11, but was 99");
    }

    /** What an executor may take its time for must not take the ranking's: no step looks at all trials for each. */
    @Test
    void thousandsOfTrialsAreRanked() {
        Tuned<Regressor, FittedRegressor> many = SIX.random(2_000)
                .executor((table, tasks, done) -> {
                    double[][] some = tasks.get(0).on(table).predictions();
                    double[][] others = tasks.get(1).on(table).predictions();
                    for (int i = 0; i < tasks.size(); i++) {
                        done.accept(new FoldTask.Result(i, i % 2 == 0 ? some : others, new double[0][], ""));
                    }
                })
                .fit(CARS, RealData.MPG);
        assertThat(many.trials()).hasSize(2_000);
    }
}
