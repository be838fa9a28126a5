package io.github.flux4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.format.TextFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shapley values of functions in plain Java. Oracles: a linear function's closed form, and the sum over all subsets of columns. */
class ShapleyTest {

    private static final double ROUNDING = 1e-9; // some hundred doubles of about 1 added up
    private static final List<Double> SHARES = List.of(0.5, 0.25, 0.125, 0.125);
    private static final double[] ROW = {1.5, -0.5, 2, 0.25, -1, 0.75, 1, -2};

    /** x1, x2, …, over four rows of chance with unequal shares. */
    private static Features numbers(int columns) {
        SplittableRandom random = new SplittableRandom(3);
        List<Feature> list = new ArrayList<>();
        for (int j = 1; j <= columns; j++) {
            list.add(NumberFeature.of("x" + j, 0, 0, 1));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (double share : SHARES) {
            List<Object> row = new ArrayList<>(List.of(share));
            list.forEach(column -> row.add(random.nextDouble(-1, 2)));
            rows.add(row);
        }
        return Features.of(list).over(rows);
    }

    private static UnaryOperator<double[][]> model(ToDoubleFunction<double[]> function) {
        return rows -> Arrays.stream(rows)
                .map(row -> new double[] {function.applyAsDouble(row)})
                .toArray(double[][]::new);
    }

    private static Explanation explained(Features features, ToDoubleFunction<double[]> function, double... row) {
        return Shapley.of(features, Target.NONE, model(function), row, null);
    }

    /** φ = w·(x − mean of the background). */
    @Test
    void aLinearFunctionHasItsClosedFormWithoutError() {
        Features features = numbers(8);
        double[] weights = {2, -1, 0.5, 0, 3, -4, 1, 0.25};

        Explanation why = explained(
                features,
                row -> IntStream.range(0, 8)
                        .mapToDouble(j -> weights[j] * row[j])
                        .sum(),
                ROW);

        double[][] centres = features.backgroundRows();
        for (int j = 0; j < 8; j++) {
            int column = j;
            double mean = IntStream.range(0, 4)
                    .mapToDouble(c -> SHARES.get(c) * centres[c][column])
                    .sum();
            assertThat(why.values().get("x" + (j + 1))).isCloseTo(weights[j] * (ROW[j] - mean), within(ROUNDING));
            assertThat(why.errors().get("x" + (j + 1))).isCloseTo(0, within(ROUNDING));
        }
    }

    private static double bent(double... x) {
        return Math.tanh(x[0] * x[1] + x[2]) + x[3] * x[4] * x[5] + Math.max(0, x[6] - x[7]) + Math.sin(x[0] + x[7]);
    }

    /** Σ over subsets S without j of |S|!(7 − |S|)!/8! · (v(S ∪ j) − v(S)). */
    private static double[] bruteForce(Features features) {
        double[][] centres = features.backgroundRows();
        double[] value = new double[256];
        for (int subset = 0; subset < 256; subset++) {
            for (int c = 0; c < centres.length; c++) {
                double[] mixed = centres[c].clone();
                for (int j = 0; j < 8; j++) {
                    mixed[j] = (subset >> j & 1) == 1 ? ROW[j] : mixed[j];
                }
                value[subset] += SHARES.get(c) * bent(mixed);
            }
        }
        double[] factorial = {1, 1, 2, 6, 24, 120, 720, 5040, 40320};
        double[] values = new double[8];
        for (int j = 0; j < 8; j++) {
            for (int subset = 0; subset < 256; subset++) {
                int size = Integer.bitCount(subset);
                if ((subset >> j & 1) == 0) {
                    values[j] += factorial[size]
                            * factorial[7 - size]
                            / factorial[8]
                            * (value[subset | 1 << j] - value[subset]);
                }
            }
        }
        return values;
    }

    @Test
    void eightColumnsAreWithinTheirErrorsOfTheSumOverAllSubsets() {
        Features features = numbers(8);
        double[] expected = bruteForce(features);

        Explanation why = explained(features, ShapleyTest::bent, ROW);

        double deviations = 0;
        int three = 0;
        for (int j = 0; j < 8; j++) {
            double value = why.values().get("x" + (j + 1));
            double error = why.errors().get("x" + (j + 1));
            if (j >= 6) { // acts with one other at a time, which an order and the same backwards share exactly
                assertThat(value).isCloseTo(expected[j], within(ROUNDING));
                assertThat(error).isCloseTo(0, within(ROUNDING));
            } else {
                assertThat(error).isBetween(1e-3, 0.1); // values are up to 2
                deviations += Math.pow((value - expected[j]) / error, 2);
                three++;
            }
        }
        assertThat(deviations / three).isBetween(0.1, 3.0); // a mean of six squared normal deviates, about
    }

    @Test
    void valuesAddUpToThePredictionLessTheBackgroundsMean() {
        Features features = numbers(8);
        Explanation why = explained(features, row -> (float) bent(row), ROW);
        double mean = IntStream.range(0, 4)
                .mapToDouble(c -> SHARES.get(c) * (float) bent(features.backgroundRows()[c]))
                .sum();

        double sum = why.values().values().stream().mapToDouble(value -> value).sum();

        assertThat(why.background()).isCloseTo(mean, within(ROUNDING));
        assertThat(why.prediction()).isEqualTo((float) bent(ROW));
        assertThat(sum).isCloseTo(why.prediction() - why.background(), within(ROUNDING));
        assertThat(List.copyOf(why.values().values()))
                .isSortedAccordingTo((one, other) -> Double.compare(Math.abs(other), Math.abs(one)));
    }

    /** By hand: two columns, of which the text has three numbers; f = x·(1 if b), and 5 if c. */
    @Test
    void allNumbersOfATextBelongToItsColumn() {
        TextFeature text = new TextFeature("text", List.of("a", "b", "c"), null, false);
        Features features =
                Features.of(List.of(NumberFeature.of("x", 0, 0, 1), text)).over(List.of(List.of(1.0, 1.0, "a")));

        Explanation why = explained(features, row -> row[0] * row[2] + 5 * row[3], 3, 0, 1, 0);

        assertThat(why.values()).hasSize(2);
        assertThat(why.values().get("x")).isCloseTo((0 + 2) / 2.0, within(ROUNDING)); // first no effect, then 3 − 1
        assertThat(why.values().get("text")).isCloseTo((1 + 3) / 2.0, within(ROUNDING));
    }

    /** log(p/(1 − p)) of softmax is the difference of logits to the log of the others' sum. */
    @Test
    void classesAreExplainedInLogOddsOfTheOneThatIsTakenOrNamed() {
        Target.Classes target = new Target.Classes("class", List.of("a", "b", "c"), true);
        UnaryOperator<double[][]> model = rows -> Arrays.stream(rows)
                .map(row -> {
                    double[] e = {Math.exp(row[0]), Math.exp(2 * row[1]), 1};
                    double sum = e[0] + e[1] + e[2];
                    return new double[] {e[0] / sum, e[1] / sum, e[2] / sum};
                })
                .toArray(double[][]::new);
        Features features = numbers(2);

        Explanation taken = Shapley.of(features, target, model, new double[] {2, 0}, null);
        Explanation named = Shapley.of(features, target, model, new double[] {2, 0}, "c");

        assertThat(taken.name()).isEqualTo("a");
        assertThat(taken.isLogOdds()).isTrue();
        assertThat(taken.prediction()).isCloseTo(2 - Math.log(2), within(ROUNDING));
        assertThat(Explanation.probability(taken.prediction()))
                .isCloseTo(Math.exp(2) / (Math.exp(2) + 2), within(ROUNDING));
        assertThat(named.prediction()).isCloseTo(-Math.log(Math.exp(2) + 1), within(ROUNDING));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapley.of(features, target, model, new double[] {2, 0}, "d"))
                .withMessageContaining("a, b, c");
    }

