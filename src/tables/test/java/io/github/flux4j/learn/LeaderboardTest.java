package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.learn.Evaluation.Leaderboard;
import io.github.flux4j.learn.Evaluation.Leaderboard.Entry;
import io.github.flux4j.learn.Evaluation.OutOfFold;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several candidates by the same folds. */
class LeaderboardTest {

    private static final double SUM = 1e-9; // of a few hundred doubles, in another order
    private static final int FOLDS = 5;

    private static final Regressor QUICK =
            regressor().networks(1).epochs(10).patience(4).yardstick(false).seed(3);

    /** y is x² and some noise, which a line can't follow; the shop says nothing and no two rows share it. */
    private static final Table CURVE = curve(60);

    private static Table curve(int rows) {
        SplittableRandom random = new SplittableRandom(5);
        double[] x = random.doubles(rows, -2, 2).toArray();
        double[] y = Arrays.stream(x)
                .map(each -> each * each + 0.1 * random.nextDouble())
                .toArray();
        List<String> shops = IntStream.range(0, rows).mapToObj(i -> "s" + i).toList();
        return Table.of(Numbers.of("x", x), Texts.of("shop", shops), Numbers.of("y", y));
    }

    private static final Leaderboard FOUND =
            Learn.leaderboard(QUICK, CURVE, "y", Duration.ofMinutes(5), Map.of("truth", new Truth()), name -> {});

    /** A model that knows how the table was made. */
    private record Truth() implements Contender {
        @Override
        public Model fit(Table rows, String target, List<String> classes, long seed) {
            assertThat(rows.names()).containsExactly("x", "y");
            assertThat(classes).isEmpty();
            return new Model() {
                @Override
                public double[][] predict(Table table) {
                    return Arrays.stream(((Numbers) table.column("x")).values())
                            .mapToObj(x -> new double[] {x * x + 0.05})
                            .toArray(double[][]::new);
                }

                @Override
                public long bytes() {
                    return 8;
                }
            };
        }
    }

    private static Entry entry(String name) {
        return FOUND.entries().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Oracle: crossValidate, which has the same folds and seeds. */
    @Test
    void theErrorIsThatOfCrossValidation() {
        Evaluation expected = crossValidate(QUICK, CURVE, "y", Metrics.RMS);
        assertThat(entry("default").evaluation().perFold(Metrics.RMS)).isEqualTo(expected.perFold(Metrics.RMS));
        assertThat(entry("default").error()).isCloseTo(expected.mean(Metrics.RMS), within(SUM));
        assertThat(entry("default").error())
                .isBetween(entry("default").low(), entry("default").high());
    }

    /** Oracle: crossValidate of the same table, whose folds have the table's own row numbers. */
    @Test
    void itsFoldsAreOfTheGivenTablesRowsThoughSomeHaveNoTarget() {
        double[] y = ((Numbers) CURVE.column("y")).values();
        y[0] = Double.NaN;
        Table gap = Tables.with(CURVE.drop("y"), Numbers.of("y", y));
        Evaluation found = Learn.leaderboard(QUICK, gap, "y", Duration.ZERO, Map.of(), name -> {})
                .winner()
                .evaluation();
        Evaluation expected = crossValidate(QUICK, gap, "y", Metrics.RMS);
        assertThat(found.predictions().rows()).isEqualTo(expected.predictions().rows());
        assertThat(found.rowsLeftOut()).isEqualTo(1);
    }

    @Test
    void theFirstLineSaysThatAnothersModelDoesBetter() {
        assertThat(FOUND.entries()).extracting(Entry::error).isSorted();
        assertThat(FOUND.toString()).startsWith("truth does better than ours: its root mean square error is lower by ");
        assertThat(FOUND.winner()).isEqualTo(FOUND.entries().get(1));
        assertThat(FOUND.entries())
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("truth", "linear", "small", "default", "wide", "tuned", "average");
    }

    /**
     * Oracle: a second implementation of the greedy selection, over predictions by row. Of each fold it sees the other folds' rows alone, so what
     * judges the average didn't choose it.
     */
    @Test
    void theAveragesErrorInAFoldHasTheWeightsThatTheOtherFoldsChoose() {
        List<OutOfFold> members = List.of("small", "default", "wide").stream()
                .map(name -> entry(name).evaluation().predictions())
                .toList();
        OutOfFold average = entry("average").evaluation().predictions();
        int[] folds = average.folds();
        for (int fold = 0; fold < FOLDS; fold++) {
            int judged = fold;
            List<Integer> picks = picks(members, fold);
            for (int i : IntStream.range(0, folds.length)
                    .filter(i -> folds[i] == judged)
                    .toArray()) {
                double mean = picks.stream()
                        .mapToDouble(member -> members.get(member).predictions()[i][0])
                        .average()
                        .orElseThrow();
                assertThat(average.predictions()[i][0]).isCloseTo(mean, within(SUM));
            }
        }
    }

    private static List<Integer> picks(List<OutOfFold> members, int without) {
        List<Integer> picks = new ArrayList<>();
        List<Integer> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 20; round++) {
            double[] errors = IntStream.range(0, members.size())
                    .mapToDouble(next -> {
                        List<Integer> tried = new ArrayList<>(picks);
                        tried.add(next);
                        return error(members, tried, without);
                    })
                    .toArray();
            int chosen = IntStream.range(0, errors.length)
                    .reduce(0, (one, other) -> errors[other] < errors[one] ? other : one);
            picks.add(chosen);
            if (errors[chosen] < least) {
                least = errors[chosen];
                best = List.copyOf(picks);
            }
        }
        return best;
    }

