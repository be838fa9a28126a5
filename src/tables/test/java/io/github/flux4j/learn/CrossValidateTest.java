package io.github.flux4j.learn;

import static io.github.flux4j.evaluate.Metrics.ACCURACY;
import static io.github.flux4j.evaluate.Metrics.LOG_LOSS;
import static io.github.flux4j.evaluate.Metrics.MAE;
import static io.github.flux4j.evaluate.Metrics.R2;
import static io.github.flux4j.evaluate.Metrics.RMS;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.holdout;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.leaveOneOut;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.learn.Evaluation.OutOfFold;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossValidateTest {

    private static final double ROUNDING = 1e-12; // sums of a few doubles

    private static final Regressor QUICK =
            regressor().network("dense").networks(2).epochs(5).seed(3);

    private static final Classifier QUICK_CLASSES =
            classifier().network("dense").networks(2).epochs(5).yardstick(false);

    /** y = x, but for noise of one bit. */
    private static Table line(int rows) {
        double[] x = IntStream.range(0, rows).mapToDouble(i -> i).toArray();
        double[] y = IntStream.range(0, rows).mapToDouble(i -> i + i % 2).toArray();
        return Table.of(Numbers.of("x", x), Numbers.of("y", y));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void givesTheSameForASeedOnAnyNumberOfThreads(int threads) {
        Folds folds = kfold(3).repeats(2);
        OutOfFold one = new CrossValidation(QUICK, RealData.CARS, RealData.MPG, folds)
                .on(1, done -> {})
                .predictions();
        OutOfFold several = new CrossValidation(QUICK, RealData.CARS, RealData.MPG, folds)
                .on(threads, done -> {})
                .predictions();
        assertThat(several.predictions()).isDeepEqualTo(one.predictions());
        assertThat(several.rows()).isEqualTo(one.rows());
    }

    @Test
    void aFoldIsWhatAFitToTheOtherRowsWithItsSeedPredicts() {
        Table cars = RealData.with(RealData.MPG, RealData.CARS);
        RowSplit second = kfold(3).of(cars, RealData.MPG).get(1);
        Regressor same = QUICK.seed(Seed.mix(QUICK.seed(), 0, 1));
        double[] alone = same.fit(cars.rows(second.train()), RealData.MPG).predict(cars.rows(second.test()));
        OutOfFold all = crossValidate(QUICK, cars, RealData.MPG, kfold(3)).predictions();
        assertThat(IntStream.range(0, all.rows().length)
                        .filter(i -> all.folds()[i] == 1)
                        .mapToDouble(i -> all.predictions()[i][0])
                        .toArray())
                .isEqualTo(alone);
    }

    @Test
    void testsEachRowThatHasATargetOnce() {
        Evaluation cars = crossValidate(QUICK, RealData.CARS, RealData.MPG, kfold(4));
        int[] rows = Arrays.stream(cars.predictions().rows()).sorted().toArray();
        assertThat(rows)
                .isEqualTo(IntStream.range(0, RealData.CARS.rows())
                        .filter(row -> !RealData.CARS.column(RealData.MPG).isMissing(row))
                        .toArray());
        assertThat(cars.rowsLeftOut()).isEqualTo(8);
        Numbers mpg = (Numbers) RealData.CARS.column(RealData.MPG);
        assertThat(cars.predictions().targets())
                .isEqualTo(Arrays.stream(cars.predictions().rows())
                        .mapToDouble(mpg::value)
                        .toArray());
    }

    @Test
    void meanAndStandardDeviationAreThoseOfTheFolds() {
        Evaluation line = crossValidate(QUICK, line(40), "y", kfold(4), MAE);
        double[] each = line.perFold(MAE);
        double mean = (each[0] + each[1] + each[2] + each[3]) / 4;
        double squares = Arrays.stream(each).map(x -> (x - mean) * (x - mean)).sum();
        assertThat(each).hasSize(4);
        assertThat(line.mean(MAE)).isCloseTo(mean, within(ROUNDING));
        assertThat(line.std(MAE)).isCloseTo(Math.sqrt(squares / 3), within(ROUNDING));
        assertThat(line.pooled(MAE)).isCloseTo(mean, within(1e-9)); // folds of the same size
    }

    @Test
    void showsMetricsAndTheYardstick() {
        assertThat(crossValidate(QUICK, line(40), "y", kfold(4), RMS, R2).toString())
                .matches(
                        "rms \\S+ \\(std \\S+\\)   r2 \\S+ \\(std \\S+\\)   ridge: rms \\S+, r2 \\S+\\n4 folds, \\S+ s");
    }

    /** Of a line whose values are spread by 58, with noise of half a unit; columns are softly clipped, which bends it. */
    @Test
    void ridgeIsAYardstick() {
        Evaluation line = crossValidate(QUICK, line(200), "y", kfold(5));
        assertThat(line.yardstick()).isEqualTo("ridge");
        assertThat(line.yardstick(RMS)).isBetween(0.45, 1.5);
        Evaluation without = crossValidate(QUICK.yardstick(false), line(200), "y", kfold(5));
        assertThat(without.yardstick()).isEmpty();
        assertThatThrownBy(() -> without.yardstick(RMS)).hasMessageStartingWith("there is no linear model");
    }

    @Test
    void logisticRegressionIsAYardstick() {
        Evaluation iris =
                crossValidate(classifier().networks(2).epochs(3), RealData.IRIS, "species", kfold(3).stratified());
        assertThat(iris.yardstick()).isEqualTo("logistic");
        assertThat(iris.yardstick(ACCURACY)).isGreaterThan(0.9);
        assertThat(iris.metrics()).containsExactly(ACCURACY, LOG_LOSS);
        assertThat(iris.predictions().classes()).containsExactly("setosa", "versicolor", "virginica");
    }

    @Test
    void eachRepeatAndFoldHasChanceOfItsOwn() {
        assertThat(crossValidate(QUICK, line(30), "y", kfold(2).repeats(2)).perFold(RMS))
                .doesNotHaveDuplicates();
        assertThat(Seed.mix(0, 0, 1)).isNotEqualTo(Seed.mix(0, 1, 0));
    }

    @Test
    void oneFoldShowsItsScoreAlone() {
        Evaluation held = crossValidate(QUICK.yardstick(false), line(40), "y", holdout(0.25), RMS);
        assertThat(held.predictions().rows()).hasSize(10);
        assertThat(held.std(RMS)).isNaN();
        assertThat(held.toString()).matches("rms \\S+\\n1 fold, \\S+ s");
    }

    @Test
    void eachRowByItselfShowsR2OfAllTogether() {
        Evaluation each = crossValidate(QUICK.yardstick(false), line(12), "y", leaveOneOut(), R2);
        assertThat(each.folds()).isEqualTo(12);
        assertThat(each.mean(R2)).isNaN();
        assertThat(each.pooled(R2)).isFinite();
        assertThat(each.toString()).matches("r2 -?[\\d.]+\\n12 folds, \\S+ s");
    }

    @Test
    void inTheOrderOfTimeLaterRowsAreTestedByEarlierOnes() {
        OutOfFold tested =
                crossValidate(QUICK, line(40), "y", kfold(3).inOrder()).predictions();
        assertThat(tested.rows()).isEqualTo(IntStream.range(10, 40).toArray());
    }

    @Test
    void groupsStayTogether() {
        List<String> who = IntStream.range(0, 40).mapToObj(i -> "p" + i % 8).toList();
        Table table = Tables.with(line(40), Texts.of("who", who));
        OutOfFold tested =
                crossValidate(QUICK, table, "y", kfold(4).groupedBy("who")).predictions();
        IntStream.range(0, 40)
                .forEach(i -> IntStream.range(0, 40)
                        .filter(j -> tested.rows()[i] % 8 == tested.rows()[j] % 8)
                        .forEach(j -> assertThat(tested.folds()[i]).isEqualTo(tested.folds()[j])));
    }

    /** Where a class is in one fold only, its model doesn't know it. */
    @Test
    void aClassThatTheOtherRowsLackHasProbabilityZero() {
        List<String> labels = List.of("b", "a", "c", "a", "c", "a", "c", "a", "c", "a", "c", "a");
        Table table = Tables.with(line(12).drop("y"), Texts.of("label", labels));
        OutOfFold tested = crossValidate(QUICK_CLASSES, table, "label", kfold(2).unshuffled())
                .predictions();
        assertThat(tested.rows()[0]).isZero();
        assertThat(tested.targets()[0]).isEqualTo(1);
        assertThat(tested.predictions()[0][1]).isZero();
        assertThat(Arrays.stream(tested.predictions()[0]).sum()).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void comparesByTheSameFoldsOnly() {
        Evaluation some = crossValidate(QUICK, line(40), "y", kfold(5));
        Evaluation more = crossValidate(QUICK.epochs(40), line(40), "y", kfold(5));
        assertThat(some.minus(more, RMS, 0.95).mean())
                .isCloseTo(some.mean(RMS) - more.mean(RMS), within(1e-9)); // of numbers around 10
        Evaluation others = crossValidate(QUICK, line(40), "y", kfold(5).seed(1));
        assertThatThrownBy(() -> some.minus(others, RMS, 0.95)).hasMessageContaining("on the same folds");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> crossValidate(QUICK, line(40), "y", kfold(5), ACCURACY))
                .hasMessage("accuracy is a metric for classes, but a regressor predicts numbers; use rms, mae, r2");
        assertThatThrownBy(() -> crossValidate(QUICK_CLASSES, RealData.IRIS, "species", kfold(5), RMS))
                .hasMessageContaining("but a classifier predicts classes; use accuracy, logLoss");
        assertThatThrownBy(() -> crossValidate(QUICK, line(40), "z", kfold(5)))
                .hasMessageContaining("there is no column named z");
        assertThatThrownBy(() -> crossValidate(QUICK, line(4), "y", kfold(5))).hasMessageContaining("4");
    }

    @Test
    void aTargetWithoutAnyValueIsRefused() {
        double[] nothing =
                Collections.nCopies(40, Double.NaN).stream().mapToDouble(x -> x).toArray();
        Table table = Tables.with(line(40), Numbers.of("nothing", nothing));
        assertThatThrownBy(() -> crossValidate(QUICK, table, "nothing", kfold(5)))
                .hasMessageStartingWith("no row has a value of nothing");
    }

    @Test
    void namesTheFoldThatNothingCanBeLearntFor() {
        double[] y = IntStream.range(0, 20).mapToDouble(i -> i < 10 ? i : 5).toArray();
        Table table = Tables.with(line(20).drop("y"), Numbers.of("y", y));
        assertThatThrownBy(() -> crossValidate(QUICK, table, "y", kfold(2).unshuffled()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fold 1 of 2: the target y is 5 in every row");
    }

    /** What a cluster does: tasks as text and numbers, each done by a thread of its own, in another order. */
    private static void elsewhere(Table table, List<FoldTask> tasks, Consumer<FoldTask.Result> done) {
        List<FoldTask> backwards = new ArrayList<>(tasks);
        Collections.reverse(backwards);
        backwards.parallelStream()
                .map(task -> new FoldTask(
                        task.number(), task.estimator(), task.target(), task.train(), task.test(), task.seed()))
                .forEach(task -> done.accept(task.on(table)));
    }

    private static void givesTheSameElsewhere(Estimator<?, ?> estimator, Table table, String target, Metric metric) {
        Folds folds = kfold(3).repeats(2);
        Evaluation here = crossValidate(estimator, table, target, folds);
        Evaluation there = crossValidate(estimator, table, target, folds, CrossValidateTest::elsewhere);
        assertThat(there.predictions().predictions())
                .isDeepEqualTo(here.predictions().predictions());
        assertThat(there.predictions().rows()).isEqualTo(here.predictions().rows());
        assertThat(there.perFold(metric)).isEqualTo(here.perFold(metric));
        assertThat(there.yardstick()).isEqualTo(here.yardstick());
        assertThat(there.rowsLeftOut()).isEqualTo(here.rowsLeftOut());
        if (!here.yardstick().isEmpty()) {
            assertThat(there.yardstick(metric)).isEqualTo(here.yardstick(metric));
        }
    }

    @Test
    void givesTheSameByAnExecutorOfTextAndNumbers() {
        givesTheSameElsewhere(QUICK, RealData.CARS, RealData.MPG, RMS);
        givesTheSameElsewhere(QUICK_CLASSES.yardstick(true), RealData.IRIS, "species", LOG_LOSS);
        givesTheSameElsewhere(QUICK_CLASSES, RealData.IRIS, "species", ACCURACY);
    }

    @Test
    void whatFailsElsewhereThrowsWhatItThrowsHere() {
        double[] y = IntStream.range(0, 20).mapToDouble(i -> i < 10 ? i : 5).toArray();
        Table table = Tables.with(line(20).drop("y"), Numbers.of("y", y));
        assertThatThrownBy(() -> crossValidate(QUICK, table, "y", kfold(2).unshuffled(), CrossValidateTest::elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fold 1 of 2: the target y is 5 in every row");
        Regressor lambda = QUICK.network((inputs, outputs) -> null);
        assertThatThrownBy(() -> crossValidate(lambda, line(40), "y", kfold(2), CrossValidateTest::elsewhere))
                .hasMessageContaining("a network given as a lambda has no text");
        assertThatThrownBy(() -> crossValidate(QUICK, line(40), "y", kfold(2), (rows, tasks, done) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given 2 tasks, but reported no result for 2");
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> crossValidate(QUICK, line(40), "y", kfold(5)))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
