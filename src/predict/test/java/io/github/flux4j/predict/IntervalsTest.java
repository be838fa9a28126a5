package io.github.flux4j.predict;

import static io.github.flux4j.format.Target.Bounds.BOTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.model.NetworkResiduals;
import io.github.flux4j.internal.model.ScaledResiduals;
import io.github.flux4j.internal.model.ScaledResiduals.Difficulty;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    /** Residuals 1 to 9 of three networks in turn. */
    private static final HeldOutIntervals NINE = NetworkResiduals.of(
            IntStream.rangeClosed(1, 9).asDoubleStream().toArray(),
            IntStream.range(0, 9).map(i -> i % 3).toArray());

    /** By hand: where all networks say 100, bounds are 100 ∓ R; of ten places, the first from below and the ninth are those of R = 9. */
    @Test
    void boundsAreOrderStatistics() {
        assertThat(NINE.at(BOTH, 0.9, 100, 100, 100, 100)).containsExactly(91, 109);
        assertThat(NINE.at(BOTH, 0.8, 100, 100, 100, 100)).containsExactly(92, 108);
    }

    /**
     * By hand: networks say 0, 10 and 20, so bounds below are −1 8 17 −4 5 14 −7 2 11, sorted −7 −4 −1 2 5 8 11 14 17, and above 1 12 23 4 15 26 7 18 29,
     * sorted 1 4 7 12 15 18 23 26 29; at 0.8 of ten places the second and the eighth.
     */
    @Test
    void eachRowCountsFromTheNetworkThatLeftItOut() {
        assertThat(NINE.at(BOTH, 0.8, 10, 0, 10, 20)).containsExactly(-4, 26);
    }

    @Test
    void tooFewRowsForALevelLeaveItOpen() {
        assertThat(NINE.at(BOTH, 0.95, 0, 0, 0, 0)).containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void rowsOfAValidationTableCountFromAllNetworks() {
        HeldOutIntervals intervals = NetworkResiduals.of(new double[] {1, 2, 3, 4}, new int[] {-1, -1, -1, -1});
        assertThat(intervals.at(BOTH, 0.6, 5, 0, 10)).containsExactly(2, 8);
    }

    /** The definition, by sorting all sums. */
    @Test
    void boundsAreThoseOfSortingAllSums() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int n = random.nextInt(1, 60);
            int[] member = random.ints(n, -1, 4).toArray();
            double[] size = random.doubles(n).toArray();
            double[] each = random.doubles(4, -1, 1).toArray();
            double level = random.nextDouble(0.05, 0.95);
            double[] low = IntStream.range(0, n)
                    .mapToDouble(i -> (member[i] < 0 ? 0.25 : each[member[i]]) - size[i])
                    .sorted()
                    .toArray();
            double[] high = IntStream.range(0, n)
                    .mapToDouble(i -> (member[i] < 0 ? 0.25 : each[member[i]]) + size[i])
                    .sorted()
                    .toArray();
            int from = (int) Math.floor((1 - level) * (n + 1));
            int to = (int) Math.ceil(level * (n + 1));
            assertThat(NetworkResiduals.of(size, member).at(BOTH, level, 0.25, each))
                    .as(Arrays.toString(member))
                    .containsExactly(
                            from < 1 ? Double.NEGATIVE_INFINITY : Math.min(0.25, low[from - 1]),
                            to > n ? Double.POSITIVE_INFINITY : Math.max(0.25, high[to - 1]));
        }
    }

    /** Networks that say 0, 100 and 200 with residuals of at most 9: at low levels the order statistics pass each other. */
    @Test
    void theyHoldThePredictionAndGrowWithTheLevel() {
        double[] levels = {Double.MIN_VALUE, 1e-300, 1e-16, 1e-4, 0.001, 0.01, 0.1, 0.2, 0.5, 0.8, 0.9, 0.99, 1 - 1e-16
        };
        double[] within = {100, 100};
        for (double level : levels) {
            double[] bounds = NINE.at(BOTH, level, 100, 0, 100, 200);

            assertThat(bounds[0]).as("low at %s", level).isLessThanOrEqualTo(within[0]);
            assertThat(bounds[1]).as("high at %s", level).isGreaterThanOrEqualTo(within[1]);
            within = bounds;
        }
    }

    @Test
    void levelsOutsideAreRefused() {
        for (double level : new double[] {0, -0.0, -1, -Double.MIN_VALUE, 2, 90, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> NINE.at(BOTH, level, 0, 0, 0, 0))
                    .hasMessageContaining("must be above 0 and below 1");
        }
        assertThatThrownBy(() -> NINE.at(BOTH, 1, 0, 0, 0, 0)).hasMessageContaining("a level must be above 0");
        assertThatThrownBy(() -> NINE.at(BOTH, Double.NaN, 0, 0, 0, 0)).hasMessageContaining("was NaN");
        assertThatThrownBy(() -> NetworkResiduals.of(new double[0], new int[0]).at(BOTH, 0.9, 0))
                .hasMessageContaining("this fit held out none");
    }

    /** Widths 1 at 0 and 3 at 10, and residuals −4 to 5 of them without 0: sizes 1 1 2 2 3 3 4 4 5. */
    private static final HeldOutIntervals SCALED = ScaledResiduals.of(
            new Difficulty(new double[] {0, 10}, new double[] {1, 3}, true), -4, -3, -2, -1, 1, 2, 3, 4, 5);

    /** By hand: of ten places the ninth is 5, the eighth 4; the width is 1 below 0, 2 at 5 and 3 above 10. */
    @Test
    void widthsFollowThePrediction() {
        assertThat(SCALED.at(BOTH, 0.9, 5, 5)).containsExactly(-5, 15);
        assertThat(SCALED.at(BOTH, 0.8, 5, 5)).containsExactly(-3, 13);
        assertThat(SCALED.at(BOTH, 0.9, -7, -7)).containsExactly(-12, -2);
        assertThat(SCALED.at(BOTH, 0.9, 100, 100)).containsExactly(85, 115);
        assertThat(SCALED.at(BOTH, 0.95, 5, 5)).containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** By hand: networks that say 1 and −1 have variance 2; √(1² + 2) = √3. Where it doesn't count, the width is 1. */
    @Test
    void theyAreWiderWhereNetworksDiffer() {
        Difficulty alone = new Difficulty(new double[] {0}, new double[] {1}, false);
        assertThat(SCALED.at(BOTH, 0.9, 0, 1, -1)[1]).isCloseTo(5 * Math.sqrt(3), within(1e-12));
        assertThat(ScaledResiduals.of(alone, 5).at(BOTH, 0.5, 0, 1, -1)).containsExactly(-5, 5);
    }

    /** By hand: 1, 2 and 6 are 3 − 2, 3 − 1 and 3 + 3, and (4 + 1 + 9)/2 = 7. Squares of the others don't fit a double. */
    @Test
    void theDeviationIsThatOfASample() {
        assertThat(ScaledResiduals.deviation(1, 2, 6)).isCloseTo(Math.sqrt(7), within(1e-15));
        assertThat(ScaledResiduals.deviation(4, 4, 4)).isZero();
        assertThat(ScaledResiduals.deviation(-1e308, 1e308)).isCloseTo(Math.sqrt(2) * 1e308, within(1e293));
        assertThat(ScaledResiduals.deviation(1.5e308, 1.6e308)).isCloseTo(Math.sqrt(2) * 5e306, within(1e293));
        assertThat(ScaledResiduals.deviation(-1e-300, 1e-300)).isCloseTo(Math.sqrt(2) * 1e-300, within(1e-315));
    }

    /** By hand: between 2 and 10, at 4, the width is 1 + (4 − 2)/(10 − 2)·(9 − 1) = 3. */
    @Test
    void theWidthIsLinearBetweenKnots() {
        Difficulty difficulty = new Difficulty(new double[] {2, 10, 20}, new double[] {1, 9, 4}, false);

        assertThat(difficulty.at(4, 7)).isEqualTo(3);
        assertThat(difficulty.at(10, 7)).isEqualTo(9);
        assertThat(difficulty.at(16, 7)).isEqualTo(6);
        assertThat(difficulty.at(21, 7)).isEqualTo(4);
    }

    /** What a file keeps of residuals gives the same bounds. */
    @Test
    void eachResidualIsKeptWithItsNetwork() {
        Map<String, Tensor> kept = NINE.tensors();
        HeldOutIntervals again = NetworkResiduals.of(
                kept.get("residual").doubles(),
                Arrays.stream(kept.get("network").doubles())
                        .mapToInt(network -> (int) network)
                        .toArray());

        assertThat(again.at(Bounds.BOTH, 0.8, 10, 0, 10, 20)).containsExactly(NINE.at(Bounds.BOTH, 0.8, 10, 0, 10, 20));
        assertThat(again.at(Bounds.BOTH, 0.5, 10, 0, 10, 20)).containsExactly(NINE.at(Bounds.BOTH, 0.5, 10, 0, 10, 20));
    }

    @Test
    void theOrderOfResidualsDoesntMatter() {
        Difficulty one = new Difficulty(new double[] {0}, new double[] {1}, false);
        HeldOutIntervals mixed = ScaledResiduals.of(one, 3, -4, 1, 5, -2);

        for (Bounds bounds : Bounds.values()) {
            assertThat(mixed.at(bounds, 0.5, 0, 0))
                    .isEqualTo(ScaledResiduals.of(one, -4, -2, 1, 3, 5).at(bounds, 0.5, 0, 0));
        }
    }

    /** By hand: of ten places, the first from below is −4 and the ninth 5; times 2. */
    @Test
    void oneBoundAloneTakesTheSign() {
        assertThat(SCALED.at(Bounds.AT_LEAST, 0.9, 5, 5)).containsExactly(-3);
        assertThat(SCALED.at(Bounds.AT_MOST, 0.9, 5, 5)).containsExactly(15);
        assertThat(SCALED.at(Bounds.AT_LEAST, 0.5, 5, 5)).containsExactly(7);
        assertThat(SCALED.at(Bounds.AT_LEAST, 0.99, 5, 5)).containsExactly(Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> NINE.at(Bounds.AT_MOST, 0.9, 0, 0, 0, 0)).hasMessageContaining("fit again");
    }

    @Test
    void scaledOnesHoldThePredictionAndGrowWithTheLevel() {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 200; trial++) {
            double[] residuals = random.doubles(random.nextInt(1, 40), -9, 9).toArray();
            HeldOutIntervals intervals =
                    ScaledResiduals.of(new Difficulty(new double[] {-1, 0.5}, new double[] {0, 2}, true), residuals);
            double[] each = random.doubles(3, -2, 2).toArray();
            double all = Arrays.stream(each).average().orElseThrow();
            double[] within = {all, all};
            for (double level : new double[] {Double.MIN_VALUE, 1e-16, 0.01, 0.3, 0.5, 0.8, 0.9, 0.99, 1 - 1e-16}) {
                double[] bounds = intervals.at(BOTH, level, all, each);
                assertThat(bounds[0]).isLessThanOrEqualTo(within[0]);
                assertThat(bounds[1]).isGreaterThanOrEqualTo(within[1]);
                within = bounds;
            }
        }
    }
}