    private static double error(List<OutOfFold> members, List<Integer> picks, int without) {
        OutOfFold any = members.get(0);
        Map<Integer, List<Double>> squares = IntStream.range(0, any.rows().length)
                .filter(i -> any.folds()[i] != without)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> any.folds()[i],
                        Collectors.mapping(
                                i -> Math.pow(
                                        picks.stream()
                                                        .mapToDouble(m ->
                                                                members.get(m).predictions()[i][0])
                                                        .average()
                                                        .orElseThrow()
                                                - any.targets()[i],
                                        2),
                                Collectors.toList())));
        return squares.values().stream()
                .mapToDouble(fold -> Math.sqrt(
                        fold.stream().mapToDouble(square -> square).average().orElseThrow()))
                .sum();
    }

    @Test
    void theWinnerIsFittedToAllRowsAndSaysWhomItBeat(@TempDir Path folder) throws Exception {
        assertThat(FOUND.fitted().report().data().rows()).isEqualTo(CURVE.rows());
        FOUND.fitted().save(folder.resolve("best.flux4j"));
        Fitted read = Fitted.load(folder.resolve("best.flux4j"));
        assertThat(read.report().notes()).contains(FOUND.verdict());
        assertThat(read.card("").lines().filter(line -> line.startsWith("Candidates on the same folds, rms ")))
                .singleElement()
                .asString()
                .contains("truth ", "average ", "tuned ", " s to fit, ", " kB; ");
        double[] expected = ((FittedRegressor) read).predict(CURVE);
        double plain = Predictor.load(folder.resolve("best.flux4j"))
                .predict(Map.of("x", CURVE.column("x").text(0)));
        assertThat(plain).isCloseTo(expected[0], within(1e-5)); // Float32
    }

    /** Oracle: the members' own predictions, weighted by hand; they stay within the target's range, so that none is cut. */
    @Test
    void aSavedAveragePredictsTheWeightedMeanOfItsParts(@TempDir Path folder) throws Exception {
        Regressor small = QUICK.network("dense(4, relu), dense").networks(2);
        Regressor other = QUICK.network("dense(6, tanh), dense").networks(2);
        Contest.averaged(small, List.of(small, QUICK, other), new int[] {2, 0, 4}, CURVE, "y")
                .save(folder.resolve("average.flux4j"));
        FittedRegressor average = FittedRegressor.load(folder.resolve("average.flux4j"));
        double[] some = small.fit(CURVE, "y").predict(CURVE);
        double[] others = other.fit(CURVE, "y").predict(CURVE);
        double[] found = average.predict(CURVE);
        assertThat(average.networks()).hasSize(6);
        for (int row = 0; row < found.length; row++) {
            assertThat(found[row]).isCloseTo((some[row] + 2 * others[row]) / 3, within(1e-5)); // Float32
        }
        assertThat(Arrays.stream(average.intervals(CURVE, 0.9))).allMatch(bounds -> bounds[0] < bounds[1]);
        assertThat(average.reproduce(CURVE).toString()).contains("the file lacks the other parts of an average");
        assertThatThrownBy(() -> average.further(CURVE))
                .hasMessageContaining("this one is a leaderboard's average of several");
    }

    @Test
    void withoutTimeTheFirstAloneIsTried() {
        Leaderboard none = Learn.leaderboard(QUICK, CURVE, "y", Duration.ZERO, Map.of(), name -> {});
        assertThat(none.entries()).extracting(Entry::name).containsExactly("linear");
        assertThat(none.notes()).hasSize(4).allMatch(note -> note.contains(" was skipped: "));
    }

    /** Else it would take the place of ours, and win as if it were. */
    @Test
    void anothersModelHasANameOfItsOwn() {
        for (String name : List.of("wide", "tuned", "average")) {
            assertThatThrownBy(() ->
                            Learn.leaderboard(QUICK, CURVE, "y", Duration.ZERO, Map.of(name, new Truth()), each -> {}))
                    .hasMessageContaining("the leaderboard already has a " + name);
        }
    }

    @Test
    void aTargetOfTextIsAClassifiers() {
        Table iris = RealData.IRIS.rows(
                IntStream.range(0, 150).filter(i -> i % 3 == 0).toArray());
        Leaderboard found = Learn.leaderboard(
                Learn.classifier().networks(1).epochs(2), iris, "species", Duration.ZERO, Map.of(), name -> {});
        assertThat(found.metric()).isEqualTo(Metrics.LOG_LOSS);
        assertThat(found.fitted()).isInstanceOf(FittedClassifier.class);
    }
}