    @Test
    void certaintyHasFiniteLogOdds() {
        Target.Classes target = new Target.Classes("class", List.of("no", "yes"), true);
        UnaryOperator<double[][]> sure = rows -> Arrays.stream(rows)
                .map(row -> row[0] > 0 ? new double[] {0, 1} : new double[] {1, 0})
                .toArray(double[][]::new);

        assertThat(Shapley.of(numbers(1), target, sure, new double[] {2}, null).prediction())
                .isCloseTo(Math.log(1e7), within(ROUNDING));
    }

    @Test
    void withoutABackgroundItSaysWhatToDo() {
        Features none = Features.of(List.of(NumberFeature.of("x", 0, 0, 1)));

        assertThatIllegalStateException()
                .isThrownBy(() -> explained(none, row -> row[0], 1))
                .withMessageContaining("train and save the model again");
    }

    @Test
    void aBackgroundThatDoesNotFitIsRefused() {
        Features features = Features.of(List.of(NumberFeature.of("x", Double.NaN, 0, 1)));

        assertRefused(features, List.of(List.of(0.5, 1.0)));
        assertRefused(features, List.of(List.of(2.0, 1.0), List.of(-1.0, 1.0)));
        assertRefused(features, List.of(List.of(Double.NaN, 1.0)));
        assertRefused(features, List.of(List.of("1", 1.0)));
        assertRefused(features, List.of(List.of(1.0)));
        assertRefused(features, List.of(List.of()));
        assertRefused(features, List.of(List.of(1.0, true)));
        assertRefused(features, List.of(List.of(1.0, ""))); // none may be missing
    }

    private static void assertRefused(Features features, List<List<Object>> rows) {
        assertThatIllegalArgumentException().isThrownBy(() -> features.over(rows));
    }
}
