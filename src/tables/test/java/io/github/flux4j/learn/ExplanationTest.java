package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fitted models say why; the sums, and what they say as a file, are the oracle. */
class ExplanationTest {

    private static final double SUM = 1e-6; // as promised
    private static final double FLOAT_SUM = 1e-3; // thousands of Float32 sums of 30 miles, in another order than BLAS

    @TempDir
    private static Path folder;

    private static FittedRegressor cars;
    private static FittedClassifier iris;

    @BeforeAll
    static void fit() {
        cars = regressor().epochs(20).networks(3).seed(1).fit(RealData.CARS, RealData.MPG);
        iris = classifier().epochs(20).networks(3).seed(1).fit(RealData.IRIS, "species");
    }

    private static Map<String, Object> row(Table table, int row) {
        Map<String, Object> values = new HashMap<>();
        table.columns().forEach(column -> values.put(column.name(), column.text(row)));
        return values;
    }

    private static double sum(Explanation why) {
        return why.values().values().stream().mapToDouble(value -> value).sum();
    }

    @Test
    void theMeanAndWhatColumnsAddAreThePrediction() {
        for (int i : new int[] {0, 57, 200, 397}) {
            Explanation why = cars.explain(row(RealData.CARS, i));
            assertThat(why.prediction()).isCloseTo(cars.predict(row(RealData.CARS, i)), within(1e-4));
            assertThat(why.background() + sum(why)).isCloseTo(why.prediction(), within(SUM));
            assertThat(why.values().keySet()).containsExactlyInAnyOrderElementsOf(cars.features());
        }
    }

    @Test
    void aClassIsExplainedInLogOddsOfItsProbability() {
        Map<String, Object> flower = row(RealData.IRIS, 0);

        Explanation taken = iris.explain(flower);
        Explanation other = iris.explain(flower, "virginica");

        assertThat(taken.name()).isEqualTo("setosa");
        assertThat(Explanation.probability(taken.prediction()))
                .isCloseTo(iris.probabilities(flower).get("setosa"), within(1e-5));
        assertThat(Explanation.probability(other.prediction()))
                .isCloseTo(iris.probabilities(flower).get("virginica"), within(1e-5));
        assertThat(other.background() + sum(other)).isCloseTo(other.prediction(), within(SUM));
        assertThat(taken.toString()).startsWith("setosa: ").contains("probabilities", "log odds", "petal");
    }

    @Test
    void theFileSaysTheSameInPlainJavaAndLoadedAgain() throws IOException {
        Path file = folder.resolve("cars.flux4j");
        cars.save(file);
        Explanation then = cars.explain(row(RealData.CARS, 5));

        Explanation plain = Predictor.load(file).explain(row(RealData.CARS, 5));

        assertThat(FittedRegressor.load(file).explain(row(RealData.CARS, 5))).isEqualTo(then);
        assertThat(plain.background()).isCloseTo(then.background(), within(FLOAT_SUM));
        then.values()
                .forEach((column, value) ->
                        assertThat(plain.values().get(column)).isCloseTo(value, within(FLOAT_SUM)));
        assertThat(plain.background() + sum(plain)).isCloseTo(plain.prediction(), within(SUM));
    }

    @Test
    void theBackgroundStandsForTheRowsAndHasNoneOfThem() {
        List<List<Object>> background = cars.preparation().background();
        List<Object> weights = column(background, "Weight_in_lbs");
        double mean = IntStream.range(0, weights.size())
                .mapToDouble(c -> (double) background.get(c).get(0) * (double) weights.get(c))
                .sum();
        List<Object> known = IntStream.range(0, RealData.CARS.rows())
                .<Object>mapToObj(i ->
                        Double.valueOf(RealData.CARS.column("Weight_in_lbs").text(i)))
                .toList();

        assertThat(background).hasSizeBetween(10, 50).allMatch(row -> (double) row.get(0) >= 5 / 398.0);
        assertThat(mean).isCloseTo(2970, within(5.0)); // the table's, of 398 rows with a target
        assertThat(weights.stream().filter(known::contains).count()).isLessThan(weights.size() / 2);
        assertThat(column(background, "Origin")).isSubsetOf("USA", "Europe", "Japan");
    }

