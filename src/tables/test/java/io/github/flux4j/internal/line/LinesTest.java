package io.github.flux4j.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.flux4j.table.Folds.RowSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear models against scikit-learn's: {@code lines.json}, and {@code lines.py} that wrote it, among the test resources; and against closed forms. */
class LinesTest {

    private static final Path NUMBERS = Path.of("src/tables/test/resources/io/github/flux4j/internal/line/lines.json");
    private static final int FOLDS = 5;

    private static final double ROUNDING = 1e-12; // a handful of Float64 operations on numbers near 1
    private static final double SUMS =
            1e-8; // Float64 sums of squares up to 1e4, of which a mean's square is subtracted
    private static final double STEPS =
            1e-4; // of a coefficient in units of its column: the steps end at slopes of 1e-6
    private static final double OF_DUAL = 1e-6; // relative; the solver adds 1e-10 to its diagonal

    /** A table, and what scikit-learn fits to it. */
    record Numbers(
            String name,
            double[][] numbers,
            int[] levels,
            double[] weights,
            double[][] targets,
            double penalty,
            double[] penaltyByOthers,
            double[][] coefficients,
            double[] constants,
            double[] heldOut) {

        @Override
        public String toString() {
            return name;
        }
    }

    record Classes(String name, double[][] numbers, int[] levels, double[][] targets, List<OfPenalty> models) {

        @Override
        public String toString() {
            return name;
        }
    }

    record OfPenalty(double penalty, double[][] coefficients, double[] constants) {}

    record All(List<Numbers> numbers, List<Classes> classes) {

        static All read() throws IOException {
            return new Gson().fromJson(Files.readString(NUMBERS), All.class);
        }
    }

    static Stream<Numbers> numbers() throws IOException {
        return All.read().numbers().stream();
    }

    static Stream<Classes> classes() throws IOException {
        return All.read().classes().stream();
    }

    private static LinearRows rows(double[]... numbers) {
        return rows(numbers, 0);
    }

    private static LinearRows rows(double[][] numbers, int kinds, int... levels) {
        int dense = numbers[0].length;
        return new LinearRows(
                numbers.length,
                IntStream.range(0, dense + kinds).toArray(),
                dense,
                Arrays.stream(numbers).flatMapToDouble(DoubleStream::of).toArray(),
                kinds == 0 ? 0 : 1,
                Arrays.stream(levels).map(level -> dense + level).toArray());
    }

    private static int kinds(int... levels) {
        return Arrays.stream(levels).max().orElseThrow() + 1;
    }

    private static double[][] upright(double... values) {
        return Arrays.stream(values).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
    }

