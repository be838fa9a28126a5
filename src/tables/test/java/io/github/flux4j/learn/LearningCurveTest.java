package io.github.flux4j.learn;

import static io.github.flux4j.evaluate.Metrics.ACCURACY;
import static io.github.flux4j.evaluate.Metrics.LOG_LOSS;
import static io.github.flux4j.evaluate.Metrics.RMS;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.learningCurve;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurveTest {

    private static final Regressor QUICK =
            regressor().network("dense").networks(2).epochs(5).yardstick(false);

    private static final Table CARS = RealData.with(RealData.MPG, RealData.CARS);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void givesTheSameOnAnyNumberOfThreads(int threads) {
        assertThat(LearningCurve.of(threads, QUICK, CARS, RealData.MPG, kfold(3), RMS, 0.5, 1))
                .isEqualTo(LearningCurve.of(3, QUICK, CARS, RealData.MPG, kfold(3), RMS, 0.5, 1));
    }

    @Test
    void itsEndIsWhatCrossValidationGives() {
        LearningCurve curve = learningCurve(QUICK, CARS, RealData.MPG, kfold(3), RMS);
        Evaluation whole = crossValidate(QUICK, CARS, RealData.MPG, kfold(3));
        LearningCurve.Point end = curve.points().get(4);
        assertThat(end.leftOut())
                .containsExactly(Arrays.stream(whole.perFold(RMS)).boxed().toArray(Double[]::new));
        assertThat(end.leftOutMean()).isEqualTo(whole.mean(RMS));
        assertThat(end.leftOutStd()).isEqualTo(whole.std(RMS));
        assertThat(curve.points())
                .extracting(point -> Math.round(point.rows()))
                .containsExactly(27L, 86L, 146L, 205L, 265L);
    }

    @Test
    void theErrorOnTheRowsTrainedOnIsThatOfTheirPredictions() {
        RowSplit first = kfold(3).of(CARS, RealData.MPG).get(0);
        FittedRegressor same = QUICK.seed(Seed.mix(0, 0, 0)).fit(CARS.rows(first.train()), RealData.MPG);
        Table train = CARS.rows(first.train());
        double[] actual = ((Numbers) train.column(RealData.MPG)).values();
        assertThat(learningCurve(QUICK, CARS, RealData.MPG, kfold(3), RMS, 1)
                        .points()
                        .get(0)
                        .train()
                        .get(0))
                .isEqualTo(RMS.of(actual, same.predict(train)));
    }

    /** A network that learns iris well from all rows can't from eleven. */
    @Test
    void moreRowsHelp() {
        LearningCurve curve = learningCurve(
                classifier().networks(2).epochs(40).yardstick(false),
                RealData.IRIS,
                "species",
                kfold(3).stratified(),
                LOG_LOSS,
                1,
                0.11);
        assertThat(curve.points().get(1).leftOutMean())
                .isLessThan(curve.points().get(0).leftOutMean());
        assertThat(curve.points().get(0).rows()).isEqualTo(11);
        assertThat(curve.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("11 rows: logLoss \\S+ \\(std \\S+\\) on these, \\S+ \\(std \\S+\\) held out");
    }

    @Test
    void fewerRowsAreAmongMoreAndHaveTheirShareOfEachClass() {
        FoldFit iris = FoldFit.of(classifier(), RealData.IRIS, "species");
        int[] all = IntStream.range(0, 150).toArray();
        int[] few = Subset.of(iris, all, 0.1, 1, kfold(3));
        int[] more = Subset.of(iris, all, 0.5, 1, kfold(3));
        assertThat(more).contains(few).hasSize(75);
        assertThat(few).hasSize(15);
        for (String species : new String[] {"setosa", "versicolor", "virginica"}) {
            assertThat(Arrays.stream(few)
                            .filter(row ->
                                    RealData.IRIS.column("species").text(row).equals(species)))
                    .hasSize(5);
        }
        assertThat(Subset.of(iris, all, 0.1, 2, kfold(3))).isNotEqualTo(few);
        assertThat(Subset.of(iris, all, 0.02, 1, kfold(3).inOrder())).containsExactly(147, 148, 149);
    }

    @Test
    void thePageHasThePoints() {
        LearningCurve curve = learningCurve(QUICK, CARS, RealData.MPG, kfold(3), RMS, 0.5, 1);
        assertThat(curve.page().html())
                .contains("How the error falls with the number of rows", "held-out rows")
                .contains(Spread.text(
                        curve.points().get(1).leftOutMean(),
                        curve.points().get(1).leftOutStd()));
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatThrownBy(() -> learningCurve(QUICK, CARS, RealData.MPG, kfold(3), RMS, 0))
                .hasMessageContaining("above 0 and at most 1, but were [0.0]");
        assertThatThrownBy(() -> learningCurve(QUICK, CARS, RealData.MPG, kfold(3), RMS, 0.001))
                .hasMessageStartingWith("with 2 rows: at least 5 rows")
                .hasMessageEndingWith("use larger shares");
        assertThatThrownBy(() -> learningCurve(QUICK, CARS, RealData.MPG, kfold(3), ACCURACY))
                .hasMessageContaining("a regressor predicts numbers");
    }
}
