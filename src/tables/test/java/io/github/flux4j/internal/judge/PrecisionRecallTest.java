package io.github.flux4j.internal.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.evaluate.Unseen.Point;
import io.github.flux4j.internal.prepare.ThresholdRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of scikit-learn's documentation of {@code precision_recall_curve}: classes 0 0 1 1, scores .1 .4 .35 .8. */
class PrecisionRecallTest {

    private static final double ROUNDING = 1e-15;

    private static final int[] CLASSES = {0, 0, 1, 1};
    private static final double[][] SCORES = {{0.9, 0.1}, {0.6, 0.4}, {0.65, 0.35}, {0.2, 0.8}};

    @Test
    void theCurveIsThatOfScikitLearn() {
        List<Point> curve = new PrecisionRecall(1, CLASSES, SCORES).curve();

        assertThat(curve).extracting(Point::threshold).containsExactly(0.8, 0.4, 0.35, 0.1);
        assertThat(curve).extracting(Point::precision).containsExactly(1.0, 0.5, 2 / 3.0, 0.5);
        assertThat(curve).extracting(Point::recall).containsExactly(0.5, 0.5, 1.0, 1.0);
    }

    /**
     * By hand. F1 at .8 .4 .35 .1 is 2/3, 1/2, 4/5, 2/3. Costs of 10 a missed row and 1 a false alarm: 10, 11, 1, 2; of 1 and 10: 1, 11, 10, 20, and 2 if no row
     * is taken. Halfway to the next score.
     */
    @ParameterizedTest
    @CsvSource({
        "f1,          0.225",
        "recall 0.5,  0.6",
        "recall 0.51, 0.225",
        "recall 1,    0.225",
        "recall 0,    0.9",
        "costs 10 1,  0.225",
        "costs 1 10,  0.6",
        "costs 1 1000, 0.6"
    })
    void theBestThresholdIsThatByHand(String rule, double threshold) {
        assertThat(new PrecisionRecall(1, CLASSES, SCORES).best(ThresholdRule.of(rule)))
                .isCloseTo(threshold, within(ROUNDING));
    }

    @Test
    void theOtherClassMayBeLookedForAndEqualScoresAreOneThreshold() {
        PrecisionRecall other = new PrecisionRecall(0, CLASSES, SCORES);
        assertThat(other.at(0.62)).isEqualTo(new Point(0.62, 0.5, 0.5));
        PrecisionRecall tied = new PrecisionRecall(1, new int[] {1, 0, 1}, new double[][] {{1, 0}, {1, 0}, {1, 0}});
        assertThat(tied.curve()).containsExactly(new Point(0, 2 / 3.0, 1));
        assertThat(tied.best(ThresholdRule.of("f1"))).isZero();
    }

    @Test
    void rowsOfOneClassChooseNothing() {
        assertThat(new PrecisionRecall(1, new int[] {0, 0}, new double[][] {{1, 0}, {0, 1}}).hasBoth())
                .isFalse();
        assertThat(new PrecisionRecall(1, new int[] {1, 1}, new double[][] {{1, 0}, {0, 1}}).hasBoth())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "f2", "recall", "recall 1.1", "-0.1", "1.5", "NaN", "costs 1", "costs 0 1", "0,5", "f1 of"})
    void whatIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> ThresholdRule.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("f1, recall 0.9, costs 10 1");
    }
}
