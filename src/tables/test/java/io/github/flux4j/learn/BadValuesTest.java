package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fits and predictions of tables do with each kind of bad or unusual number, as a table. */
class BadValuesTest {

    private static final int ROWS = 40;
    private static final Regressor SHORT = regressor()
            .network("dense(4, relu)")
            .epochs(2)
            .networks(2)
            .yardstick(false)
            .seed(1);

    /** {@code ok} finite predictions; {@code wide} an interval of everything, since the row is unlike training; else how it is refused, or how the fit ends. */
    private static final String EXPECTED = """
            number    feature   constant  target    weights   map       numbers   table     interval  evaluate  plain     plain-map explain
            NaN       ok        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
            infinity  finite    finite    finite    finite    finite    finite    finite    finite    finite    finite    finite    finite
            -infinity finite    finite    finite    finite    finite    finite    finite    finite    finite    finite    finite    finite
            -0        ok        ok        ok        ok        ok        ok        ok        wide      ok        ok        ok        ok
            denormal  ok        ok        ok        ok        ok        ok        ok        wide      ok        ok        ok        ok
            1e-40     ok        ok        ok        ok        ok        ok        ok        wide      ok        ok        ok        ok
            1e30      ok        ok        ok        ok        ok        ok        ok        wide      ok        ok        ok        ok
            1e39      ok        ok        ok        ok        ok        ok        ok        wide      ok        ok        ok        ok
            1e308     ok        ok        scale     diverged  ok        ok        ok        wide      ok        ok        ok        ok
            """;

    @TempDir
    private static Path folder;

    private static FittedRegressor fitted;
    private static Predictor plain;

    @BeforeAll
    static void fit() throws IOException {
        fitted = SHORT.fit(
                Table.of(Numbers.of("a", numbers(1)), Numbers.of("b", numbers(2)), Numbers.of("y", numbers(3))), "y");
        fitted.save(folder.resolve("model.flux4j"));
        plain = Predictor.load(folder.resolve("model.flux4j"));
    }

    private static double[] numbers(long seed) {
        return new SplittableRandom(seed).doubles(ROWS).toArray();
    }

    private static Map<String, Double> kinds() {
        Map<String, Double> kinds = new LinkedHashMap<>();
        kinds.put("NaN", Double.NaN);
        kinds.put("infinity", Double.POSITIVE_INFINITY);
        kinds.put("-infinity", Double.NEGATIVE_INFINITY);
        kinds.put("-0", -0.0);
        kinds.put("denormal", Double.MIN_VALUE);
        kinds.put("1e-40", 1e-40);
        kinds.put("1e30", 1e30);
        kinds.put("1e39", 1e39);
        kinds.put("1e308", 1e308);
        return kinds;
    }

    /** What takes a number; a result is what one can see of it. */
    private static Map<String, DoubleFunction<double[]>> entries() {
        Map<String, DoubleFunction<double[]>> entries = new LinkedHashMap<>();
        entries.put("feature", value -> fit(value, "a").predict(fine()));
        entries.put("constant", value -> SHORT.fit(constant(value), "y").predict(fine()));
        entries.put("target", value -> fit(value, "y").predict(fine()));
        entries.put(
                "weights",
                value -> SHORT.weights("b").fit(table(value, "b"), "y").predict(fine()));
        entries.put("map", value -> new double[] {fitted.predict(Map.of("a", value, "b", 0.5))});
        entries.put("numbers", value -> new double[] {fitted.predict(value, 0.5)});
        entries.put("table", value -> fitted.predict(table(value, "a")));
        entries.put("interval", value -> bounds(fitted.interval(Map.of("a", value, "b", 0.5), 0.8)));
        entries.put("evaluate", value -> scores(fitted.evaluate(table(value, "a"))));
        entries.put("plain", value -> plain.predict(value, 0.5));
        entries.put("plain-map", value -> plain.predictAll(Map.of("a", value, "b", 0.5)));
        entries.put("explain", value ->
                new double[] {plain.explain(Map.of("a", value, "b", 0.5)).prediction()});
        return entries;
    }

    private static double[] scores(Fitted.Scores scores) {
        return scores.scores().values().stream().mapToDouble(score -> score).toArray();
    }

    private static double[] bounds(Interval interval) {
        return new double[] {interval.low(), interval.high()};
    }

    private static FittedRegressor fit(double value, String column) {
        return SHORT.fit(table(value, column), "y");
    }

    private static Table fine() {
        return table(0.5, "a");
    }

    private static Table constant(double value) {
        double[] all = new double[ROWS];
        Arrays.fill(all, value);
        return Table.of(Numbers.of("a", all), Numbers.of("b", numbers(2)), Numbers.of("y", numbers(3)));
    }

    /** With the value in the fourth row of a column. */
    private static Table table(double value, String column) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("a", numbers(1));
        columns.put("b", numbers(2));
        columns.put("y", numbers(3));
        columns.get(column)[3] = value;
        return Table.of(columns.entrySet().stream()
                .map(each -> Numbers.of(each.getKey(), each.getValue()))
                .toArray(Numbers[]::new));
    }

    @Test
    void everyEntryDoesWithEveryKindWhatTheTableSays() {
        assertThat(table()).isEqualTo(EXPECTED);
    }

    private static String table() {
        Map<String, DoubleFunction<double[]>> entries = entries();
        return line("number", entries.keySet())
                + kinds().entrySet().stream()
                        .map(kind -> line(
                                kind.getKey(),
                                entries.values().stream()
                                        .map(entry -> outcome(entry, kind.getValue()))
                                        .toList()))
                        .collect(Collectors.joining());
    }

    private static String line(String head, Iterable<String> cells) {
        StringBuilder line = new StringBuilder(String.format("%-10s", head));
        cells.forEach(cell -> line.append(String.format("%-10s", cell)));
        return line.toString().stripTrailing() + "\n";
    }

    private static String outcome(DoubleFunction<double[]> entry, double value) {
        try {
            double[] result = entry.apply(value);
            return DoubleStream.of(result).allMatch(Double::isFinite)
                    ? "ok"
                    : DoubleStream.of(result).allMatch(Double::isInfinite) ? "wide" : "NaN";
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getMessage().contains("must be finite")
                    ? "finite"
                    : e.getMessage().contains("to scale") ? "scale" : e.getMessage();
        } catch (ArithmeticException e) {
            assertThat(e).hasMessageStartingWith("the fit diverged");
            return "diverged";
        }
    }
}
