package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.learningCurve;
import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.tune;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that belong together, in tables made for it: what a fit says of itself against what is so on rows of the same kind that it never saw. */
class DivisionTest {

    private static final int CUSTOMERS = 80;

    /** Of an error by 80 groups, whose effects alone vary it by 8 %; the rest is the networks' own. */
    private static final double NEAR = 0.25;

    private static final Table VISITS = visits(1, CUSTOMERS);
    private static final Regressor QUICK =
            regressor().networks(5).epochs(60).network("dense(64, relu), dense").rule(adam(0.01));

    /** Ten rows a customer: five columns that are constant for each, one that isn't, and an effect of the customer's own of deviation 2. */
    private static Table visits(long seed, int customers) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 10 * customers;
        double[][] cells = new double[7][rows];
        String[] names = new String[rows];
        for (int customer = 0; customer < customers; customer++) {
            double[] constant = random.doubles(5).toArray();
            double effect = 2 * random.nextGaussian();
            for (int row = 10 * customer; row < 10 * customer + 10; row++) {
                for (int k = 0; k < 5; k++) {
                    cells[k][row] = constant[k];
                }
                cells[5][row] = random.nextDouble();
                cells[6][row] = effect + cells[5][row] + 0.3 * random.nextGaussian();
                names[row] = "customer " + customer;
            }
        }
        return Table.of(
                Texts.of("customer", Arrays.asList(names)),
                Numbers.of("age", cells[0]),
                Numbers.of("income", cells[1]),
                Numbers.of("size", cells[2]),
                Numbers.of("since", cells[3]),
                Numbers.of("far", cells[4]),
                Numbers.of("x", cells[5]),
                Numbers.of("spent", cells[6]));
    }

    private static double rms(FittedRegressor model, Table fresh, String target) {
        return Metrics.RMS.of(((Numbers) fresh.column(target)).values(), model.predict(fresh));
    }

    @Test
    void byGroupsTheReportedErrorIsThatOfNewCustomers() {
        FittedRegressor model = QUICK.groupedBy("customer").fit(VISITS, "spent");
        Table fresh = visits(2, 300);

        double reported = model.report().leftOut().get("rms");
        assertThat(reported / rms(model, fresh, "spent")).isCloseTo(1, within(NEAR));
        assertThat(model.features()).doesNotContain("customer").contains("age");
        assertThat(model.report().training().division())
                .isEqualTo("held out by customer: each of its 80 groups as a whole");
        assertThat(model.report().data().columns()).containsEntry("customer", "groups, held out whole");
        assertThat(model.report().settings()).containsEntry("groupedBy", "customer");
        assertThat(model.report().quality().yardsticks().get("rms"))
                .as("ridge by the same division")
                .isGreaterThan(1.5);
    }

    @Test
    void withoutGroupsItIsFarTooGood() {
        FittedRegressor model = QUICK.fit(VISITS.drop("customer"), "spent");

        assertThat(model.report().leftOut().get("rms")).isLessThan(0.7 * rms(model, visits(2, 300), "spent"));
    }

    /** A level that wanders, a row a day, in shuffled order. */
    private static Table days(long seed, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = Shuffle.permutation(days, random);
        double[] level = new double[days];
        for (int day = 1; day < days; day++) {
            level[day] = level[day - 1] + 0.5 * random.nextGaussian();
        }
        return Table.of(
                Numbers.of("day", IntStream.of(order).asDoubleStream().toArray()),
                Numbers.of("x", IntStream.of(order).mapToDouble(day -> day % 7).toArray()),
                Numbers.of(
                        "sold",
                        IntStream.of(order).mapToDouble(day -> level[day]).toArray()));
    }

    @Test
    void inTimeLaterRowsAreHeldOutAndTheModelLearnsFromAll() {
        Table table = days(3, 300);
        FittedRegressor byChance = QUICK.fit(table, "sold");
        FittedRegressor inTime = QUICK.orderedBy("day").fit(table, "sold");

        assertThat(inTime.report().leftOut().get("rms"))
                .isGreaterThan(1.2 * byChance.report().leftOut().get("rms"));
        assertThat(inTime.report().training().division())
                .isEqualTo(
                        "held out in the order of day: the last 150 of 300 rows in 5 blocks, each predicted from the rows before"
                                + "; the model then trained on all rows");
        assertThat(inTime.features()).contains("day");
        assertThat(inTime.networks()).hasSize(5);
        assertThat(List.of(inTime.intervals(table, 0.9))).allMatch(bounds -> bounds[0] <= bounds[1]);
        assertThat(inTime.report().unseen().importance().columns()).hasSize(2);
    }

    @Test
    void theModelOfAllRowsKnowsTheLastOnes() {
        Table table = days(3, 300);
        int[] last = IntStream.range(0, 300)
                .filter(row -> ((Numbers) table.column("day")).value(row) >= 270)
                .toArray();
        FittedRegressor inTime = QUICK.orderedBy("day").patience(0).fit(table, "sold");
        double heldOut = inTime.report().leftOut().get("rms");

        assertThat(rms(inTime, table.rows(last), "sold")).isLessThan(heldOut);
    }

    @Test
    void theSameDataGiveTheSameModelAndOneThatGoesOnIsTheSame() {
        Table table = days(3, 120);
        Regressor ten = QUICK.networks(2).orderedBy("day").patience(0);
        FittedRegressor whole = ten.epochs(10).fit(table, "sold");
        FittedRegressor half = ten.epochs(5).fit(table, "sold");

        assertThat(ten.epochs(10).resume(half, table, "sold").predict(table)).isEqualTo(whole.predict(table));
    }

    @Test
    void foldsFollowTheEstimator() {
        Regressor quick = regressor().networks(2).epochs(3).patience(0).yardstick(false);
        Evaluation grouped = crossValidate(quick.groupedBy("customer"), VISITS, "spent");

        assertThat(grouped.predictions().rows())
                .isEqualTo(crossValidate(quick, VISITS, "spent", kfold(5).groupedBy("customer"))
                        .predictions()
                        .rows());
        assertThat(crossValidate(quick.orderedBy("age"), VISITS, "spent")
                        .predictions()
                        .rows())
                .isEqualTo(crossValidate(quick, VISITS, "spent", kfold(5).orderedBy("age"))
                        .predictions()
                        .rows());
        assertThat(learningCurve(quick.groupedBy("customer"), VISITS, "spent", Metrics.RMS, 1)
                        .points()
                        .get(0)
                        .rows())
                .isEqualTo(640); // of 80 customers 64
        assertThat(tune(quick.groupedBy("customer")).folds).isEqualTo(kfold(5).groupedBy("customer"));
        assertThat(grouped.toString()).contains("5 folds by customer, ");
        assertThat(quick.orderedBy("age").folds(3)).isEqualTo(kfold(3).orderedBy("age"));
        assertThat(tune(classifier()).folds).isEqualTo(kfold(5).stratified());
    }

    @Test
    void aClassifierHoldsOutWholeGroups() {
        Table table = Table.of(
                VISITS.column("customer"),
                VISITS.column("age"),
                VISITS.column("income"),
                VISITS.column("size"),
                VISITS.column("since"),
                VISITS.column("far"),
                VISITS.column("x"), // or else all rows of a customer were copies
                Texts.of(
                        "kind",
                        IntStream.range(0, VISITS.rows())
                                .mapToObj(row -> new SplittableRandom(row / 10).nextBoolean() ? "a" : "b")
                                .toList())); // of the customer alone, by chance
        Classifier quick = classifier()
                .networks(5)
                .epochs(60)
                .network("dense(64, relu), dense")
                .rule(adam(0.01))
                .yardstick(false);

        double known =
                quick.fit(table.drop("customer"), "kind").report().leftOut().get("accuracy");
        Report report = quick.groupedBy("customer").fit(table, "kind").report();
        assertThat(known).isGreaterThan(0.75);
        assertThat(report.leftOut().get("accuracy")).as("as if by a coin").isCloseTo(0.5, within(0.15));
    }

    @Test
    void copiesOfARowAreHeldOutTogether() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] rows = IntStream.range(0, 100)
                .mapToObj(row -> random.doubles(5).toArray())
                .toArray(double[][]::new);
        double[][] copied =
                IntStream.range(0, 400).mapToObj(row -> rows[row % 100]).toArray(double[][]::new);
        FittedRegressor model = QUICK.fit(Table.of(copied, "a", "b", "c", "d", "y"), "y");

        assertThat(model.report().leftOut().get("r2"))
                .as("there is nothing to learn")
                .isLessThan(0.02);
        assertThat(model.report().training().division())
                .isEqualTo("300 rows are copies of others and are held out with them");
    }

    @Test
    void customersAreNamedWithTheErrorForNewOnes() {
        List<String> notes = QUICK.fit(VISITS, "spent").report().notes();

        assertThat(notes)
                .singleElement()
                .asString()
                .matches(
                        "rows of one customer are alike: rms is [12]\\.\\d+ where customer is new, and 0\\.\\d+ for the same"
                                + " rows held out at random; if you predict new ones, use groupedBy\\(\"customer\"\\), or --group customer");
        assertThat(QUICK.fit(VISITS.drop("customer"), "spent").report().notes())
                .as("a column that is constant for each tells it as well")
                .singleElement()
                .asString()
                .contains("rows of one age are alike");
        assertThat(QUICK.groupedBy("customer").fit(VISITS, "spent").report().notes())
                .isEmpty();
    }

    /** Of a few paths, some come back to where they were: the error isn't worse for these. */
    @Test
    void timeIsNamedWithTheErrorForLaterRows() {
        Regressor longer = QUICK.epochs(150).yardstick(true);
        List<String> notes = IntStream.rangeClosed(1, 6)
                .mapToObj(seed ->
                        longer.fit(inOrder(days(seed, 300)), "sold").report().notes())
                .flatMap(List::stream)
                .toList();

        assertThat(notes)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(note -> note.startsWith("rows near each other in day are alike: rms is ")
                        && note.endsWith("if you predict later ones, use orderedBy(\"day\"), or --time day"));
    }

    private static Table inOrder(Table days) {
        Numbers day = (Numbers) days.column("day");
        return days.drop("x")
                .rows(IntStream.range(0, days.rows())
                        .boxed()
                        .sorted(Comparator.comparing(day::value))
                        .mapToInt(row -> row)
                        .toArray());
    }

    @Test
    void ofRowsThatAreEachTheirOwnNothingIsSaid() {
        SplittableRandom random = new SplittableRandom(7);
        int[] kind = random.ints(400, 0, 40).toArray();
        double[] x = random.doubles(400).toArray();
        Table table = Table.of(
                Numbers.of(
                        "kind", IntStream.of(kind).asDoubleStream().toArray()), // ten rows each, but nothing in common
                Numbers.of("day", IntStream.range(0, 400).asDoubleStream().toArray()),
                Numbers.of("x", x),
                Numbers.of(
                        "y",
                        IntStream.range(0, 400)
                                .mapToDouble(row -> Math.sin(kind[row] / 10.0) + x[row] + 0.2 * random.nextGaussian())
                                .toArray()));

        assertThat(QUICK.fit(table, "y").report().notes()).isEmpty();
    }

    @Test
    void rowsThatAreAlikeByChanceAreNot() {
        SplittableRandom random = new SplittableRandom(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < 400; row++) {
            boolean a = random.nextBoolean();
            boolean b = random.nextBoolean();
            rows.add(Map.of("a", a, "b", b, "y", (a != b) == random.nextInt(10) > 0));
        }
        Report report =
                classifier().networks(5).epochs(40).fit(Table.ofMaps(rows), "y").report();

        assertThat(report.training().division()).isEmpty();
        assertThat(report.leftOut().get("accuracy"))
                .as("of 0.9 that can be had")
                .isGreaterThan(0.85);
    }

    @Test
    void theDivisionIsKeptByTextAndFile(@TempDir Path folder) throws Exception {
        Regressor told = QUICK.groupedBy("customer").orderedBy("x");
        assertThat(Estimator.parse(told.text()).toString()).isEqualTo(told.toString());
        assertThat(told.toString()).contains(".groupedBy(customer).orderedBy(x)");

        FittedRegressor model = told.epochs(3).fit(VISITS, "spent");
        Path file = folder.resolve("visits.flux4j");
        model.save(file);
        FittedRegressor read = FittedRegressor.load(file);
        assertThat(read.report().training().division())
                .isEqualTo(model.report().training().division())
                .startsWith("held out in the order of x, each customer as a whole at its latest: the last ");
        assertThat(read.report().settings()).containsEntry("orderedBy", "x");
        assertThat(read.intervals(VISITS, 0.9)).isDeepEqualTo(model.intervals(VISITS, 0.9));
    }

    @Test
    void rowsWithoutAGroupOrATimeAreDropped() {
        String[] groups = IntStream.range(0, 40)
                .mapToObj(row -> row == 0 ? null : "g" + row / 4)
                .toArray(String[]::new);
        double[] times = IntStream.range(0, 40)
                .mapToDouble(row -> row == 39 ? Double.NaN : row)
                .toArray();
        double[] numbers = new SplittableRandom(6).doubles(40).toArray();
        Table table = Table.of(
                Texts.of("g", Arrays.asList(groups)),
                Numbers.of("t", times),
                Numbers.of("x", numbers),
                Numbers.of("y", times.clone())
                        .rows(IntStream.range(0, 40)
                                .map(row -> Math.min(row, 38))
                                .toArray()));
        Regressor quick = regressor().epochs(2).groupedBy("g").orderedBy("t");

        assertThat(quick.fit(table, "y").report().data().rowsLeftOut())
                .containsExactly(Map.entry("without g", 1), Map.entry("without t", 1));
        assertThat(crossValidate(quick, table, "y").rowsLeftOut()).isEqualTo(2);
    }

    @Test
    void refusesWhatCantBeDivided() {
        Table table = Table.of(
                Texts.of("same", IntStream.range(0, 20).mapToObj(row -> "a").toList()),
                Texts.of(
                        "text",
                        IntStream.range(0, 20).mapToObj(row -> "t" + row).toList()),
                Numbers.of("one", new double[20]),
                Numbers.of("x", new SplittableRandom(1).doubles(20).toArray()),
                Numbers.of("y", new SplittableRandom(2).doubles(20).toArray()));
        assertRefused(
                () -> regressor().groupedBy("same").fit(table, "y"),
                "needs two groups or more, but all rows have the same same");
        assertRefused(() -> regressor().groupedBy("sam").fit(table, "y"), "no column named sam; the nearest are same");
        assertRefused(
                () -> regressor().groupedBy("y").fit(table, "y"),
                "y can't be the target and also the weights, groups or order");
        assertRefused(
                () -> regressor().orderedBy("text").fit(table, "y"),
                "order of time needs a column of numbers or dates, but text is text");
        assertRefused(() -> regressor().orderedBy("one").fit(table, "y"), "all rows have the same time");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
