package io.github.flux4j.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.fit.Unknown;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreparationFitTest {

    private static final EstimatorSettings USUAL = EstimatorSettings.USUAL;

    private static NumberFeature number(EstimatorSettings settings, double... values) {
        List<Column> columns = List.of(Numbers.of("x", values));
        return (NumberFeature)
                PreparationFit.of(columns, settings).features().list().get(0);
    }

    /** Of 1, 2, 3, 4, 100 the median is 3, the quartiles are 2 and 4, the mean is 22. */
    @Test
    void centresByMedianAndScalesByQuartiles() {
        NumberFeature feature = number(USUAL, 100, 2, Double.NaN, 1, 4, 3);
        assertThat(feature.center()).isEqualTo(3);
        assertThat(feature.scale()).isEqualTo(0.5);
        assertThat(feature.missing()).isEqualTo(22);
        assertThat(feature.clip()).isEqualTo(3);
    }

    @Test
    void takesHalfTheRangeWhereQuartilesAreTheSame() {
        assertThat(number(USUAL, 0, 0, 0, 0, 0, 0, 8).scale()).isEqualTo(0.25);
    }

    @Test
    void withoutScalingNumbersAreAsTheyAre() {
        NumberFeature feature = number(USUAL.with(EstimatorSetting.SCALE, false), 1, 2, 3, 4, 100);
        double[] into = new double[1];
        feature.write(17.5, into, 0);
        assertThat(into).containsExactly(17.5);
    }

    @Test
    void periodicFunctionsAreForManyRowsAndFewColumns() {
        assertThat(USUAL.frequencies(2, 20)).isEqualTo(16);
        assertThat(USUAL.frequencies(2, 19)).isZero();
        assertThat(USUAL.frequencies(31, 400)).isZero();
        assertThat(USUAL.with(EstimatorSetting.FREQUENCIES, 3).frequencies(31, 9))
                .isEqualTo(3);
        assertThat(USUAL.with(EstimatorSetting.SCALE, false).frequencies(2, 20)).isZero();
    }

    /** 30·(10⁴/n)^0.4 epochs: of 10⁵ rows 11.9, of 10⁶ 4.8. */
    @Test
    void manyRowsAreTrainedInFewEpochsUnlessSomethingIsSaid() {
        assertThat(USUAL.forRows(9_999)).isSameAs(USUAL);
        assertThat(USUAL.forRows(10_000).get(EstimatorSetting.EPOCHS)).isEqualTo(30);
        assertThat(USUAL.forRows(100_000).get(EstimatorSetting.EPOCHS)).isEqualTo(12);
        assertThat(USUAL.forRows(1_000_000).get(EstimatorSetting.PATIENCE)).isEqualTo(5);
        assertThat(USUAL.forRows(10_000).get(EstimatorSetting.NETWORK).text()).doesNotContain("dropout");
        EstimatorSettings told = USUAL.with(EstimatorSetting.EPOCHS, 50);
        assertThat(told.forRows(10_000)).isSameAs(told);
    }

    @Test
    void cosinesAreTheSeeds() {
        double[] twenty = IntStream.range(0, 20).asDoubleStream().toArray();
        EstimatorSettings three = USUAL.with(EstimatorSetting.COSINES, 3);
        NumberFeature feature = number(three, twenty);
        assertThat(number(USUAL, twenty).frequencies()).isEmpty();
        assertThat(number(three, twenty)).isEqualTo(feature);
        assertThat(number(three.with(EstimatorSetting.SEED, 1L), twenty).phases())
                .isNotEqualTo(feature.phases());
        assertThat(feature.phases()).allSatisfy(phase -> assertThat(phase).isBetween(0.0, 2 * Math.PI));
    }

    /** 8000 drawn numbers: their deviation is σ within 3/√16000. */
    @Test
    void frequenciesAreNormal() {
        double[] twenty = IntStream.range(0, 20).asDoubleStream().toArray();
        NumberFeature feature =
                number(USUAL.with(EstimatorSetting.COSINES, 1000).with(EstimatorSetting.SIGMA, 0.3), twenty);
        double variance =
                feature.frequencies().stream().mapToDouble(w -> w * w).average().orElseThrow();
        assertThat(Math.sqrt(variance)).isCloseTo(0.3, within(0.3 * 3 / Math.sqrt(2000)));
    }

    @Test
    void textsHaveTheLevelsThatOccur() {
        Texts column = Texts.of("t", Arrays.asList("b", "a", null, "c", "b"));
        List<Column> without = List.of(column.rows(0, 1, 2, 4));
        TextFeature feature = (TextFeature)
                PreparationFit.of(without, USUAL).features().list().get(0);
        assertThat(feature.levels()).containsExactly("a", "b");
        assertThat(feature.place("c")).isEqualTo(-1);
        EstimatorSettings strict = USUAL.with(EstimatorSetting.UNKNOWN, Unknown.ERROR);
        TextFeature refusing = (TextFeature)
                PreparationFit.of(without, strict).features().list().get(0);
        assertThat(refusing.place(null)).isEqualTo(2);
    }
}
