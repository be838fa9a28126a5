package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models say beyond the ranges of training. The oracles are the functions that made the tables. */
class BeyondTest {

    private static final double ARTICLE = 1e-3; // what the article's table is asked for
    private static final double HALF_A_PERCENT = 0.005;
    private static final double SUMS = 1e-9; // relative; Float64 in another order
    private static final Regressor SMALL = regressor()
            .network("dense(4, relu), dense(1)")
            .networks(3)
            .epochs(3)
            .yardstick(false);

    @TempDir
    private Path folder;

    private static Table table(String header, int rows, IntFunction<String> row) {
        String csv = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
        try {
            return Csv.csv().read(new StringReader(csv), "cells");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** 2x + 1 and noise with a deviation of 1, for x from 0 to 10. */
    private static Table noisy() {
        SplittableRandom random = new SplittableRandom(1);
        return table("x,y", 200, i -> i / 20.0 + "," + (2 * i / 20.0 + 1 + random.nextGaussian()));
    }

    private Predictor plain(Fitted model) throws IOException {
        model.save(folder.resolve("model.flux4j"));
        return Predictor.load(folder.resolve("model.flux4j"));
    }

    @Test
    void theArticlesFiveRowsGoOnWithoutASetting() {
        FittedRegressor model = regressor().fit(table("x,y", 5, i -> i + "," + (i + 1)), "y");
        for (int x = 5; x <= 9; x++) {
            assertThat(model.predict(Map.of("x", x))).isCloseTo(x + 1, within(ARTICLE));
        }
    }

    @Test
    void aHundredAndOneRowsGoOnFarOut() {
        FittedRegressor model = regressor().fit(table("x,y", 101, i -> i / 10.0 + "," + (i / 10.0 + 1)), "y");
        for (double x : new double[] {12, 20, 100}) {
            assertThat(model.predict(Map.of("x", x))).isCloseTo(x + 1, within(HALF_A_PERCENT * (x + 1)));
        }
    }

    /** 0.5·t and a wave of 12 steps: the last 30 of 100 are beyond all that were seen. */
    @Test
    void aTrendGoesOnInTime() {
        Table all = table("t,y", 100, i -> i + "," + (0.5 * i + 2 * Math.sin(2 * Math.PI * i / 12)));
        Table seen = all.rows(IntStream.range(0, 70).toArray());
        Table later = all.rows(IntStream.range(70, 100).toArray());
        Regressor inOrder = regressor().orderedBy("t").with("line", "alone").yardstick(false);
        FittedRegressor model = inOrder.fit(seen, "y");
        double along = model.evaluate(later).scores().get("rms");
        double staying =
                inOrder.beyond("range").fit(seen, "y").evaluate(later).scores().get("rms");
        assertThat(along).isLessThan(2.5); // a wave of 2 has an rms of 1.4
        assertThat(staying).isGreaterThan(2 * along);
        assertThat(model.report().notes()).anyMatch(note -> note.contains("go on along the line"));
    }

    @Test
    void withinTheRangeOfTheTargetItStaysIfTold() throws IOException {
        Table rows = noisy();
        FittedRegressor model = regressor().linear().beyond("range").fit(rows, "y");
        Predictor plain = plain(model);
        double[] targets = ((Numbers) rows.column("y")).values();
        double low = Arrays.stream(targets).min().orElseThrow();
        double high = Arrays.stream(targets).max().orElseThrow();
        for (double x : new double[] {-1e9, -100, -1, 11, 100, 1e9}) {
            assertThat(model.predict(Map.of("x", x))).isBetween(low, high);
            assertThat(plain.predict(Map.of("x", x))).isBetween(low, high);
            assertThat(plain.interval(Map.of("x", x), 0.9)[1]).isInfinite();
        }
        assertThat(plain.hasBoundsBeyond()).isFalse();
        assertThat(model.report().notes())
                .anyMatch(note -> note.contains("stay within the range of the target, as told"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alone", "with"})
    void alongTheLineBoundsWidenAndAreTheSameInPlainJava(String line) throws IOException {
        FittedRegressor model = SMALL.with("line", line).beyond("line").fit(noisy(), "y");
        Predictor plain = plain(model);
        assertThat(plain.hasBoundsBeyond()).isTrue();
        double before = 0;
        double tolerance = line.equals("alone") ? SUMS : 1e-4; // Float32 of networks
        for (double x : new double[] {11, 20, 50, 100, 1000}) {
            Map<String, Object> row = Map.of("x", x);
            Interval interval = model.interval(row, 0.9);
            double unit = Math.max(1, 2 * x);
            assertThat(model.preparation().flags(row)).containsEntry("x", Flag.OUTSIDE);
            assertThat(interval.width()).isFinite().isGreaterThan(before);
            assertThat(interval.low()).isLessThan(model.predict(row));
            assertThat(plain.interval(row, 0.9))
                    .containsExactly(new double[] {interval.low(), interval.high()}, within(tolerance * unit));
            assertThat(plain.atLeast(row, 0.9)).isCloseTo(model.atLeast(row, 0.9), within(tolerance * unit));
            assertThat(plain.atMost(row, 0.9)).isCloseTo(model.atMost(row, 0.9), within(tolerance * unit));
            assertThat(model.intervals(Table.ofMaps(List.of(row)), 0.9)[0])
                    .containsExactly(new double[] {interval.low(), interval.high()}, within(tolerance * unit));
            before = interval.width();
        }
    }

    /** Rows of 10 to 15, when all seen are below 10; of 200 a share of 0.9 has an error of 0.02. */
    @Test
    void boundsBeyondCoverAsOftenAsTheySay() {
        FittedRegressor model = SMALL.with("line", "alone").fit(noisy(), "y");
        SplittableRandom random = new SplittableRandom(2);
        long covered = IntStream.range(0, 200)
                .filter(i -> {
                    double x = 10 + i / 40.0;
                    double y = 2 * x + 1 + random.nextGaussian();
                    Interval interval = model.interval(Map.of("x", x), 0.9);
                    return interval.low() <= y && y <= interval.high();
                })
                .count();
        assertThat(covered / 200.0).isBetween(0.8, 0.99);
    }

    @Test
    void networksAloneHaveNoBoundsBeyond() throws IOException {
        FittedRegressor model = SMALL.with("line", "without").fit(noisy(), "y");
        Predictor plain = plain(model);
        assertThat(plain.hasBoundsBeyond()).isFalse();
        assertThat(plain.interval(Map.of("x", 11), 0.9))
                .containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(model.interval(Map.of("x", 11), 0.9).width()).isInfinite();
        assertThat(model.interval(Map.of("x", 9), 0.9).width()).isFinite();
    }

    /** 10,000 rows for the three kinds of models together; what the one refuses, the other does. */
    @ParameterizedTest
    @ValueSource(strings = {"alone", "with", "without"})
    void hostileRowsAreFiniteOrRefusedByTheColumnsName(String line) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Table rows = table(
                "first,second,colour,y",
                120,
                i -> (i % 10 == 0 ? "" : random.nextGaussian()) + "," + random.nextDouble(5) + ","
                        + (i % 2 == 0 ? "red" : "blue") + "," + (i + random.nextGaussian()));
        FittedRegressor model = SMALL.with("line", line).beyond("line").fit(rows, "y");
        FittedRegressor allowing = model.allowMissingColumns();
        Predictor plain = plain(model).allowMissingColumns();
        Object[] values = {1e300, -1e300, Double.NaN, null, 0, 1, 1e38, -3.5e38, 1e20, Double.MAX_VALUE, -1e155};
        for (int i = 0; i < 10_000 / 3; i++) {
            Map<String, Object> row = new HashMap<>();
            for (String column : List.of("first", "second")) {
                int which = random.nextInt(values.length + 1);
                if (which < values.length) {
                    row.put(column, values[which]);
                }
            }
            row.put("colour", i % 3 == 0 ? null : i % 3 == 1 ? "red" : "unknown");
            double one = finiteOrRefused(row, () -> allowing.predict(row));
            double other = finiteOrRefused(row, () -> plain.predict(row));
            assertThat(Double.isNaN(one)).as("%s", row).isEqualTo(Double.isNaN(other));
        }
    }

    /** NaN if it is refused. */
    private static double finiteOrRefused(Map<String, Object> row, DoubleSupplier prediction) {
        try {
            double found = prediction.getAsDouble();
            assertThat(found).as("%s", row).isFinite();
            return found;
        } catch (IllegalArgumentException refused) {
            assertThat(refused).as("%s", row).hasMessageMatching("(?s).*(first|second).*");
            return Double.NaN;
        }
    }

    /** Noise has nothing to learn: of 5000 new rows the rms is known to 1 %, that of 300 to 4 %. */
    @Test
    void ofNoiseTheHeadlineErrorIsThatOfNewRows() {
        FittedRegressor model =
                regressor().networks(4).epochs(6).yardstick(false).fit(noise(1, 300), "y");
        double headline = model.report().leftOut().get("rms");
        double fresh = model.evaluate(noise(2, 5000)).scores().get("rms");
        assertThat(headline).isCloseTo(fresh, within(0.1 * fresh));
    }

    private static Table noise(int seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        return table(
                "a,b,c,y",
                rows,
                i -> random.nextGaussian() + "," + random.nextGaussian() + "," + random.nextGaussian() + ","
                        + random.nextGaussian());
    }

    @Test
    void onlyALineOrTheRangeCanBeTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor().beyond("further"))
                .withMessageContaining("range");
    }
}