    private static int[] every(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static List<RowSplit> folds(int rows) {
        return IntStream.range(0, FOLDS)
                .mapToObj(k -> new RowSplit(those(rows, i -> i % FOLDS != k), those(rows, i -> i % FOLDS == k)))
                .toList();
    }

    private static int[] those(int rows, IntPredicate wanted) {
        return IntStream.range(0, rows).filter(wanted).toArray();
    }

    private static Lines fit(LinearRows rows, boolean areClasses, double[]... targets) {
        return new Lines(rows, targets, null, areClasses, folds(rows.count()));
    }

    /** Judged by the rows that it learns from, so that the least penalty is the best. */
    private static Lines unpenalised(LinearRows rows, double... target) {
        int[] every = every(rows.count());
        return new Lines(rows, new double[][] {target}, null, false, List.of(new RowSplit(every, every)));
    }

    private static void assertFinite(Lines lines) {
        assertFinite(lines.all().constants());
        assertFinite(Arrays.stream(lines.all().weights())
                .flatMapToDouble(DoubleStream::of)
                .toArray());
        for (int k = 0; k < FOLDS; k++) {
            assertFinite(lines.heldOut(k));
        }
        assertFinite(lines.meanError());
    }

    private static void assertFinite(double... values) {
        assertThat(Arrays.stream(values).filter(value -> !Double.isFinite(value)))
                .isEmpty();
    }

    /** By hand: x is 0, 1, 2 and y = x, so variance and covariance are 2/3, and the slope is 1/(1 + λ); the line passes through (1, 1). */
    @Test
    void ridgeOfThreeRowsIsThatWorkedByHand() {
        LinearRows rows = rows(upright(0, 1, 2));
        Moments moments = Moments.of(rows, new double[][] {{0, 1, 2}}, null, every(3));
        double[] units = rows.units(null);
        assertThat(units[0]).isCloseTo(Math.sqrt(2 / 3.0), within(ROUNDING));
        Line half = moments.solved(1, units);
        assertThat(half.weights()[0]).containsExactly(new double[] {0.5}, within(ROUNDING));
        assertThat(half.constants()).containsExactly(new double[] {0.5}, within(ROUNDING));
        Line quarter = moments.solved(3, units);
        assertThat(quarter.weights()[0]).containsExactly(new double[] {0.25}, within(ROUNDING));
        assertThat(quarter.outputs(rows, 0, 2)).containsExactly(new double[] {0.75, 1.25}, within(ROUNDING));
    }

    /** By hand: means of 1 for level 0 and of 5 for level 1; the variance of each 0/1 is 1/4. */
    @Test
    void levelsOfATextAreZerosAndOnes() {
        LinearRows rows = rows(new double[4][0], 2, 0, 0, 1, 1);
        Line line =
                Moments.of(rows, new double[][] {{0, 2, 4, 6}}, null, every(4)).solved(0.5, rows.units(null));
        assertThat(line.weights()[0]).containsExactly(new double[] {-1, 1}, within(ROUNDING));
        assertThat(line.constants()[0]).isCloseTo(3, within(ROUNDING));
    }

    @Test
    void aRowOfWeightTwoCountsAsTwoRows() {
        double[][] once = upright(0, 1, 5);
        double[][] twice = upright(0, 1, 1, 5);
        double[] weights = {1, 2, 1};
        assertThat(rows(once).units(weights)).containsExactly(rows(twice).units(null), within(ROUNDING));
        double[] units = rows(once).units(weights);
        Line weighted = Moments.of(rows(once), new double[][] {{1, 4, 2}}, weights, every(3))
                .solved(0.1, units);
        Line repeated = Moments.of(rows(twice), new double[][] {{1, 4, 4, 2}}, null, every(4))
                .solved(0.1, units);
        assertThat(weighted.weights()[0]).containsExactly(repeated.weights()[0], within(ROUNDING));
        assertThat(weighted.constants()).containsExactly(repeated.constants(), within(ROUNDING));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void coefficientsAndPenaltyOfNumbersAreThoseOfScikitLearnsRidge(Numbers table) {
        LinearRows rows = rows(table.numbers(), kinds(table.levels()), table.levels());
        Lines lines = new Lines(rows, table.targets(), table.weights(), false, folds(rows.count()));
        assertThat(lines.lambda()).isEqualTo(table.penalty());
        assertThat(lines.all().weights()[0]).containsExactly(table.coefficients()[0], within(SUMS));
        assertThat(lines.all().constants()[0]).isCloseTo(table.constants()[0], within(100 * SUMS)); // means of 100
    }

    /** The penalty of a held-out row's line is the best for the rows of the other folds, which here is often another. */
    @ParameterizedTest
    @MethodSource("numbers")
    void noRowChoosesThePenaltyOfItsOwnPrediction(Numbers table) {
        LinearRows rows = rows(table.numbers(), kinds(table.levels()), table.levels());
        Lines lines = new Lines(rows, table.targets(), table.weights(), false, folds(rows.count()));
        assertThat(Arrays.stream(table.penaltyByOthers())).anyMatch(penalty -> penalty != table.penalty());
        for (int k = 0; k < FOLDS; k++) {
            double[] expected = Arrays.stream(folds(rows.count()).get(k).test())
                    .mapToDouble(row -> table.heldOut()[row])
                    .toArray();
            assertThat(lines.heldOut(k)).as("fold %s", k).containsExactly(expected, within(SUMS));
        }
    }

    /** Of two classes all outputs together are scikit-learn's one; of three, which all may move together, what an output is above their mean. */
    @ParameterizedTest
    @MethodSource("classes")
    void coefficientsOfClassesAreThoseOfScikitLearnsLogisticRegression(Classes table) {
        LinearRows rows = rows(table.numbers(), kinds(table.levels()), table.levels());
        Lines lines = fit(rows, true, table.targets());
        OfPenalty same = table.models().stream()
                .filter(model -> model.penalty() == lines.lambda())
                .findFirst()
                .orElseThrow();
        double[] units = rows.units(null);
        Line line = lines.all();
        boolean areTwo = table.targets().length == 2;
        for (int k = 0; k < same.constants().length; k++) {
            for (int j = 0; j < units.length; j++) {
                double weight = areTwo ? line.weights()[1][j] - line.weights()[0][j] : line.weights()[k][j];
                assertThat(weight * units[j]).isCloseTo(same.coefficients()[k][j] * units[j], within(STEPS));
            }
        }
        double[] expected = outputs(same, rows, table.numbers().length);
        double[] all = line.outputs(rows, every(rows.count()));
        int outputs = table.targets().length;
        for (int i = 0; i < rows.count(); i++) {
            double[] row = Arrays.copyOfRange(all, i * outputs, (i + 1) * outputs);
            double[] theirs = areTwo
                    ? new double[] {-expected[i] / 2, expected[i] / 2}
                    : Arrays.copyOfRange(expected, i * outputs, (i + 1) * outputs);
            assertThat(centred(row)).containsExactly(centred(theirs), within(10 * STEPS)); // of six terms up to 3 units
        }
    }

    private static double[] outputs(OfPenalty model, LinearRows rows, int count) {
        return new Line(model.coefficients(), model.constants()).outputs(rows, every(count));
    }

    private static double[] centred(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(value -> value - mean).toArray();
    }

    /** By hand, x from 1 to 6: the slope is 16.9/17.5, the squares left are 16.42 − 16.9²/17.5, of 4 degrees of freedom. */
    @Test
    void standardErrorsAreThoseOfLeastSquaresInTheTextbook() {
        LinearRows rows = rows(upright(1, 2, 3, 4, 5, 6));
        Lines lines = unpenalised(rows, 1.1, 1.9, 3.2, 3.9, 5.1, 5.8);
        double variance = (16.42 - 16.9 * 16.9 / 17.5) / 4;
        assertThat(lines.all().weights()[0][0]).isCloseTo(16.9 / 17.5, within(SUMS));
        assertThat(lines.freedom()).isCloseTo(4, within(SUMS));
        assertThat(lines.error(1)).isCloseTo(Math.sqrt(variance / 17.5), within(SUMS));
        assertThat(lines.errorAt(0)).isCloseTo(Math.sqrt(variance * (1 / 6.0 + 3.5 * 3.5 / 17.5)), within(SUMS));
        assertThat(lines.errorAt(3.5)).isCloseTo(Math.sqrt(variance / 6), within(SUMS));
    }

    /** (Z·Zᵀ + n·λ·I)a = y, w = Zᵀ·a, by the LU decomposition of Commons Math; Z are standardised columns. */
    @Test
    void moreTermsThanRowsHaveTheDualSolution() {
        int count = 80;
        int size = 300;
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[count][size];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < size; j++) {
                x[i][j] = random.nextDouble(-1, 1) * (1 + j % 3) + j % 2; // centred roughly, as by a preparation
            }
            y[i] = 2 * x[i][0] - x[i][1] + random.nextDouble();
        }
        LinearRows rows = rows(x);
        Lines lines = fit(rows, false, y);
        double[] units = rows.units(null);
        double[] means = IntStream.range(0, size)
                .mapToDouble(j ->
                        Arrays.stream(x).mapToDouble(row -> row[j]).average().orElseThrow())
                .toArray();
        RealMatrix z = new Array2DRowRealMatrix(count, size);
        IntStream.range(0, count * size)
                .forEach(at -> z.setEntry(
                        at / size, at % size, (x[at / size][at % size] - means[at % size]) / units[at % size]));
        double mean = Arrays.stream(y).average().orElseThrow();
        RealMatrix dual = z.multiply(z.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(count).scalarMultiply(count * lines.lambda()));
        RealVector solved = new LUDecomposition(dual).getSolver().solve(new ArrayRealVector(y).mapSubtract(mean));
        double[] expected = z.transpose().operate(solved).toArray();
        double most = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double[] weights = IntStream.range(0, size)
                .mapToDouble(j -> lines.all().weights()[0][j] * units[j])
                .toArray();
        assertThat(lines.lambda()).isGreaterThan(1e-9);
        assertThat(weights).containsExactly(expected, within(OF_DUAL * most));
        assertThat(lines.error(new double[size])).isNaN();
    }

