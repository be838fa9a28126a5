package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.TestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of a file that goes on with other rows, and whether one is better than another. */
class FurtherTest {

    @TempDir
    private Path folder;

    /** y = 2x and some noise, for x from 0 on. */
    private static Table line(int rows, int seed, double from) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(rows, from, from + 4).toArray();
        double[] y = IntStream.range(0, rows)
                .mapToDouble(i -> 2 * x[i] + 0.2 * random.nextDouble())
                .toArray();
        return Table.of(Numbers.of("x", x), Numbers.of("y", y));
    }

    private static final Regressor SHORT = regressor().networks(2).epochs(4).cosines(0, 1);

    private Fitted read(Fitted model) throws IOException {
        model.save(folder.resolve("m.flux4j"));
        return Fitted.load(folder.resolve("m.flux4j"));
    }

    /** Four epochs are too few; the same settings again, from where they ended, are better, with the same preparation. */
    @Test
    void goesOnFromTheNetworksOfAFile() throws IOException {
        Fitted first = read(SHORT.fit(line(120, 1, 0), "y"));
        Fitted further = read(first.further(line(120, 2, 0)));
        Table fresh = line(200, 3, 0);
        assertThat(further.evaluate(fresh).scores().get("rms"))
                .isLessThan(0.95 * first.evaluate(fresh).scores().get("rms"));
        assertThat(further.settings()).isEqualTo(first.settings());
        assertThat(further.preparation().list()).isEqualTo(first.preparation().list());
        assertThat(further.report().training().losses().get(0)) // where it begins, of other rows
                .isLessThan(first.report().training().losses().get(1));
        assertThat(further.reproduce(line(120, 2, 0)).toString())
                .contains("the file lacks an earlier model, which it went on from");
    }

    @Test
    void rangesGrowWithTheNewRows() throws IOException {
        Fitted first = read(SHORT.fit(line(60, 1, 0), "y"));
        assertThat(first.preparation().flags(Map.of("x", 6))).isNotEmpty();
        Fitted further = first.further(line(60, 2, 3));
        assertThat(further.preparation().flags(Map.of("x", 6))).isEmpty();
        assertThat(further.preparation().flags(Map.of("x", 1))).isEmpty();
    }

    @Test
    void aNegativeTargetIsRefusedWhereLogarithmsAreTaught() throws IOException {
        Fitted model = read(SHORT.logTarget().fit(line(60, 1, 0), "y"));
        assertThatThrownBy(() -> model.further(line(60, 2, -4)))
                .hasMessageContaining("logTarget needs a target of at least 0, but y is as low as -");
    }

    @Test
    void aClassThatTrainingDidNotHaveIsRefused() throws IOException {
        int[] two = IntStream.range(0, 100).toArray(); // setosa and versicolor
        Fitted model = read(classifier().networks(2).epochs(2).balanced().fit(RealData.IRIS.rows(two), "species"));
        assertThat(model.further(RealData.IRIS.rows(two)).targets()).containsExactly("species");
        assertThatThrownBy(() -> model.further(RealData.IRIS)).hasMessageContaining("training had no class virginica");
    }

    /** Oracle: the difference of the two mean squared errors, and commons-math's paired t test. */
    @Test
    void theDifferenceIsOfPairs() {
        FittedRegressor poor = SHORT.epochs(1).fit(line(60, 1, 0), "y");
        FittedRegressor good = SHORT.epochs(60).fit(line(60, 1, 0), "y");
        Table fresh = line(80, 4, 0);
        ScoreDifference found = poor.minus(good, fresh);
        double[] y = ((Numbers) fresh.column("y")).values();
        double expected = Math.pow(Metrics.RMS.of(y, poor.predict(fresh)), 2)
                - Math.pow(Metrics.RMS.of(y, good.predict(fresh)), 2);
        assertThat(found.mean()).isCloseTo(expected, within(1e-9));
        double[] one = squares(y, poor.predict(fresh));
        double[] other = squares(y, good.predict(fresh));
        assertThat(found.pValue()).isCloseTo(TestUtils.pairedTTest(one, other), within(1e-6));
        assertThat(found.low()).isPositive();
        assertThat(good.minus(poor, fresh).high()).isNegative();
        assertThat(good.minus(good, fresh).mean()).isZero();
    }

    /** Squared errors and log losses, or errors of two targets, have no difference that means anything. */
    @Test
    void modelsOfSomethingElseAreNotCompared() {
        Table table = Table.of(Numbers.of("x", 1, 2, 3, 4, 5, 6), Numbers.of("y", 0, 1, 0, 1, 0, 1));
        Fitted numbers = SHORT.fit(table, "y");
        assertThatThrownBy(() -> numbers.minus(SHORT.fit(table, "x"), table))
                .hasMessageContaining("one predicts y as numbers and the other x as numbers");
        Fitted classes = classifier().networks(2).epochs(2).fit(table, "y");
        assertThatThrownBy(() -> numbers.minus(classes, table))
                .hasMessageContaining("one predicts y as numbers and the other y as classes");
    }

    private static double[] squares(double[] y, double... predicted) {
        return IntStream.range(0, y.length)
                .mapToDouble(i -> Math.pow(y[i] - predicted[i], 2))
                .toArray();
    }
}
