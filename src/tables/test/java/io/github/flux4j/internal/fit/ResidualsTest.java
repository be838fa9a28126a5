package io.github.flux4j.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.table.Table;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Oracle: the distribution that the numbers are drawn from. */
class ResidualsTest {

    /** Three standard deviations of a share of a thousand rows, √(0.9·0.1/1000) = 0.0095, and the same of the quantile itself. */
    private static final Offset<Double> A_THOUSAND = Offset.offset(0.04);

    private static final int ROWS = 3000;

    /** Predictions from 0 to 10, and normal errors whose deviation grows with them from 0.2 to 4.2. */
    private static Residuals growing(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] predicted = random.doubles(ROWS, 0, 10).toArray();
        double[] signed = IntStream.range(0, ROWS)
                .mapToDouble(i -> error(random, predicted[i]))
                .toArray();
        return new Residuals(
                predicted,
                signed,
                new double[ROWS],
                IntStream.range(0, ROWS).map(i -> i % 5).toArray(),
                true);
    }

    /** Of ordered rows, whose difficulty by the prediction would be one by time. */
    @Test
    void thatDoNotAdaptHaveOneWidth() {
        Residuals adapting = growing(5);
        Residuals ordered =
                new Residuals(adapting.predicted(), adapting.signed(), adapting.deviation(), adapting.share(), false);
        double[] low = ordered.intervals().at(Bounds.BOTH, 0.9, 1, 1);
        double[] high = ordered.intervals().at(Bounds.BOTH, 0.9, 9, 9);

        assertThat(high[1] - high[0]).isCloseTo(low[1] - low[0], within(1e-12));
    }

    private static double error(SplittableRandom random, double prediction) {
        return (0.2 + 0.4 * prediction) * random.nextGaussian();
    }

    @Test
    void eachThirdOfThePredictionsIsCoveredAlike() {
        HeldOutCoverage coverage = new HeldOutCoverage(growing(1));

        assertThat(coverage.of(0.9)).isCloseTo(0.9, Offset.offset(0.02)); // of 3000 rows
        assertThat(coverage.byThirds(0.9))
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isCloseTo(0.9, A_THOUSAND));
    }

    @Test
    void newRowsAreCoveredAsPromisedInEachThirdAndByEachBound() {
        HeldOutIntervals intervals = growing(2).intervals();
        SplittableRandom random = new SplittableRandom(3);
        for (int third = 0; third < 3; third++) {
            int between = 0;
            int atLeast = 0;
            int atMost = 0;
            for (int i = 0; i < 1000; i++) {
                double prediction = random.nextDouble(third * 10 / 3.0, (third + 1) * 10 / 3.0);
                double actual = prediction + error(random, prediction);
                double[] both = intervals.at(Bounds.BOTH, 0.9, prediction, prediction);
                between += both[0] <= actual && actual <= both[1] ? 1 : 0;
                atLeast += actual >= intervals.at(Bounds.AT_LEAST, 0.9, prediction, prediction)[0] ? 1 : 0;
                atMost += actual <= intervals.at(Bounds.AT_MOST, 0.9, prediction, prediction)[0] ? 1 : 0;
            }
            assertThat(between / 1000.0).isCloseTo(0.9, A_THOUSAND);
            assertThat(atLeast / 1000.0).isCloseTo(0.9, A_THOUSAND);
            assertThat(atMost / 1000.0).isCloseTo(0.9, A_THOUSAND);
        }
    }

    /** 2 · 1.645 deviations of the normal distribution, times their mean, 2.2; 5 % of it are twice what samples of 3000 differ by. */
    @Test
    void theWidthIsTheMeanOfAllRows() {
        assertThat(growing(4).width(0.9)).isCloseTo(2 * 1.645 * 2.2, Offset.offset(0.4));
    }

    @Test
    void rowsThatAllNetworksJudgeAreDealtOut() {
        Held held = new Held(Table.of(new double[7][1]), new int[] {-1, -1, -1, -1, -1, -1, -1}, new double[7]);

        assertThat(held.shares()).containsExactly(0, 1, 2, 3, 4, 0, 1);
    }

    @Test
    void aPerfectModelHasIntervalsWithoutWidth() {
        Residuals perfect = new Residuals(
                new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, new double[10], new double[10], new int[10], true);

        assertThat(perfect.intervals().at(Bounds.BOTH, 0.9, 4.5, 4.5)).containsExactly(4.5, 4.5);
    }

    @Test
    void withoutRowsThereAreNoIntervals() {
        assertThat(new Residuals(new double[0], new double[0], new double[0], new int[0], true)
                        .intervals()
                        .isEmpty())
                .isTrue();
    }
}
