package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.MAE;
import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.learn.Learn.linear;
import static io.github.flux4j.learn.Learn.mlp;
import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.table.Folds.kfold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cars by a regressor that is kept short where only its behaviour matters. */
class RegressorTest {

    private static final Regressor SHORT =
            regressor().network("dense(8, relu)").epochs(3).networks(3).yardstick(false);

    private static final FittedRegressor MPG = SHORT.fit(RealData.CARS, RealData.MPG);

    /** Float32 products of one row and of many add up in another order; of 30 miles. */
    private static final double BLAS = 1e-4;

    private static Map<String, Object> datsun() {
        Map<String, Object> row = new HashMap<>();
        row.put("Cylinders", 4);
        row.put("Displacement", 97);
        row.put("Horsepower", 88);
        row.put("Weight_in_lbs", 2130);
        row.put("Acceleration", 14.5);
        row.put("Year", "1971-01-01");
        row.put("Origin", "Japan");
        return row;
    }

    private static Table datsunAsTable() {
        return RealData.CARS.rows(IntStream.range(0, RealData.CARS.rows())
                .filter(row ->
                        "datsun pl510".equals(RealData.CARS.column("Name").text(row)))
                .toArray());
    }

    @Test
    void predictsTheSameForTablesAndMaps() {
        Table datsuns = datsunAsTable();
        Map<String, Object> row = datsun();
        row.put("Year", datsuns.column("Year").text(0));
        assertThat(MPG.predict(row)).isCloseTo(MPG.predict(datsuns)[0], within(BLAS));
    }

    @Test
    void leavesOutRowsWithoutTargetAndNamesAndSaysSo() {
        assertThat(MPG.report().data().rows()).isEqualTo(398);
        assertThat(MPG.report().data().rowsLeftOut()).containsEntry("without " + RealData.MPG, 8);
        assertThat(MPG.report().data().columns())
                .containsEntry("Name", "dropped: 304 different texts; its most frequent 4 would not lower the error");
        assertThat(MPG.features()).doesNotContain("Name", RealData.MPG).contains("Year", "Origin");
        assertThat(MPG.report().toString()).contains("8 rows dropped: without " + RealData.MPG, "Name dropped");
    }

    @Test
    void keepsAColumnThatItIsToldToKeep() {
        assertThat(SHORT.keep("Name").fit(RealData.CARS, RealData.MPG).features())
                .contains("Name");
    }

    @Test
    void predictionsStayWithinTheRangeThatWasSeen() {
        Map<String, Object> light = datsun();
        light.put("Weight_in_lbs", -1e9);
        assertThat(MPG.predict(light)).isBetween(9.0, 46.6);
    }

