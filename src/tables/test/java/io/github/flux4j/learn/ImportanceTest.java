package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adamW;
import static io.github.flux4j.evaluate.Metrics.ACCURACY;
import static io.github.flux4j.evaluate.Metrics.LOG_LOSS;
import static io.github.flux4j.evaluate.Metrics.MAE;
import static io.github.flux4j.evaluate.Metrics.R2;
import static io.github.flux4j.evaluate.Metrics.RMS;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.permutationImportance;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportanceTest {

    /** y = 3·a + b; c is noise. All uniform from 0 to 1. */
    private static final Table SUMS = sums(400);

    private static final FittedRegressor MODEL = regressor()
            .network("dense")
            .scale(false)
            .rule(adamW(0.05, 0))
            .networks(2)
            .epochs(200)
            .yardstick(false)
            .fit(SUMS, "y");

    private static Table sums(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        double[] a = random.doubles(rows).toArray();
        double[] b = random.doubles(rows).toArray();
        double[] c = random.doubles(rows).toArray();
        double[] y = IntStream.range(0, rows).mapToDouble(i -> 3 * a[i] + b[i]).toArray();
        return Table.of(Numbers.of("c", c), Numbers.of("b", b), Numbers.of("a", a), Numbers.of("y", y));
    }

    /**
     * By hand: shuffled, a is another draw, so predictions are off by 3·(a − a′), whose rms is 3·√(2/12) = 1.22; b's by 0.41; of 400 rows each by
     * chance within a twentieth or so.
     */
    @Test
    void isAsLargeAsWhatShufflingDoes() {
        Importance rms = permutationImportance(MODEL, SUMS, RMS, 10, 0);
        assertThat(rms.score()).isLessThan(0.02);
        assertThat(rms.columns()).extracting(Importance.OfColumn::name).containsExactly("a", "b", "c");
        assertThat(rms.columns().get(0).mean()).isCloseTo(3 / Math.sqrt(6), within(0.07));
        assertThat(rms.columns().get(1).mean()).isCloseTo(1 / Math.sqrt(6), within(0.03));
        assertThat(rms.columns().get(2).mean()).isCloseTo(0, within(0.01));
        assertThat(rms.columns().get(0).worse()).hasSize(10).doesNotHaveDuplicates();
        assertThat(rms.columns().get(0).std()).isPositive();
        assertThat(rms.toString()).startsWith("a: rms worse by 1.").contains("\nc: rms worse by ");
    }

    /** R² of shuffled a: predictions are off by a variance of 9/6 where y has one of 10/12, so it falls by 1.8. */
    @Test
    void ofMetricsWhoseLargerValuesAreBetterItIsTheLoss() {
        assertThat(permutationImportance(MODEL, SUMS, R2).columns().get(0).mean())
                .isCloseTo(1.8, within(0.2));
    }

    /** The same numbers by the other way: of rows that networks never saw, each by its own network. */
    @Test
    void aFitMeasuresItByTheRowsThatItLeftOut() {
        Importance leftOut = MODEL.report().unseen().importance();
        assertThat(leftOut.metric()).isEqualTo(RMS);
        assertThat(leftOut.score())
                .as("of the networks as they are, while what is reported is of the epochs that the others' rows chose")
                .isCloseTo(MODEL.report().leftOut().get("rms"), within(1e-5));
        assertThat(leftOut.columns()).extracting(Importance.OfColumn::name).containsExactly("a", "b", "c");
        assertThat(leftOut.columns().get(0).mean()).isCloseTo(3 / Math.sqrt(6), within(0.1));
        assertThat(leftOut.columns().get(1).mean()).isCloseTo(1 / Math.sqrt(6), within(0.05));
        assertThat(leftOut.columns().get(2).mean()).isCloseTo(0, within(0.01));
        assertThat(leftOut.columns().get(0).worse()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aTextIsShuffledAsOneColumnAndJudgedByTheLogLoss() {
        List<Map<String, Object>> rows = IntStream.range(0, 120)
                .mapToObj(i -> Map.<String, Object>of(
                        "colour", "rgb".substring(i % 3, i % 3 + 1), "noise", i / 3, "class", "c" + i % 3))
                .toList();
        Importance importance = classifier()
                .epochs(60)
                .networks(3)
                .fit(Table.ofMaps(rows), "class")
                .report()
                .unseen()
                .importance();
        assertThat(importance.metric()).isEqualTo(LOG_LOSS);
        assertThat(importance.columns().get(0).name()).isEqualTo("colour");
        assertThat(importance.columns().get(0).mean())
                .isGreaterThan(0.5)
                .isGreaterThan(10 * importance.columns().get(1).mean());
    }

    @Test
    void ofVeryManyColumnsAFitDoesWithoutAndItsPageSaysSo() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = IntStream.range(0, 30)
                .mapToObj(i -> random.doubles(202).toArray())
                .toArray(double[][]::new);
        Report report =
                regressor().epochs(1).networks(2).fit(Table.of(rows), "x202").report();
        assertThat(report.unseen().importance().columns()).isEmpty();
        assertThat(report.page().html()).contains("With more than 200 columns");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isTheSameOnAnyNumberOfThreads(int threads) {
        assertThat(PermutationImportance.of(threads, MODEL, SUMS, MAE, 3, 7))
                .isEqualTo(permutationImportance(MODEL, SUMS, MAE, 3, 7));
        assertThat(PermutationImportance.of(threads, MODEL, SUMS, MAE, 3, 8))
                .isNotEqualTo(permutationImportance(MODEL, SUMS, MAE, 3, 7));
    }

    @Test
    void isOfClassesTextsAndGapsToo() {
        FittedClassifier origin =
                classifier().networks(2).epochs(20).yardstick(false).fit(RealData.CARS, "Origin");
        Importance importance = permutationImportance(origin, RealData.CARS, ACCURACY);
        assertThat(importance.columns())
                .extracting(Importance.OfColumn::name)
                .containsExactlyInAnyOrderElementsOf(origin.features());
        FittedRegressor mpg = regressor().networks(2).epochs(5).yardstick(false).fit(RealData.CARS, RealData.MPG);
        assertThat(permutationImportance(mpg, RealData.CARS, RMS).columns()).hasSize(7); // 8 rows have no target
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> permutationImportance(MODEL, SUMS.drop("a"), RMS))
                .hasMessageContaining("no column named a");
        assertThatThrownBy(() -> permutationImportance(MODEL, SUMS.drop("y"), RMS))
                .hasMessageContaining("no column named y");
        assertThatThrownBy(() -> permutationImportance(MODEL, SUMS, ACCURACY))
                .hasMessageContaining("a metric for classes");
        assertThatThrownBy(() -> permutationImportance(MODEL, SUMS, RMS, 0, 0))
                .hasMessage("repeats must be at least 1, but was 0");
        FittedRegressor two =
                regressor().network("dense").networks(1).patience(0).epochs(1).fit(SUMS, "y", "a");
        assertThatThrownBy(() -> permutationImportance(two, SUMS, RMS))
                .hasMessageContaining("has y, a; fit one model for each");
    }
}
