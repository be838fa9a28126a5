package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualsTest {

    /** Residuals 1 to 9 of three networks in turn. */
    private static final Residuals NINE = new Residuals(
            IntStream.rangeClosed(1, 9).asDoubleStream().toArray(),
            IntStream.range(0, 9).map(i -> i % 3).toArray());

    /** By hand: where all networks say 100, bounds are 100 ∓ R; of ten places, the first from below and the ninth are those of R = 9. */
    @Test
    void intervalsAreOrderStatistics() {
        assertThat(NINE.interval(new double[] {100, 100, 100}, 100, 0.9)).isEqualTo(new Interval(91, 109));
        assertThat(NINE.interval(new double[] {100, 100, 100}, 100, 0.8)).isEqualTo(new Interval(92, 108));
    }

    /**
     * By hand: networks say 0, 10 and 20, so bounds below are −1 8 17 −4 5 14 −7 2 11, sorted −7 −4 −1 2 5 8 11 14 17, and above 1 12 23 4 15 26 7 18 29,
     * sorted 1 4 7 12 15 18 23 26 29; at 0.8 of ten places the second and the eighth.
     */
    @Test
    void eachRowCountsFromTheNetworkThatLeftItOut() {
        assertThat(NINE.interval(new double[] {0, 10, 20}, 10, 0.8)).isEqualTo(new Interval(-4, 26));
    }

    @Test
    void tooFewRowsForALevelLeaveItOpen() {
        assertThat(NINE.interval(new double[] {0, 0, 0}, 0, 0.95))
                .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void rowsOfAValidationTableCountFromAllNetworks() {
        Residuals residuals = new Residuals(new double[] {1, 2, 3, 4}, new int[] {-1, -1, -1, -1});
        assertThat(residuals.interval(new double[] {0, 10}, 5, 0.6)).isEqualTo(new Interval(2, 8));
    }

    @Test
    void levelsOutsideAreRefused() {
        assertThatThrownBy(() -> NINE.interval(new double[3], 0, 1)).hasMessageContaining("a level must be above 0");
        assertThatThrownBy(() -> NINE.interval(new double[3], 0, Double.NaN)).hasMessageContaining("was NaN");
    }

    @Test
    void coverageIsThatOfRowsByTheOthers() {
        Residuals alike = new Residuals(
                IntStream.range(0, 1000).mapToDouble(i -> i * 7919 % 1000).toArray(),
                IntStream.range(0, 1000).map(i -> i % 10).toArray());
        assertThat(alike.coverage(0.9)).isBetween(0.88, 0.92);
    }
}