    /** The closed form is the oracle of the steps. */
    @Test
    void stepsEndWhereTheClosedFormIs() throws IOException {
        Numbers table = All.read().numbers().get(0);
        LinearRows rows = rows(table.numbers(), kinds(table.levels()), table.levels());
        int[] every = every(rows.count());
        double[] units = rows.units(null);
        Line closed = Moments.of(rows, table.targets(), null, every).solved(0.01, units);
        Line steps = new PenalisedLoss(rows, table.targets(), null, every, units, false, 0.01)
                .minimised(1000, 1e-6, new double[units.length + 1]);
        for (int j = 0; j < units.length; j++) {
            assertThat(steps.weights()[0][j] * units[j]).isCloseTo(closed.weights()[0][j] * units[j], within(STEPS));
        }
        assertThat(steps.outputs(rows, every)).containsExactly(closed.outputs(rows, every), within(10 * STEPS));
    }

    /** y = 2·a + 1, the column a twice, beside a constant, the mean of which is rounded. */
    @Test
    void equalColumnsAndAConstantOneAreFinite() {
        double[][] x = IntStream.range(0, 30)
                .mapToObj(i -> new double[] {i % 11, i % 11, 7})
                .toArray(double[][]::new);
        double[] y = Arrays.stream(x).mapToDouble(row -> 2 * row[0] + 1).toArray();
        Lines lines = fit(rows(x), false, y);
        assertFinite(lines);
        double[] weights = lines.all().weights()[0];
        assertThat(weights[2]).isZero();
        assertThat(weights[0] + weights[1]).isCloseTo(2, within(1e-4)); // of the penalties from 1e-6 on
        assertThat(lines.error(1, 0, 0)).isFinite();
        double[] odds = Arrays.stream(x).mapToDouble(row -> row[0] > 4 ? 1 : 0).toArray();
        double[] others = Arrays.stream(odds).map(one -> 1 - one).toArray();
        assertFinite(fit(rows(x), true, others, odds));
    }

    @Test
    void separableClassesAreFinite() {
        double[][] x = IntStream.range(0, 30).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        double[][] two = {targets(30, i -> i < 15), targets(30, i -> i >= 15)};
        Lines ofTwo = fit(rows(x), true, two);
        assertFinite(ofTwo);
        assertThat(ofTwo.error(1)).isFinite();
        double[][] three = {
            targets(30, i -> i < 10), targets(30, i -> i >= 10 && i < 20), targets(30, i -> i >= 20),
        };
        assertFinite(fit(rows(x), true, three));
    }

    private static double[] targets(int rows, IntPredicate is) {
        return IntStream.range(0, rows).mapToDouble(i -> is.test(i) ? 1 : 0).toArray();
    }

    @Test
    void aConstantTargetIsAConstant() {
        double[][] x = IntStream.range(0, 30).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        Lines lines = fit(rows(x), false, new double[30]);
        assertFinite(lines);
        assertThat(lines.all().weights()[0][0]).isZero();
    }
}
