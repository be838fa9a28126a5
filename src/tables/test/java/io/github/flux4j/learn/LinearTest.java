package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.learn.Report.Equation;
import io.github.flux4j.learn.Report.Term;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linear()}: one model in closed form, which speaks the table's units. The oracles are the functions that made the tables. */
class LinearTest {

    private static final double EXACT =
            1e-9; // the least penalty is 1e-14 of the mean square, and the rest is rounding in Float64
    private static final double SUMS = 1e-12; // relative; a few Float64 products in another order
    private static final double FOUR_ERRORS = 4; // a fair estimate is further off once in 16,000
    private static final Regressor LINEAR = regressor().linear().yardstick(false);

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

    private static Table line(int rows) {
        return table("x,y", rows, i -> i + "," + (i + 1));
    }

    /** y = 3a − 2b + 0 for red, 1 for green, −1 for blue, and noise with a deviation of 0.01; half of the rows are red. */
    private static Table mixed() {
        SplittableRandom random = new SplittableRandom(1);
        String[] levels = {"red", "green", "red", "blue"};
        return table("a,b,colour,y", 400, i -> {
            double a = random.nextGaussian();
            double b = 10 + 5 * random.nextGaussian();
            int level = random.nextInt(4);
            double y = 3 * a - 2 * b + new double[] {0, 1, 0, -1}[level] + 0.01 * random.nextGaussian();
            return a + "," + b + "," + levels[level] + "," + y;
        });
    }

    private static Equation only(Fitted model) {
        assertThat(model.report().equations()).hasSize(1);
        return model.report().equations().get(0);
    }

