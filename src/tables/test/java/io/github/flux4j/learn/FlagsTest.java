package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of values that training had no like of; y = 2·a + 1, for a from 1 to 100. */
class FlagsTest {

    @TempDir
    private static Path folder;

    private static Table table;
    private static FittedRegressor fitted;
    private static Predictor predictor;

    @BeforeAll
    static void fit() throws IOException {
        table = table(1);
        fitted = Learn.regressor().drop("id").networks(3).epochs(20).fit(table, "y");
        Path file = folder.resolve("line.flux4j");
        fitted.save(file);
        predictor = Predictor.load(file);
    }

    /** y = slope·a + 1, with the slope 2 if it is 1. */
    private static Table table(int factor) throws IOException {
        String text = IntStream.rangeClosed(1, 100)
                .mapToObj(a -> a + "," + (a % 3 == 0 ? "" : a % 2 == 0 ? "red" : "blue") + "," + 7 * a + ","
                        + factor * (2 * a + 1))
                .collect(Collectors.joining("\n", "a,colour,id,y\n", "\n"));
        return Csv.csv().read(new StringReader(text), "rows");
    }

    private static Map<String, Object> row(Object a, Object colour) {
        Map<String, Object> row = new HashMap<>();
        row.put("a", a);
        row.put("colour", colour);
        return row;
    }

    @Test
    void gapsUnknownTextsAndNumbersOutsideTheRangeAreCounted() {
        var flags = predictor.flags(
                List.of(row(50, "red"), row(1000, "green"), row(null, null), row(0.999, "blue"), row("NA", "red")));

        assertThat(flags.of("a", Flag.OUTSIDE)).isEqualTo(2);
        assertThat(flags.of("a", Flag.MISSING)).isEqualTo(2);
        assertThat(flags.of("colour", Flag.UNKNOWN)).isOne();
        assertThat(flags.of("colour", Flag.MISSING)).isOne();
        assertThat(flags).hasToString("a: 2 missing, 2 outside 1 to 100; colour: 1 missing, 1 unknown");
        assertThat(predictor.flags(List.of(row(1, "red"), row(100, "blue"))).isEmpty())
                .isTrue();
    }

    @Test
    void outsideTheRangeNoProbabilityIsClaimed() {
        assertThat(predictor.interval(row(1000, "red"), 0.9))
                .containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(predictor.atLeast(row(1000, "red"), 0.9)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(predictor.atMost(row(-1, "red"), 0.9)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(fitted.interval(row(1000, "red"), 0.9).width()).isInfinite();
        Table two = Table.ofMaps(List.of(row(50, "red"), row(1000, "blue")));

        double[][] intervals = fitted.intervals(two, 0.9);

        assertThat(intervals[0][1]).isFinite();
        assertThat(intervals[1]).containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(predictor.interval(row(50, "red"), 0.9)[1]).isFinite();
    }

    @Test
    void aColumnThatIsNotThereIsNamedUnlessThatIsAllowed() {
        assertThatThrownBy(() -> predictor.predict(Map.of("a", 50)))
                .hasMessageContaining("\"colour\"")
                .hasMessageContaining("allowMissingColumns()");
        assertThatThrownBy(() -> fitted.predict(table.drop("colour"))).hasMessageContaining("colour");

        assertThat(predictor.allowMissingColumns().predict(Map.of("a", 50)))
                .isEqualTo(predictor.predict(row(50, null)));
        assertThat(fitted.allowMissingColumns().predict(table.drop("colour"))[1])
                .isCloseTo(fitted.predict(row(2, null)), within(1e-3)); // Float32 of values to 200
        assertThatThrownBy(() -> fitted.allowMissingColumns().predict(table.drop("colour", "a")))
                .hasMessageContaining("no column named a");
    }

    @Test
    void evaluateTellsRowsOfTrainingFromOthers() throws IOException {
        assertThat(fitted.evaluate(table).trainedOn()).isOne();
        assertThat(fitted.evaluate(table)).asString().contains("rows that the model was trained on");
        assertThat(fitted.evaluate(table.rows(3, 1, 2)).trainedOn()).isOne();
        Table others = table(3);

        assertThat(fitted.evaluate(others).trainedOn()).isZero();
        assertThat(fitted.evaluate(others)).asString().doesNotContain("trained on");
        assertThat(fitted.evaluate(table).scores()).containsOnlyKeys("rms", "mae", "r2");
    }

    @Test
    void aDroppedColumnIsNotLearntFromAndNotNeeded() {
        assertThat(fitted.features()).containsExactly("a", "colour");
        assertThat(fitted.report().data().columns()).containsEntry("id", "dropped, as told");
        assertThatThrownBy(() -> Learn.regressor().drop("y").fit(table, "y"))
                .hasMessageContaining("drop names a target");
        assertThatThrownBy(() -> Learn.regressor().drop("z").fit(table, "y")).hasMessageContaining("z");
    }

    @Test
    void namesThatTuningKnowsAreSetByThem() {
        assertThat(Learn.regressor().with("dropout", 0).network().text()).contains("dropout(0)");
        assertThat(Learn.regressor().with("hidden", 8).network().text()).startsWith("dense(8, relu)");
        assertThat(Learn.regressor().with("epochs", 7).epochs()).isEqualTo(7);
        assertThatThrownBy(() -> Learn.regressor().with("epochs", 7.5)).hasMessageContaining("whole number");
        assertThatThrownBy(() -> Learn.regressor().with("droput", 0)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> Learn.regressor().with("dropout", Double.NaN)).isInstanceOf(RuntimeException.class);
    }
}
