package io.github.flux4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.evaluate.Unseen.Histogram;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Digits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AxisScaleTest {

    private static AxisScale linear(double... values) {
        return AxisScale.linear(DoubleStream.of(values));
    }

    private static AxisScale logarithmic(double... values) {
        return AxisScale.logarithmic(DoubleStream.of(values));
    }

    private static List<String> labels(AxisScale scale) {
        return scale.ticks().stream().map(scale::label).toList();
    }

    @Test
    void ticksAreRoundNumbersWithAsManyDigitsAsTheyNeed() {
        assertThat(labels(linear(0, 1))).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(linear(-3, 17))).containsExactly("−5", "0", "5", "10", "15", "20");
        assertThat(labels(linear(1970, 1982))).containsExactly("1970", "1972", "1974", "1976", "1978", "1980", "1982");
        assertThat(labels(linear(0, 3e7))).containsExactly("0", "5e6", "1e7", "1.5e7", "2e7", "2.5e7", "3e7");
        assertThat(labels(linear(0.1, 0.3))).containsExactly("0.10", "0.15", "0.20", "0.25", "0.30");
    }

    @Test
    void ticksOfRatiosAreRoundNumbersToo() {
        assertThat(labels(logarithmic(0.03, 0.9))).containsExactly("0.02", "0.05", "0.1", "0.2", "0.5", "1");
        assertThat(labels(logarithmic(1e-3, 1e3))).containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1000");
    }

    @Test
    void countsHaveWholeTicks() {
        assertThat(labels(AxisScale.whole(DoubleStream.of(0, 3)))).containsExactly("0", "1", "2", "3");
        assertThat(labels(AxisScale.whole(DoubleStream.of(1, 2)))).containsExactly("1", "2");
        assertThat(labels(AxisScale.whole(DoubleStream.of(0, 60)))).hasSize(7);
    }

    static Stream<double[]> anyNumbers() {
        return SamplePages.numbers().values().stream();
    }

    @ParameterizedTest
    @MethodSource("anyNumbers")
    void anyNumbersHaveAnAxisThatShowsAllThatAreFinite(double... values) {
        for (AxisScale scale : List.of(linear(values), logarithmic(values))) {
            assertThat(scale.low()).isLessThan(scale.high()).isFinite();
            assertThat(scale.high()).isFinite();
            assertThat(scale.ticks()).hasSizeBetween(2, 12).isSorted().doesNotHaveDuplicates();
            assertThat(labels(scale)).doesNotHaveDuplicates();
            assertThat(scale.ticks())
                    .allSatisfy(tick -> assertThat(scale.share(tick)).isBetween(0.0, 1.0));
        }
        AxisScale linear = linear(values);
        assertThat(Arrays.stream(values).filter(Double::isFinite).map(linear::share))
                .allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
        assertThat(Arrays.stream(values)
                        .filter(value -> !Double.isFinite(value))
                        .map(linear::share))
                .allSatisfy(share -> assertThat(share).isNaN());
    }

    @Test
    void ratiosAreShownOnlyWhereAllNumbersAreAboveZeroAndFarApart() {
        assertThat(AxisScale.fitting(30, 1, 31)).isInstanceOf(AxisScale.Logarithmic.class);
        assertThat(AxisScale.fitting(30, 1, 29)).isInstanceOf(AxisScale.Linear.class);
        assertThat(AxisScale.fitting(30, 0, 31)).isInstanceOf(AxisScale.Linear.class);
        assertThat(AxisScale.fitting(30, Double.NaN)).isInstanceOf(AxisScale.Linear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2.7512, 2.75",
        "0.012345, 0.0123",
        "-1234, −1234",
        "999999, 999999",
        "1234567, 1.23e6",
        "-0.00001234, −1.23e-5",
        "1e300, 1e300",
        "4.9e-324, 4.94e-324",
        "0, 0",
        "NaN, –",
        "Infinity, ∞"
    })
    void numbersHaveThreeDigits(double value, String text) {
        assertThat(Digits.of(value)).isEqualTo(text);
    }

    /** Counted by hand; quartiles 0.5 and 1, so a width of 2·0.5/∛5 = 0.58, rounded to 1. */
    @Test
    void aHistogramCountsEachNumberOnce() {
        assertThat(Histogram.of(0, 0.5, 1, 1, 2.5, Double.NaN))
                .isEqualTo(new Histogram(List.of(0.0, 1.0, 2.0, 3.0), List.of(2, 2, 1)));
        assertThat(SamplePages.numbers().values()).allSatisfy(values -> {
            Histogram histogram = Histogram.of(values);
            assertThat(histogram.counts().stream().mapToLong(count -> count).sum())
                    .isEqualTo(Arrays.stream(values).filter(Double::isFinite).count());
            assertThat(histogram.counts()).hasSizeLessThan(50);
        });
    }
}