    @Test
    void missingValuesAreFilledAndMissingColumnsAreErrors() {
        Map<String, Object> row = datsun();
        row.put("Horsepower", null);
        assertThat(MPG.predict(row)).isFinite();
        row.remove("Horsepower");
        assertThatThrownBy(() -> MPG.predict(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Horsepower");
        Table without = RealData.CARS.drop("Weight_in_lbs");
        assertThatThrownBy(() -> MPG.predict(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no column named Weight_in_lbs");
    }

    @Test
    void unknownTextsAreZerosUnlessTheyAreToBeErrors() {
        Map<String, Object> row = datsun();
        row.put("Origin", "Atlantis");
        assertThat(MPG.predict(row)).isFinite();
        FittedRegressor strict = SHORT.unknown(Unknown.ERROR).fit(RealData.CARS, RealData.MPG);
        assertThatThrownBy(() -> strict.predict(row)).hasMessageContaining("Atlantis");
    }

    @Test
    void isTheSameForASeedAndAnyNumberOfThreads() {
        double[] expected = MPG.predict(RealData.CARS);
        FittedRegressor alone = Threads.within(1, () -> SHORT.fit(RealData.CARS, RealData.MPG));
        assertThat(alone.predict(RealData.CARS)).isEqualTo(expected);
        assertThat(SHORT.seed(2).fit(RealData.CARS, RealData.MPG).predict(RealData.CARS))
                .isNotEqualTo(expected);
    }

    @Test
    void predictsInManyThreads() throws InterruptedException, ExecutionException {
        double[] expected = MPG.predict(RealData.CARS);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<double[]>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(pool.submit(() -> MPG.predict(RealData.CARS)));
            }
            for (Future<double[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdown();
        }
    }

    /** y = 2a − b + 1 without noise, which a linear model has exactly. */
    @Test
    void fitsArrays() {
        double[][] x = IntStream.range(0, 200)
                .mapToObj(i -> new double[] {Math.sin(i), Math.cos(3 * i), 7})
                .toArray(double[][]::new);
        double[] y =
                Arrays.stream(x).mapToDouble(row -> 2 * row[0] - row[1] + 1).toArray();
        FittedRegressor line = regressor()
                .network(linear())
                .cosines(0, 0.1)
                .scale(false)
                .rule(adam(0.05))
                .networks(2)
                .epochs(100)
                .fit(x, y);
        assertThat(line.predict(0.5, -0.5, 7)).isCloseTo(2.5, within(0.02));
        assertThat(line.report().data().columns()).containsEntry("x3", "dropped: always the same");
        assertThatThrownBy(() -> line.predict(1, 2)).hasMessageContaining("a row has 3 numbers");
    }

    @Test
    void severalTargetsAtOnce() {
        FittedRegressor both = SHORT.epochs(60).fit(RealData.CARS, RealData.MPG, "Horsepower");
        double[][] predicted = both.predictAll(RealData.CARS);
        assertThat(predicted[0]).hasSize(2);
        Table known = RealData.with("Horsepower", RealData.CARS);
        double[] horsepower =
                Arrays.stream(both.predictAll(known)).mapToDouble(row -> row[1]).toArray();
        assertThat(Metrics.R2.of(((Numbers) known.column("Horsepower")).values(), horsepower))
                .isGreaterThan(0.8);
        assertThat(both.report().leftOut()).containsKeys(RealData.MPG + " rms", "Horsepower rms");
        assertThatThrownBy(() -> both.predict(RealData.CARS)).hasMessageContaining("use predictAll");
        assertThatThrownBy(() -> both.intervals(RealData.CARS, 0.9)).hasMessageContaining("fit one model for each");
    }

    @Test
    void weightsMakeRowsCount() {
        double[] x = IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray();
        double[] y = IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 0 : 1).toArray();
        double[] weights =
                IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 1 : 3).toArray();
        Table table = Table.of(Numbers.of("x", x), Numbers.of("y", y), Numbers.of("w", weights));
        FittedRegressor mean = regressor()
                .network(linear())
                .rule(adam(0.02))
                .networks(1)
                .patience(0)
                .epochs(200)
                .weights("w")
                .fit(table, "y");
        assertThat(mean.predict(Map.of("x", 1))).isCloseTo(0.75, within(0.05)); // (50·0 + 150·1)/200
        assertThat(mean.features()).containsExactly("x");
    }

    @Test
    void aValidationTableDecidesInPlaceOfShares() {
        Table cars = RealData.with(RealData.MPG, RealData.CARS);
        RowSplit split = kfold(5).of(cars, RealData.MPG).get(0);
        Table validation = cars.rows(split.test());
        FittedRegressor model =
                SHORT.epochs(10).yardstick(true).validation(validation).fit(cars.rows(split.train()), RealData.MPG);
        double[] actual = ((Numbers) validation.column(RealData.MPG)).values();
        assertThat(model.report().leftOut()).containsEntry("rms", Metrics.RMS.of(actual, model.predict(validation)));
        assertThat(model.report().quality().yardsticks()).containsKey("rms");
        assertThat(model.interval(datsun(), 0.9).width()).isPositive();
    }

    @Test
    void tellsHowGoodItIs() {
        FittedRegressor model = regressor().networks(3).epochs(100).fit(RealData.CARS, RealData.MPG);
        Report report = model.report();
        assertThat(report.leftOut().get("rms")).isBetween(2.0, 3.2);
        assertThat(report.quality().yardsticks().get("rms"))
                .isBetween(3.0, 3.6); // ridge in scikit-learn, other folds: 3.14
        assertThat(report.quality().coverage()).isBetween(0.85, 0.95);
        assertThat(report.training().losses())
                .hasSize(report.training().epochs().size() + 1);
        assertThat(report.toString()).contains("held-out rms", "(ridge 3.", "90 % intervals");
    }

    /** Two epochs are not enough for networks, and 60 rows of y = 3a + noise are for a line. */
    @Test
    void aStraightLineThatIsBetterIsTheFirstLine() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = IntStream.range(0, 60)
                .mapToObj(i -> new double[] {random.nextGaussian(), random.nextGaussian()})
                .toArray(double[][]::new);
        double[] target = IntStream.range(0, 60)
                .mapToDouble(i -> 3 * rows[i][0] + 0.1 * random.nextGaussian())
                .toArray();
        Regressor two = regressor().networks(5).epochs(2);
        Report report = two.fit(rows, target).report();

        assertThat(report.verdict()).startsWith("a straight line does better").contains("train --linear");
        assertThat(report.toString()).startsWith(report.verdict());
        assertThat(report.page().html()).contains("straight line does better");
        assertThat(two.linear().fit(rows, target).report().verdict()).isEmpty();
        Report line = regressor().networks(5).linear().fit(rows, target).report();
        assertThat(line.leftOut()).isEqualTo(line.quality().yardsticks()); // they are one model
    }

    @Test
    void ofMoreNumbersThanRowsThereIsAYardstick() {
        SplittableRandom random = new SplittableRandom(2);
        double[][] rows = IntStream.range(0, 20)
                .mapToObj(i -> random.doubles(1500).toArray())
                .toArray(double[][]::new);
        double[] target = random.doubles(20).toArray();

        Report report =
                SHORT.networks(2).epochs(1).yardstick(true).fit(rows, target).report();

        assertThat(report.quality().yardsticks().get("rms")).isLessThan(0.4); // uniform targets have 0.29
        assertThat(SHORT.networks(2)
                        .epochs(1)
                        .yardstick(false)
                        .fit(rows, target)
                        .report()
                        .notes())
                .isEmpty();
    }

    @Test
    void withoutRowsLeftOutThereIsNoError() {
        FittedRegressor model = SHORT.networks(1).patience(0).fit(RealData.CARS, RealData.MPG);
        assertThat(model.report().leftOut()).isEmpty();
        assertThat(model.report().toString()).contains("the error on new rows is unknown");
        assertThatThrownBy(() -> model.interval(datsun(), 0.9)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNumberOfRowsThatIsTooSmallForIntervalsIsSaid() {
        FittedRegressor line = SHORT.fit(new double[][] {{1}, {2}, {3}, {4}, {5}}, new double[] {1, 2, 3, 4, 5});
        assertThat(line.report().toString()).contains("too few rows were held out for 90 % intervals");
        assertThat(line.interval(0.9, 3)).isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /** A metamorphic oracle: networks see the same scaled target, so intervals grow with its unit. */
    @Test
    void intervalsGrowWithTheUnitOfTheTarget() {
        double[][] rows = IntStream.range(0, 60).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        double[] small =
                IntStream.range(0, 60).mapToDouble(i -> i % 7 + i / 10.0).toArray();
        double[] large = DoubleStream.of(small).map(y -> y * 0x1p400).toArray();

        Interval inSmall = SHORT.networks(3).fit(rows, small).interval(0.8, 30.5);
        Interval inLarge = SHORT.networks(3).fit(rows, large).interval(0.8, 30.5);

        assertThat(inLarge.low() / 0x1p400).isCloseTo(inSmall.low(), within(1e-4)); // roundings of Float32
        assertThat(inLarge.high() / 0x1p400).isCloseTo(inSmall.high(), within(1e-4));
    }

    @Test
    void extremeValuesDoNoHarm() {
        Table table = Table.of(
                Numbers.of(
                        "x",
                        IntStream.range(0, 60)
                                .mapToDouble(i -> i == 7 ? 1e300 : i)
                                .toArray()),
                Texts.of(
                        "odd, \"name\"",
                        IntStream.range(0, 60).mapToObj(i -> "é" + i % 3).toList()),
                Numbers.of("y", DoubleStream.iterate(0, y -> y + 1).limit(60).toArray()));
        assertThat(SHORT.fit(table, "y").predict(table)).doesNotContain(Double.NaN);
    }

    @Test
    void wordsGiveNewEstimators() {
        Regressor changed = regressor()
                .network(mlp(4))
                .loss(MAE)
                .rule(adam(0.01))
                .batchSize(8)
                .penalty(0.1, 0.5);
        assertThat(changed.network().text()).isEqualTo("dense(4, relu), dense");
        assertThat(changed.loss()).isEqualTo(MAE);
        assertThat(changed.batchSize()).isEqualTo(8);
        assertThat(regressor().batchSize()).isEqualTo(-1);
        assertThatThrownBy(() -> regressor().epochs(0)).hasMessageContaining("epochs must be at least 1");
        assertThatThrownBy(() -> regressor().penalty(-1, 0)).hasMessageContaining("λ ≥ 0");
    }
}
