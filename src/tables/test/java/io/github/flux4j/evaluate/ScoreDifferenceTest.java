package io.github.flux4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScoreDifferenceTest {

    /**
     * Differences 1, 2, 3, 4, 5: mean 3, variance 2.5, five folds, so error √((1/5 + 1/4)·2.5) = √1.125; Student's 0.975 quantile for 4 degrees of
     * freedom is 2.7764451051977987, and P(|T| > 3/√1.125) is below, both SciPy 1.15.3's {@code stats.t}.
     */
    @Test
    void isAsWorkedByHand() {
        ScoreDifference difference =
                ScoreDifference.of(new double[] {2, 4, 6, 8, 10}, new double[] {1, 2, 3, 4, 5}, 0.25, 0.95);

        double half = 2.7764451051977987 * Math.sqrt(1.125);
        assertThat(difference.mean()).isEqualTo(3);
        assertThat(difference.low()).isEqualTo(3 - half, within(1e-9)); // commons-math's quantiles
        assertThat(difference.high()).isEqualTo(3 + half, within(1e-9));
        assertThat(difference.pValue()).isEqualTo(0.04742065558431957, within(1e-9));
        assertThat(difference.isClear()).isTrue();
    }

    @Test
    void isASentenceInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(ScoreDifference.of(new double[] {2, 4, 6, 8, 10}, new double[] {1, 2, 3, 4, 5}, 0.25, 0.95))
                    .hasToString("3.00, between 0.0551 and 5.94 at level 0.95 (p 0.047)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void isWiderThanIfFoldsWereIndependent() {
        double[] scores = {2, 4, 6, 8, 10};
        double[] others = {1, 2, 3, 4, 5};

        double corrected = ScoreDifference.of(scores, others, 0.25, 0.95).high();
        double independent = ScoreDifference.of(scores, others, 1e-12, 0.95).high();

        assertThat((corrected - 3) / (independent - 3)).isEqualTo(1.5, within(1e-9)); // √((1/5 + 1/4) / (1/5))
    }

    @Test
    void theSameScoresDifferByNothing() {
        double[] scores = {0.5, 0.7};
        ScoreDifference none = ScoreDifference.of(scores, scores, 1, 0.9);

        assertThat(none).isEqualTo(new ScoreDifference(0, 0, 0, 0.9, 1));
        assertThat(none.isClear()).isFalse();
    }

    @Test
    void aDifferenceWithoutSpreadIsCertain() {
        ScoreDifference one = ScoreDifference.of(new double[] {2, 3}, new double[] {1, 2}, 1, 0.9);

        assertThat(one).isEqualTo(new ScoreDifference(1, 1, 1, 0.9, 0));
    }

    @Test
    void refusesWhatIsNoComparison() {
        double[] two = {1, 2};
        assertRefused(() -> ScoreDifference.of(new double[] {1}, new double[] {1}, 1, 0.9), "two folds or more");
        assertRefused(() -> ScoreDifference.of(two, new double[] {1}, 1, 0.9), "rows of others");
        assertRefused(() -> ScoreDifference.of(two, new double[] {1, Double.NaN}, 1, 0.9), "others must be finite");
        assertRefused(() -> ScoreDifference.of(new double[] {1, Double.NaN}, two, 1, 0.9), "scores must be finite");
        assertRefused(() -> ScoreDifference.of(two, two, 1, 0), "level must be above 0");
        assertRefused(() -> ScoreDifference.of(two, two, 1, 1), "level must be above 0");
        assertRefused(() -> ScoreDifference.of(two, two, Double.POSITIVE_INFINITY, 0.9), "testToTrain must be finite");
        assertRefused(
                () -> ScoreDifference.of(two, two, 0, 0.9), "testToTrain must be finite and above 0, but was 0.0");
        assertRefused(
                () -> ScoreDifference.of(two, two, 1, 95),
                "level must be above 0 and below 1, such as 0.95, but was 95.0");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