    @Test
    void keptRowsAreRows() {
        List<List<Object>> background = regressor()
                .epochs(1)
                .networks(1)
                .keepRows(true)
                .fit(RealData.CARS, RealData.MPG)
                .preparation()
                .background();

        List<Object> weights = column(background, "Weight_in_lbs");
        List<Object> accelerations = column(background, "Acceleration");
        List<String> known = IntStream.range(0, RealData.CARS.rows())
                .mapToObj(i -> RealData.CARS.column("Weight_in_lbs").text(i) + " "
                        + RealData.CARS.column("Acceleration").text(i))
                .toList();
        for (int c = 0; c < weights.size(); c++) {
            assertThat(known).contains(plain(weights.get(c)) + " " + plain(accelerations.get(c)));
        }
    }

    private static List<Object> column(List<List<Object>> background, String name) {
        int place = 1 + cars.features().indexOf(name);
        return background.stream().map(row -> row.get(place)).toList();
    }

    private static String plain(Object number) {
        return String.valueOf(number).replaceFirst("\\.0$", "");
    }

    /** A straight line, so that columns that say the same add what their weights say; noise adds next to nothing. */
    @Test
    void aColumnWithoutInfluenceAddsNextToNothing() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = IntStream.range(0, 200)
                .mapToObj(i -> {
                    double a = random.nextDouble(-1, 1);
                    return new double[] {a, random.nextDouble(-1, 1), 3 * a};
                })
                .toArray(double[][]::new);
        FittedRegressor line = regressor().linear().fit(Table.of(rows, "a", "noise", "y"), "y");

        Explanation why = line.explain(Map.of("a", 0.5, "noise", 0.5));

        double mean = Arrays.stream(rows).mapToDouble(row -> row[0]).average().orElseThrow();
        assertThat(why.values().get("a")).isCloseTo(3 * (0.5 - mean), within(1e-9)); // coefficient × (value − mean)
        assertThat(why.values().get("noise")).isCloseTo(0, within(1e-9));
    }

    @Test
    void ofSeveralTargetsOneMustBeNamed() {
        FittedRegressor two = regressor().epochs(2).networks(2).fit(RealData.CARS, RealData.MPG, "Horsepower");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.explain(row(RealData.CARS, 0)))
                .withMessageContainingAll(RealData.MPG, "Horsepower");
        assertThat(two.explain(row(RealData.CARS, 0), "Horsepower").prediction())
                .isCloseTo(two.predictAll(row(RealData.CARS, 0))[1], within(1e-3));
    }

    @Test
    void aFileOfBeforeSaysWhatToDo() throws IOException {
        Path frozen = Path.of("src/core/test/resources/io/github/flux4j/io/schema1/regressor-plain.flux4j");
        Predictor old = Predictor.load(frozen);

        assertThat(old.hasExplanations()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> old.explainPrepared(new double[old.features().width()], null))
                .withMessageContainingAll("earlier version", "train and save the model again");
    }

    /** Oracle: what was written then. */
    @Test
    void aFrozenBackgroundIsRead() throws IOException {
        Path frozen = Path.of("src/core/test/resources/io/github/flux4j/io/schema1/regressor-background.flux4j");
        Predictor then = Predictor.load(frozen);
        Map<String, Object> row = new HashMap<>();
        then.features().names().forEach(name -> row.put(name, null));
        row.put("a", 3.25);
        row.put("b", 2.5);

        Explanation why = then.explain(row);

        assertThat(then.features().background()).hasSize(3);
        assertThat(why.background()).isCloseTo(9.032314, within(1e-4)); // Float32 of about 10
        assertThat(why.values().get("b")).isCloseTo(0.189181, within(1e-4));
        assertThat(FittedRegressor.load(frozen)
                        .report()
                        .unseen()
                        .reasons()
                        .rows()
                        .get(0)
                        .values())
                .containsKeys("a", "b");
    }
}
