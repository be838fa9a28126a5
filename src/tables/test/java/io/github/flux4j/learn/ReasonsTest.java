package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.evaluate.Unseen.Group;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a model fails and why: y is 10·a, of shop "bad" with noise of ±20; each seventh row has no target. */
class ReasonsTest {

    @TempDir
    private static Path folder;

    private static Table table;
    private static FittedRegressor fitted;
    private static Unseen.Reasons reasons;

    @BeforeAll
    static void fit() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("a,shop,y\n");
        for (int i = 1; i <= 350; i++) {
            double a = random.nextDouble(10);
            String shop = i % 5 == 0 ? "bad" : i % 2 == 0 ? "good" : "fine";
            double noise = shop.equals("bad") ? random.nextDouble(-20, 20) : random.nextDouble(-1, 1);
            csv.append(i % 11 == 0 ? "" : a).append(',').append(shop).append(',');
            csv.append(i % 7 == 0 ? "" : 10 * a + noise).append('\n');
        }
        table = Csv.csv().read(new StringReader(csv.toString()), "rows");
        fitted = regressor().networks(5).epochs(30).seed(1).fit(table, "y");
        reasons = fitted.report().unseen().reasons();
    }

    @Test
    void theGroupWithTheNoiseHasTheLargestErrorsAndItsInterval() {
        List<Group> shops = fitted.report().errorsBy("shop");

        assertThat(shops.get(0).name()).isEqualTo("bad");
        assertThat(shops)
                .hasSize(3)
                .allSatisfy(group -> assertThat(group.error()).isBetween(group.low(), group.high()));
        assertThat(shops.get(0).low()).isGreaterThan(shops.get(1).high());
        assertThat(shops.stream().mapToInt(Group::rows).sum()).isEqualTo(300); // all that have a target, once each
        double mae = shops.stream()
                        .mapToDouble(group -> group.error() * group.rows())
                        .sum()
                / 300;
        assertThat(mae).isCloseTo(fitted.report().leftOut().get("mae"), within(1e-9));
    }

    @Test
    void numbersAreSplitIntoQuartersAndGaps() {
        List<Group> parts = fitted.report().errorsBy("a");

        assertThat(parts).hasSize(5);
        assertThat(parts.stream().filter(part -> part.name().equals("missing")).map(Group::rows))
                .containsExactly((int) IntStream.rangeClosed(1, 350)
                        .filter(i -> i % 11 == 0 && i % 7 != 0)
                        .count());
        assertThat(parts.stream().filter(part -> part.name().contains(" to "))).hasSize(4);
        assertThat(fitted.report().errorsBy("y")).isEmpty();
    }

    @Test
    void rowsAreThoseOfTheTableWithTheLargestErrors() {
        List<Unseen.Row> worst = reasons.rows().subList(3, 13);

        for (Unseen.Row row : worst) {
            double actual = Double.parseDouble(table.column("y").text(row.number() - 1));
            assertThat(row.actual()).isEqualTo(table.column("y").text(row.number() - 1));
            assertThat(Math.abs(actual - row.prediction())).isGreaterThan(10);
        }
        assertThat(worst)
                .anyMatch(row -> table.column("shop").text(row.number() - 1).equals("bad"));
        assertThat(reasons.rows().get(0).prediction())
                .isLessThan(reasons.rows().get(1).prediction());
        assertThat(reasons.rows().get(1).prediction())
                .isLessThan(reasons.rows().get(2).prediction());
    }

    @Test
    void whatColumnsAddIsThePredictionOfARow() {
        assertThat(reasons.rows())
                .hasSize(13)
                .allSatisfy(row -> assertThat(row.background()
                                + row.columns().values().stream()
                                        .mapToDouble(value -> value)
                                        .sum())
                        .isCloseTo(row.prediction(), within(1e-6)));
    }

    @Test
    void valuesOfRowsAreShownOnlyIfTheyAreKept() {
        FittedRegressor kept = regressor().networks(2).epochs(1).keepRows(true).fit(table, "y");
        Unseen.Row row = kept.report().unseen().reasons().rows().get(4);

        assertThat(reasons.rows()).allMatch(one -> one.values().isEmpty());
        assertThat(fitted.report().page().html()).contains("train --keep-rows");
        assertThat(row.values())
                .containsEntry("shop", table.column("shop").text(row.number() - 1))
                .containsOnlyKeys("a", "shop");
        assertThat(kept.report().page().html()).contains("shop " + row.values().get("shop"));
    }

    /** Oracle: the mean of the model's own predictions of rows with the value. */
    @Test
    void partialDependenceIsTheMeanPredictionWithTheValueInAllRows() {
        Table few = table.rows(IntStream.range(0, 50).toArray());

        Unseen.Curve curve = fitted.partialDependence(few, "shop", "y");

        for (int k = 0; k < 3; k++) {
            String shop = curve.values().get(k);
            double mean = IntStream.range(0, 50)
                    .mapToDouble(i -> fitted.predict(with(few, i, shop)))
                    .average()
                    .orElseThrow();
            assertThat(curve.mean().get(k)).isCloseTo(mean, within(Math.abs(mean) * 1e-3)); // four digits are kept
        }
        assertThat(curve.rows()).hasSize(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitted.partialDependence(few, "b", "y"))
                .withMessageContainingAll("[a, shop]", "b");
    }

    private static Map<String, Object> with(Table rows, int row, String shop) {
        Map<String, Object> values = new HashMap<>();
        values.put("a", rows.column("a").text(row));
        values.put("shop", shop);
        return values;
    }

    @Test
    void theMostImportantColumnHasARisingCurve() {
        Unseen.Curve curve = reasons.curves().get(0);

        assertThat(curve.column()).isEqualTo("a");
        assertThat(curve.at()).isSorted();
        assertThat(curve.mean().get(curve.at().size() - 1) - curve.mean().get(0))
                .isCloseTo(100, within(25.0)); // ten times the range of a; networks bend at the ends
    }

    @Test
    void ofClassesErrorsAreSharesAndRowsHaveLogOdds() {
        Report report = classifier()
                .networks(3)
                .epochs(10)
                .seed(1)
                .fit(RealData.IRIS, "species")
                .report();
        Unseen.Reasons why = report.unseen().reasons();

        assertThat(report.errorsBy("petal_width"))
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.low()).isBetween(0.0, group.error()))
                .allSatisfy(group -> assertThat(group.high()).isBetween(group.error(), 1.0));
        assertThat(why.rows())
                .allMatch(row -> List.of("setosa", "versicolor", "virginica")
                        .containsAll(List.of(row.actual(), row.predicted(), row.name())));
        assertThat(why.curves()).allMatch(curve -> curve.mean().stream().allMatch(p -> p >= 0 && p <= 1));
        assertThat(report.page().html())
                .contains("Where it fails", "What drives its predictions", "share of wrong classes");
    }

    @Test
    void rowsOfAValidationTableAreCountedInThatTable() {
        Table validation = table.rows(IntStream.range(0, 60).toArray());
        Unseen.Row worst = regressor()
                .networks(1)
                .epochs(2)
                .validation(validation)
                .fit(table.rows(IntStream.range(60, 350).toArray()), "y")
                .report()
                .unseen()
                .reasons()
                .rows()
                .get(3);

        assertThat(worst.actual()).isEqualTo(validation.column("y").text(worst.number() - 1));
    }
}
