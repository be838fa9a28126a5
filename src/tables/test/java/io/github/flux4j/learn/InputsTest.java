package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** What stands between columns and network: curves beside numbers, periodic functions, factors; and the target's logarithm. */
class InputsTest {

    private static final int ROWS = 400;

    /** Plain Java adds up Float32 products in another order than BLAS; of predictions below 100. */
    private static final double FLOAT_SUM = 1e-3;

    private static final Table AMOUNTS = amounts();
    private static final FittedRegressor FITTED = few().logTarget().fit(AMOUNTS, "price");

    @TempDir
    private Path folder;

    private static Regressor few() {
        return regressor().networks(3).epochs(40).yardstick(false);
    }

    /** {@code even} is uniform, {@code heavy} lognormal, {@code mostly} 0 in four rows of five; ln price is their sum with noise of deviation 0.5. */
    private static Table amounts() {
        SplittableRandom random = new SplittableRandom(11);
        double[][] rows = IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    double even = random.nextDouble();
                    double heavy = Math.exp(1.5 * random.nextGaussian());
                    double mostly = random.nextInt(5) > 0 ? 0 : Math.exp(random.nextGaussian());
                    double log = even + Math.log(heavy) / 2 + mostly / 4 + random.nextGaussian() / 2;
                    return new double[] {even, heavy, mostly, Math.exp(log)};
                })
                .toArray(double[][]::new);
        return Table.of(rows, "even", "heavy", "mostly", "price");
    }

    private static NumberFeature feature(FittedRegressor fitted, String name) {
        List<Feature> all = fitted.preparation().list();
        return (NumberFeature) all.stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCurveIsStraightBetweenKnotsAndConstantBeyond() {
        NumberFeature.Curve curve = new NumberFeature.Curve(List.of(1.0, 2.0, 4.0), List.of(-1.0, 0.0, 5.0));

        assertThat(IntStream.of(-9, 1, 2, 3, 4, 99).mapToDouble(curve::of).toArray())
                .containsExactly(-1, -1, 0, 2.5, 5, 5);
        assertThat(curve.of(1.5)).isEqualTo(-0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NumberFeature.Curve(List.of(2.0, 2.0), List.of(0.0, 1.0)))
                .withMessageContaining("ascending");
    }

    /** Of a lognormal number of σ = 1.5, Φ⁻¹ of the share below x is near ln(x)/1.5: 400 rows leave 0.15. */
    @Test
    void aHeavyTailedNumberHasItsNormalQuantileBesideIt() {
        NumberFeature heavy = feature(FITTED, "heavy");

        assertThat(feature(FITTED, "even").curve()).isNull();
        assertThat(heavy.width()).isEqualTo(2);
        for (double x : new double[] {0.3, 1, 3}) {
            assertThat(heavy.curve().of(x)).isCloseTo(Math.log(x) / 1.5, within(0.15));
        }
        assertThat(few().curves(false).fit(AMOUNTS, "price").preparation().width())
                .isEqualTo(3);
    }

    /** arcsinh of the distance in units of the others' median, softly clipped at 3: at 0 nothing, at one unit asinh(1). */
    @Test
    void aNumberThatIsMostlyOneValueHasAnArcsinhBesideIt() {
        double[] others = java.util.Arrays.stream(((Numbers) AMOUNTS.column("mostly")).values())
                .filter(x -> x != 0)
                .sorted()
                .toArray();
        double unit = (others[(others.length - 1) / 2] + others[others.length / 2]) / 2;
        NumberFeature.Curve curve = feature(FITTED, "mostly").curve();
        double asinh = Math.log(1 + Math.sqrt(2));

        assertThat(curve.of(0)).isZero();
        assertThat(curve.of(unit))
                .isCloseTo(asinh / Math.hypot(1, asinh / 3), within(0.02)); // straight between 33 knots
        assertThat(curve.of(1e9)).isLessThan(3);
    }

    @Test
    void periodicFunctionsAndFactorsStandBeforeTheNetworkUnlessTheyAreLeftOut() {
        assertThat(FITTED.networks().get(0).text())
                .startsWith(
                        "chain(parallel(concat, columns(0, 5), columns(0, 2, periodic(2, 16, 3)), columns(3, 4, periodic(1, 16, 3))),"
                                + " scale(14, bias=false), chain(dense(14, 64, relu)");
        assertThat(few().periodic(0)
                        .inputRate(0)
                        .fit(AMOUNTS, "price")
                        .networks()
                        .get(0)
                        .text())
                .startsWith("chain(dense(5, 64, relu)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor().inputRate(Double.NaN))
                .withMessage("inputRate must be finite and not negative, but was NaN");
    }

    @Test
    void aNetworkOfFloat64HasInputsOfFloat64() {
        FittedRegressor fitted = few().network((in, out) -> f64(dense(in, out))).fit(AMOUNTS, "price");

        assertThat(fitted.networks().get(0).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(fitted.networks().get(0).text()).contains("periodic", "scale");
    }

    /** Of 30 columns only the first tells anything; the others' factors fall below its. */
    @Test
    void theFactorsOfColumnsThatTellLittleFade() {
        SplittableRandom random = new SplittableRandom(12);
        double[][] rows = IntStream.range(0, ROWS)
                .mapToObj(i -> IntStream.range(0, 31)
                        .mapToDouble(k -> random.nextDouble())
                        .toArray())
                .toArray(double[][]::new);
        for (double[] row : rows) {
            row[30] = Math.sin(6 * row[0]);
        }
        String[] names =
                IntStream.range(0, 31).mapToObj(k -> k < 30 ? "x" + k : "y").toArray(String[]::new);
        FittedRegressor fitted = few().periodic(0).epochs(100).fit(Table.of(rows, names), "y");

        float[] factors = fitted.networks()
                .get(0)
                .layers()
                .get(0)
                .trainables()
                .get(0)
                .values()
                .toFloatVector();
        double others = IntStream.range(1, 30)
                .mapToDouble(k -> Math.abs(factors[k]))
                .average()
                .orElseThrow();
        assertThat(Math.abs(factors[0])).isGreaterThan((float) (3 * others));
    }

    /** exp of the mean logarithm would be exp(−0.125) = 0.88 of the mean, for noise of deviation 0.5. */
    @Test
    void predictionsOfALogarithmAreMeans() {
        double[] predicted = FITTED.predict(AMOUNTS);
        double[] actual = ((Numbers) AMOUNTS.column("price")).values();
        double mean = java.util.Arrays.stream(predicted).sum()
                / java.util.Arrays.stream(actual).sum();

        assertThat(mean).isCloseTo(1, within(0.08)); // 400 lognormal rows
        assertThat(FITTED.interval(Map.of("even", 0.5, "heavy", 1, "mostly", 0), 0.9)
                        .low())
                .isNotNegative();
    }

    @Test
    void aNegativeTargetHasNoLogarithm() {
        Table table = Table.of(new double[][] {{1, 2}, {2, -1}, {3, 1}, {4, 2}, {5, 3}, {6, 2}}, "x", "y");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor().logTarget().fit(table, "y"))
                .withMessage("logTarget needs a target of at least 0, but y is as low as -1.0; omit logTarget");
    }

    @Test
    void aReportNamesTheLogarithmWhereItHelps() {
        SplittableRandom random = new SplittableRandom(13);
        double[][] rows = new double[ROWS][3];
        for (double[] row : rows) {
            row[0] = random.nextDouble();
            row[1] = Math.exp(6 * row[0] + random.nextGaussian());
            row[2] = row[0] + random.nextGaussian();
        }
        Regressor usual = regressor().networks(3).epochs(40);

        assertThat(usual.fit(Table.of(rows, "x", "price", "z"), "price")
                        .report()
                        .notes())
                .anyMatch(note -> note.contains("use logTarget(), or --log-target"));
        assertThat(usual.fit(Table.of(rows, "x", "price", "z"), "z").report().notes())
                .noneMatch(note -> note.contains("logTarget"));
    }

    @Test
    void filesAndTheSmallJarHaveAllOfIt() throws IOException {
        Path file = folder.resolve("amounts.flux4j");
        FITTED.save(file);

        assertThat(FittedRegressor.load(file).predict(AMOUNTS)).isEqualTo(FITTED.predict(AMOUNTS));
        Predictor predictor = Predictor.load(file);
        for (double heavy : new double[] {1e-3, 1, 7, 1e6}) {
            Map<String, Object> row = Map.of("even", 0.5, "heavy", heavy, "mostly", 0.25);
            assertThat(predictor.predict(row)).isCloseTo(FITTED.predict(row), within(FLOAT_SUM));
        }
    }

    @Test
    void goingOnIsTheSameAsOneTraining() {
        Regressor half = regressor().networks(2).epochs(6).patience(0).yardstick(false);
        FittedRegressor first = half.fit(AMOUNTS, "price");

        assertThat(half.epochs(12).resume(first, AMOUNTS, "price").predict(AMOUNTS))
                .isEqualTo(half.epochs(12).fit(AMOUNTS, "price").predict(AMOUNTS));
    }
}
