package io.github.flux4j.internal.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.pages.UnseenCharts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final int CLASSES = 30;

    /** 30 classes, the first 23 of which have two rows each and are right; of the other seven, with one row each, the first alone is. */
    private static Unseen.Labels thirty() {
        int[] actual = IntStream.range(0, 53).map(i -> i < 46 ? i / 2 : i - 23).toArray();
        double[][] probabilities = IntStream.range(0, actual.length)
                .mapToObj(i -> {
                    double[] row = new double[CLASSES];
                    row[i <= 46 ? actual[i] : 23] = 1;
                    return row;
                })
                .toArray(double[][]::new);
        List<String> names = IntStream.range(0, CLASSES).mapToObj(k -> "c" + k).toList();
        return Evidence.labels(names, actual, probabilities);
    }

    /** By hand: seven rows of others are all taken for one of them, but one of seven is right: 1/7 = 0.143, where 7/7 would be 1. */
    @Test
    void othersCountEachForItsOwnClass() {
        Unseen.Labels labels = thirty();

        assertThat(labels.classes()).hasSize(24).endsWith("7 others");
        assertThat(labels.othersRight()).isEqualTo(1);
        assertThat(html(labels))
                .contains("1 predicted correctly, 6 as another of them", "<td>0.143</td><td>0.143</td>");
    }

    /** By hand: of 100 rows 10 are rare; half of these have a probability of 0.3, all else 0.004. */
    @Test
    void theRarestClassHasACalibrationBelowOneHalf() {
        int[] actual = IntStream.range(0, 100).map(i -> i < 10 ? 1 : 0).toArray();
        double[][] probabilities = IntStream.range(0, 100)
                .mapToObj(i -> i < 5 ? new double[] {0.7, 0.3} : new double[] {0.996, 0.004})
                .toArray(double[][]::new);
        Unseen.Labels labels = Evidence.labels(List.of("usual", "rare"), actual, probabilities);

        assertThat(labels.rarest()).isEqualTo("rare");
        assertThat(labels.rarestCalibration().stream()
                        .map(bin -> Map.entry(bin.rows(), bin.right()))
                        .toList())
                .containsExactly(Map.entry(95, 5 / 95.0), Map.entry(5, 1.0));
        assertThat(labels.othersRight()).isNull();
        assertThat(html(labels)).contains("Calibration of rare, the rarest class");
        assertThat(html(thirty())).doesNotContain("the rarest class"); // whose rows are too few
    }

    private static String html(Unseen.Labels labels) {
        Unseen unseen = new Unseen(Map.of(), List.of(), labels, null, null);
        return new UnseenCharts(unseen).all().stream().map(part -> part.html()).collect(Collectors.joining());
    }
}