    private static Term term(Equation equation, String name) {
        return equation.terms().stream()
                .filter(term -> term.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertEstimates(Term term, double truth) {
        assertThat(term.error()).isPositive();
        assertThat(term.estimate()).as(term.name()).isCloseTo(truth, within(FOUR_ERRORS * term.error()));
    }

    private static Map<String, Object> row(Table table, int row) {
        Map<String, Object> values = new HashMap<>();
        table.columns().forEach(column -> values.put(column.name(), column.isMissing(row) ? null : column.text(row)));
        return values;
    }

    @Test
    void theArticlesRowsHaveTheArticlesLine() {
        FittedRegressor model = LINEAR.fit(line(5), "y");
        Equation equation = only(model);
        assertThat(equation).hasToString("y = 1.0000 + 1.0000·x");
        assertThat(equation.constant().estimate()).isCloseTo(1, within(EXACT));
        assertThat(term(equation, "x").estimate()).isCloseTo(1, within(EXACT));
        assertThat(model.report()).asString().contains("y = 1.0000 + 1.0000·x");
        assertThat(model.networks()).hasSize(1);
    }

    @Test
    void coefficientsAreTheTruthButForTheirErrors() {
        FittedRegressor model = LINEAR.fit(mixed(), "y");
        Equation equation = only(model);
        assertThat(equation.terms())
                .extracting(Term::name)
                .containsExactlyInAnyOrder("a", "b", "(colour is blue)", "(colour is green)");
        assertEstimates(term(equation, "a"), 3);
        assertEstimates(term(equation, "b"), -2);
        assertEstimates(term(equation, "(colour is green)"), 1);
        assertEstimates(term(equation, "(colour is blue)"), -1);
        assertEstimates(equation.constant(), 0);
        assertThat(term(equation, "a").error())
                .isCloseTo(0.01 / Math.sqrt(400), within(1e-4)); // the deviation of a is 1
        assertThat(model.report().leftOut().get("rms")).isCloseTo(0.01, within(0.001)); // 1/√(2·400) is 4 %
    }

    /** Of 100 intervals of 95 %, fewer than 88 or none outside would come about once in 300. */
    @Test
    void intervalsOfACoefficientCoverTheTruthAsOftenAsTheySay() {
        int covered = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] x = new double[40][];
            double[] y = new double[40];
            for (int i = 0; i < y.length; i++) {
                x[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                y[i] = 5 * x[i][0] - 5 * x[i][1] + random.nextGaussian();
            }
            Term slope = term(only(LINEAR.fit(x, y)), "x1");
            covered += slope.low() <= 5 && 5 <= slope.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(88, 100);
    }

    @Test
    void anExplanationIsTheCoefficientTimesTheDistanceFromTheMean() throws IOException {
        Table rows = mixed().drop("colour");
        FittedRegressor model = LINEAR.fit(rows, "y");
        model.save(folder.resolve("line.flux4j"));
        for (int i : new int[] {0, 399}) {
            assertExplains(only(model), rows, i, model.explain(row(rows, i)));
            assertExplains(
                    only(model),
                    rows,
                    i,
                    Predictor.load(folder.resolve("line.flux4j")).explain(row(rows, i)));
        }
    }

    private static void assertExplains(Equation equation, Table rows, int i, Explanation why) {
        assertThat(why.values()).containsOnlyKeys("a", "b");
        why.values().forEach((column, value) -> {
            double[] numbers = ((Numbers) rows.column(column)).values();
            double mean = Arrays.stream(numbers).average().orElseThrow();
            assertThat(value)
                    .as(column)
                    .isCloseTo(term(equation, column).estimate() * (numbers[i] - mean), within(EXACT));
        });
    }

    @Test
    void aSavedLineSaysTheSameInPlainJavaAndLoadedAgain() throws IOException {
        Table rows = mixed();
        FittedRegressor model = LINEAR.fit(rows, "y");
        model.save(folder.resolve("line.flux4j"));
        FittedRegressor loaded = FittedRegressor.load(folder.resolve("line.flux4j"));
        Predictor plain = Predictor.load(folder.resolve("line.flux4j"));
        double[] expected = model.predict(rows);
        double[] again = loaded.predict(rows);
        assertThat(loaded.report().equations()).isEqualTo(model.report().equations());
        for (int i = 0; i < expected.length; i++) {
            double tolerance = SUMS * 100; // numbers up to 50, from products of up to 200
            assertThat(again[i]).isCloseTo(expected[i], within(tolerance));
            assertThat(model.predict(row(rows, i))).isCloseTo(expected[i], within(tolerance));
            assertThat(plain.predict(row(rows, i))).isCloseTo(expected[i], within(tolerance));
            assertThat(plain.interval(row(rows, i), 0.9))
                    .containsExactly(toArray(model.interval(row(rows, i), 0.9)), within(tolerance));
        }
    }

    private static double[] toArray(Interval interval) {
        return new double[] {interval.low(), interval.high()};
    }

    /** Log odds of 2a + 1 for yes. */
    @Test
    void ofTwoClassesTheEquationIsTheLogOddsOfTheSecond() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Table rows = table("a,colour,y", 500, i -> {
            double a = 2 * random.nextGaussian();
            double p = 1 / (1 + Math.exp(-2 * a - 1));
            return a + "," + (i % 3 == 0 ? "red" : "blue") + "," + (random.nextDouble() < p ? "yes" : "no");
        });
        FittedClassifier model = classifier().linear().yardstick(false).fit(rows, "y");
        model.save(folder.resolve("odds.flux4j"));
        Predictor plain = Predictor.load(folder.resolve("odds.flux4j"));
        Equation equation = only(model);
        assertThat(equation.of()).isEqualTo("log odds of yes");
        assertEstimates(term(equation, "a"), 2);
        assertEstimates(equation.constant(), 1);
        assertEstimates(term(equation, "(colour is red)"), 0);
        double[][] probabilities = model.probabilities(rows);
        for (int i = 0; i < rows.rows(); i++) {
            double red = rows.column("colour").text(i).equals("red") ? 1 : 0;
            double logOdds = equation.constant().estimate()
                    + term(equation, "a").estimate() * ((Numbers) rows.column("a")).value(i)
                    + term(equation, "(colour is red)").estimate() * red;
            double p = probabilities[i][model.classes().indexOf("yes")];
            assertThat(p).isCloseTo(Explanation.probability(logOdds), within(EXACT));
            assertThat(plain.probabilities(row(rows, i)).get("yes")).isCloseTo(p, within(SUMS));
        }
    }

    @Test
    void threeClassesHaveAnEquationEachWithoutErrors() {
        FittedClassifier iris = classifier().linear().yardstick(false).fit(RealData.IRIS, "species");
        assertThat(iris.report().equations())
                .extracting(Equation::of)
                .containsExactly("log odds of setosa", "log odds of versicolor", "log odds of virginica");
        assertThat(iris.report().equations().get(0).terms()).hasSize(4).allMatch(term -> Double.isNaN(term.error()));
        assertThat(iris.evaluate(RealData.IRIS).scores().get("accuracy")).isGreaterThan(0.95);
    }

    /** y = 2x, and 7 without an x. */
    @Test
    void aGapHasATermOfItsOwn() {
        Table rows = table("x,y", 60, i -> i % 5 == 0 ? ",7" : i + "," + 2 * i);
        FittedRegressor model = LINEAR.fit(rows, "y");
        Equation equation = only(model);
        double fill = ((NumberFeature) model.preparation().list().get(0)).missing();
        double gap = equation.constant().estimate()
                + term(equation, "x").estimate() * fill
                + term(equation, "(x is missing)").estimate();
        Map<String, Object> missing = new HashMap<>();
        missing.put("x", null);
        assertThat(term(equation, "x").estimate()).isCloseTo(2, within(EXACT));
        assertThat(model.predict(missing)).isCloseTo(7, within(1e-6)).isCloseTo(gap, within(EXACT));
    }

    /** Each Monday, so that the weekday is a constant; y is ten times the year. */
    @Test
    void aDatesSlopeIsByYears() {
        LocalDate monday = LocalDate.of(2018, 1, 1);
        Table rows = table("day,y", 200, i -> {
            LocalDate day = monday.plusWeeks(i);
            return day + "," + 10 * NumberFeature.years(day);
        });
        FittedRegressor model = LINEAR.fit(rows, "y");
        assertThat(term(only(model), "day").estimate()).isCloseTo(10, within(1e-6)); // years near 2020 have 13 digits
        assertThat(model.predict(Map.of("day", "2019-01-01"))).isCloseTo(20190, within(1e-4));
    }

    /** Half of the rows are on y = x + 1, each with a million times the weight of those that are on −x. */
    @Test
    void rowsCountByTheirWeights() {
        Table rows = table("x,w,y", 60, i -> i + (i % 2 == 0 ? ",1000," + (i + 1) : ",0.001," + -i));
        Equation equation = only(LINEAR.weights("w").fit(rows, "y"));
        assertThat(equation.terms()).extracting(Term::name).containsExactly("x");
        assertThat(term(equation, "x").estimate()).isCloseTo(1, within(1e-4));
        assertThat(equation.constant().estimate()).isCloseTo(1, within(1e-3));
    }

    /** y = x + 1 + 10 for every other customer, by whose name other rows of the same customer are exact, and those of an unseen one off by 5. */
    @Test
    void customersThatNoLineSawJudgeIt() {
        Table rows = table(
                "customer,name,x,y",
                120,
                i -> "c" + i / 6 + ",n" + i / 6 + "," + i % 17 + "," + (i % 17 + 1 + (i / 6 % 2 == 0 ? 10 : 0)));
        FittedRegressor model = LINEAR.groupedBy("customer").fit(rows, "y");
        assertThat(model.features()).containsExactly("name", "x");
        assertThat(model.report().leftOut().get("rms")).isBetween(4.5, 6.0); // a share's customers may be of one kind
        assertThat(LINEAR.drop("customer").fit(rows, "y").report().leftOut().get("rms"))
                .isLessThan(0.1);
    }

    @Test
    void rowsInAnOrderAreJudgedByLaterOnes() {
        Table rows = table("t,y", 100, i -> i + "," + (3 * i + i % 2));
        FittedRegressor model = LINEAR.orderedBy("t").fit(rows, "y");

        assertThat(model.report().leftOut().get("rms")).isCloseTo(0.5, within(0.05)); // of ±0.5
        assertThat(model.predict(Map.of("t", 200))).isCloseTo(600.5, within(0.5));
    }

    @Test
    void aLogarithmIsWhatTheEquationIsOf() {
        Table rows = table("x,y", 50, i -> i + "," + Math.expm1(0.1 * i + 1));
        FittedRegressor model = LINEAR.logTarget().fit(rows, "y");
        assertThat(only(model).of()).isEqualTo("ln(1 + y)");
        assertThat(term(only(model), "x").estimate()).isCloseTo(0.1, within(1e-6));
        assertThat(model.predict(Map.of("x", 30))).isCloseTo(Math.expm1(4), within(1e-3));
    }

    @Test
    void aLineHasNothingToGoOnWith() {
        FittedRegressor earlier = LINEAR.fit(line(20), "y");
        FittedRegressor resumed = LINEAR.epochs(200).resume(earlier, line(20), "y");
        assertThat(resumed.report().notes())
                .contains("training started anew: the earlier model is a line, which has no epochs");
        assertThat(resumed.report().equations()).isEqualTo(earlier.report().equations());
    }

    @Test
    void networksHaveNoEquation() {
        Regressor networks = regressor().with("line", "without").networks(2).epochs(2);
        assertThat(networks.yardstick(false).fit(line(30), "y").report().equations())
                .isEqualTo(List.of());
    }
}
