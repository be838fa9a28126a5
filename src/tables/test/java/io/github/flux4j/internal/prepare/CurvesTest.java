package io.github.flux4j.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.NumberFeature.Curve;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** The functions beside numbers of which a scale tells little; the oracles are the definitions and Commons Math's normal quantiles. */
class CurvesTest {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double APPROXIMATION = 4.6e-4; // Abramowitz and Stegun's

    private static double[] sorted(int n, IntToDoubleFunction value) {
        return IntStream.range(0, n).mapToDouble(value).sorted().toArray();
    }

    /** Quantiles of Cauchy's distribution: a tenth lies beyond 6, which is three times the distance of its quartiles −1 and 1. */
    private static double[] heavy(int n) {
        return sorted(n, i -> Math.tan(Math.PI * ((i + 0.5) / n - 0.5)));
    }

    @Test
    void aHeavyTailHasItsNormalQuantiles() {
        double[] sorted = heavy(1000);
        Curve curve = Curves.of(sorted);

        assertThat(curve.at()).hasSize(33);
        for (int i = 0; i < 33; i++) {
            double share = (i + 0.5) / 33;
            assertThat(curve.of(PreparationFit.quantile(sorted, share)))
                    .isCloseTo(NORMAL.inverseCumulativeProbability(share), within(APPROXIMATION));
        }
        assertThat(curve.of(1e9)).isCloseTo(NORMAL.inverseCumulativeProbability(32.5 / 33), within(APPROXIMATION));
    }

    /** A fifth of the numbers is one number, where six of the 33 knots are. */
    @Test
    void equalKnotsAreOneWithTheMeanOfTheirValues() {
        double[] sorted = heavy(1000);
        Arrays.fill(sorted, 500, 700, sorted[600]);
        Curve curve = Curves.of(sorted);
        double[] equal = IntStream.range(0, 33)
                .filter(i -> PreparationFit.quantile(sorted, (i + 0.5) / 33) == sorted[600])
                .mapToDouble(i -> NORMAL.inverseCumulativeProbability((i + 0.5) / 33))
                .toArray();

        assertThat(equal).hasSize(6);
        assertThat(curve.at()).hasSize(34 - equal.length);
        assertThat(curve.of(sorted[600]))
                .isCloseTo(Arrays.stream(equal).average().orElseThrow(), within(APPROXIMATION));
    }

    @Test
    void numbersThatAScaleDescribesHaveNone() {
        assertThat(Curves.of(sorted(1000, i -> NORMAL.inverseCumulativeProbability((i + 0.5) / 1000))))
                .isNull();
        assertThat(Curves.of(sorted(1000, i -> 5000 + i))).isNull();
    }

    @Test
    void fewRowsOrFewValuesHaveNone() {
        assertThat(Curves.of(heavy(100))).isNotNull();
        assertThat(Curves.of(heavy(99))).isNull();
        assertThat(Curves.of(sorted(200, i -> Math.pow(2, i % 20)))).isNotNull();
        assertThat(Curves.of(sorted(200, i -> Math.pow(2, i % 19)))).isNull();
    }

    /** The quartiles are 24.75 and 74.25, so what lies beyond 49.5 ± 148.5 is far: five of a hundred numbers, or four. */
    @Test
    void aTwentiethOfFarNumbersIsAHeavyTail() {
        assertThat(Curves.of(sorted(100, i -> i < 95 ? i : 1000 + i))).isNotNull();
        assertThat(Curves.of(sorted(100, i -> i < 96 ? i : 1000 + i))).isNull();
        assertThat(Curves.of(sorted(100, i -> i < 95 ? i : -1000 - i))).isNotNull();
    }

    /** The inverse: a value w is v/√(1 + (v/3)²), so v = w/√(1 − (w/3)²), and sinh v is the distance from the median in units. */
    @Test
    void aColumnOfMostlyOneValueIsCurvedAroundIt() {
        double[] others = sorted(200, i -> i < 100 ? 5 - 0.1 * (i + 1) : 5 + 4 * (i - 99)); // 5 is the median
        double[] sorted = IntStream.range(0, 600)
                .mapToDouble(i -> i < 200 ? others[i] : 5)
                .sorted()
                .toArray();
        double[] distances =
                Arrays.stream(others).map(x -> Math.abs(x - 5)).sorted().toArray();
        double unit = (distances[99] + distances[100]) / 2;
        Curve curve = Curves.of(sorted);

        assertThat(curve.of(5)).isZero();
        assertThat(curve.at()).hasSize(34).isSorted();
        for (int i = 0; i < 33; i++) {
            double x = PreparationFit.quantile(others, i / 32.0);
            double w = curve.of(x);
            double v = w / Math.sqrt(1 - w * w / 9);
            assertThat(Math.sinh(v)).isCloseTo((x - 5) / unit, within(1e-9 * Math.max(1, Math.abs(x) / unit)));
        }
        assertThat(curve.of(1e9)).isEqualTo(curve.of(others[199]));
    }
}
