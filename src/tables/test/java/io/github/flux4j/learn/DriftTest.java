package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.learn.Report.Distribution;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a table is like training's. */
class DriftTest {

    private static final int SIMULATIONS = 400;
    private static final double LEVEL = 0.05;

    @TempDir
    private Path folder;

    /** A normal number, small whole numbers of which zero is frequent, a text with rare levels, a number with gaps. */
    private static List<Column> columns(SplittableRandom random, int rows, double shift) {
        double[] normal = IntStream.range(0, rows)
                .mapToDouble(i -> normal(random) + shift)
                .toArray();
        double[] whole = IntStream.range(0, rows)
                .mapToDouble(i -> Math.floor(-2 * Math.log(random.nextDouble()) + shift))
                .toArray();
        List<String> texts = IntStream.range(0, rows)
                .mapToObj(i -> "t" + (int) Math.floor(-3 * Math.log(random.nextDouble() + shift / 10)))
                .toList();
        double[] gaps = IntStream.range(0, rows)
                .mapToDouble(i -> random.nextDouble() < 0.1 ? Double.NaN : random.nextDouble() + shift)
                .toArray();
        return List.of(Numbers.of("a", normal), Numbers.of("b", whole), Texts.of("c", texts), Numbers.of("d", gaps));
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double smallestP(SplittableRandom random, int before, int after, double shift) {
        List<Column> fresh = columns(random, after, shift);
        List<Distribution> then =
                List.copyOf(Distributions.of(columns(random, before, 0)).values());
        return IntStream.range(0, then.size())
                .mapToDouble(i -> Distributions.pValue(then.get(i), Distributions.now(then.get(i), fresh.get(i))))
                .min()
                .orElseThrow();
    }

    /**
     * Without the second condition, of the stability index, which makes alarms rarer still, and at the level of 5 % in place of the 1 % that drift takes, so that 400
     * simulations can tell. Bound: 5 % and two standard errors, √(0.05·0.95/400).
     */
    @Test
    void ofTablesLikeTrainingAtMostTheLevelsShareIsCalledDifferent() {
        for (int[] sizes : new int[][] {{300, 300}, {1000, 60}, {60, 1000}}) {
            SplittableRandom random = new SplittableRandom(11);
            long alarms = IntStream.range(0, SIMULATIONS)
                    .filter(i -> smallestP(random, sizes[0], sizes[1], 0) < LEVEL / 4)
                    .count();
            assertThat(alarms / (double) SIMULATIONS)
                    .isLessThan(LEVEL + 2 * Math.sqrt(LEVEL * (1 - LEVEL) / SIMULATIONS));
        }
    }

    /** And is no test that never says so. */
    @Test
    void ofShiftedTablesNearlyAllAreCalledDifferent() {
        SplittableRandom random = new SplittableRandom(12);
        long found = IntStream.range(0, 100)
                .filter(i -> smallestP(random, 300, 300, 0.5) < 0.01 / 4)
                .count();
        assertThat(found).isGreaterThanOrEqualTo(99);
    }

    /** Worked by hand: 40 and 60 of 100 against 60 and 40 are χ² = 8 on one degree, p 0.00468; PSI 2·0.2·ln 1.5 but for the half rows. */
    @Test
    void theTestIsPearsonsOfTwoSamples() {
        Distribution then = new Distribution(List.of(0.0), List.of(), List.of(40, 60, 0));
        Distribution now = new Distribution(List.of(0.0), List.of(), List.of(60, 40, 0));
        assertThat(Distributions.pValue(then, now)).isCloseTo(0.004678, within(1e-6));
        assertThat(Distributions.psi(then, now)).isCloseTo(0.4 * Math.log(1.5), within(0.005));
        assertThat(Distributions.pValue(then, then)).isEqualTo(1);
    }

    @Test
    void aSavedModelTellsWhatIsDifferentInWords() throws IOException {
        Fitted fitted = regressor().networks(2).epochs(2).fit(RealData.CARS, RealData.MPG);
        fitted.save(folder.resolve("cars.flux4j"));
        Fitted model = Fitted.load(folder.resolve("cars.flux4j"));
        Fitted.Drift same = model.drift(RealData.CARS);
        assertThat(same.different()).isEmpty();
        assertThat(same.foreign()).isZero();

        Numbers weight = (Numbers) RealData.CARS.column("Weight_in_lbs");
        double[] heavier =
                Arrays.stream(weight.values()).map(each -> each + 1000).toArray();
        List<String> origin = IntStream.range(0, heavier.length)
                .mapToObj(i -> i % 2 == 0 ? "Mars" : "USA")
                .toList();
        Table moved = Tables.with(
                Tables.with(RealData.CARS.drop("Weight_in_lbs", "Origin"), Numbers.of("Weight_in_lbs", heavier)),
                Texts.of("Origin", origin));
        Fitted.Drift drift = model.drift(moved);
        assertThat(drift.different())
                .extracting(Fitted.Drift.OfColumn::name)
                .containsExactlyInAnyOrder("Weight_in_lbs", "Origin");
        assertThat(drift.foreign()).isGreaterThanOrEqualTo(moved.rows() / 2);
        assertThat(drift.toString())
                .startsWith("2 of 7 columns are different from training's; ")
                .contains(
                        "Weight_in_lbs is different (PSI ",
                        "Origin is different",
                        "50 % unknown texts",
                        "outside the range of training",
                        "Cylinders is as in training")
                .contains("predictions: median ", " for held-out rows of training, and ");
        assertThat(model.drift(RealData.CARS.drop(RealData.MPG)).different()).isEmpty();
    }

    @Test
    void manyRowsThatDifferALittleAreNoAlarm() {
        SplittableRandom random = new SplittableRandom(3);
        Distribution then = Distributions.of(columns(random, 50_000, 0)).get("a");
        Distribution now = Distributions.now(then, columns(random, 50_000, 0.05).get(0));
        assertThat(Distributions.pValue(then, now)).isLessThan(1e-6);
        assertThat(Distributions.psi(then, now)).isLessThan(0.1);
    }

    @Test
    void classesHaveSharesAndTextInPlaceOfNumbersIsRefused() {
        Fitted iris = classifier().networks(2).epochs(2).fit(RealData.IRIS, "species");
        assertThat(iris.drift(RealData.IRIS).toString()).contains("predictions: ", " % of held-out rows, and ");
        String name = iris.features().get(0);
        assertThatThrownBy(() -> iris.drift(RealData.IRIS.asText(name)))
                .hasMessageContaining(name + " was numeric in training, but is text in this table");
        assertThatThrownBy(() -> iris.drift(RealData.IRIS.rows(new int[0])))
                .hasMessage("expected a table with rows, but this one has none");
    }

    @Test
    void aModelOfVeryManyColumnsKeepsNoDistributions() {
        double[][] rows = new double[12][1002];
        SplittableRandom random = new SplittableRandom(1);
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextDouble());
        }
        Table wide = Table.of(rows);
        Fitted model = regressor()
                .network("dense")
                .networks(2)
                .epochs(1)
                .yardstick(false)
                .fit(wide, "x1002");
        assertThatThrownBy(() -> model.drift(wide)).hasMessageContaining("has more than 1000 columns");
    }
}
