package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Target;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of 300 rows one in eight is "yes", the likelier the larger x; the oracle is the rule, worked out from probabilities. */
class ThresholdTest {

    private static final Classifier SHORT = Learn.classifier().networks(3).epochs(15);

    @TempDir
    private static Path folder;

    private static Table table;
    private static FittedClassifier fitted;

    @BeforeAll
    static void fit() throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            double x = random.nextDouble();
            csv.append(x).append(random.nextDouble() < x * x * x / 2 ? ",yes\n" : ",no\n");
        }
        table = Csv.csv().read(new StringReader(csv.toString()), "rows");
        fitted = SHORT.threshold("recall 0.9").fit(table, "y");
    }

    private static double threshold(FittedClassifier model) {
        return ((Target.Classes) model.target()).threshold();
    }

    @Test
    void theThresholdDecidesHereInTheFileAndInTheSmallJar() throws IOException {
        Path file = folder.resolve("rare.flux4j");
        fitted.save(file);
        Predictor predictor = Predictor.load(file);
        FittedClassifier loaded = FittedClassifier.load(file);

        assertThat(threshold(fitted)).isBetween(0.0, 0.4).isEqualTo(threshold(loaded));
        assertThat(fitted.predict(table)).isEqualTo(loaded.predict(table));
        assertThat(Collections.frequency(fitted.predict(table), "yes"))
                .isGreaterThan(Collections.frequency(SHORT.fit(table, "y").predict(table), "yes"));
        for (double x : new double[] {0.1, 0.5, 0.7, 0.9}) {
            String expected = fitted.probabilities(Map.of("x", x)).get("yes") >= threshold(fitted) ? "yes" : "no";
            assertThat(fitted.predict(Map.of("x", x))).isEqualTo(expected);
            assertThat(predictor.label(Map.of("x", x))).isEqualTo(expected);
        }
    }

    /** What reads a target refuses keys that it doesn't know, so that earlier versions refuse these; which they must. */
    @Test
    void theFileHasItWhereEarlierVersionsRefuseIt() throws IOException {
        Path file = folder.resolve("keys.flux4j");
        fitted.save(file);
        assertThat(((Map<?, ?>) Predictor.load(file).description().get("target")).keySet())
                .isEqualTo(Set.of("name", "type", "classes", "outputs", "positive", "threshold"));
        SHORT.fit(table, "y").save(file);
        assertThat(((Map<?, ?>) Predictor.load(file).description().get("target")).keySet())
                .isEqualTo(Set.of("name", "type", "classes", "outputs"));
    }

    @Test
    void theReportHasWhatIsUsualOfUnbalancedClasses() {
        assertThat(fitted.report().leftOut()).containsKeys("averagePrecision", "rocAuc");
        assertThat(fitted.report().quality().yardsticks()).containsKeys("averagePrecision", "rocAuc");
        assertThat(fitted.report().notes())
                .anyMatch(note -> note.startsWith("yes is predicted at a probability of at least"))
                .anyMatch(note -> note.startsWith("always answering no gives accuracy"));
        assertThat(fitted.report().unseen().labels().positive()).isEqualTo("yes");
        assertThat(fitted.report().unseen().labels().curve()).hasSizeBetween(10, 100);
        assertThat(fitted.report().page().html()).contains("Precision and recall of yes");
    }

    /** Shares are of one size, but for a row. By the larger probability, networks would be right where a row is no "yes". */
    @Test
    void theAccuracyOfEachNetworkIsByTheThreshold() {
        Report report = SHORT.threshold("0").fit(table, "y").report();
        double mean = report.unseen().parts().get("accuracy").stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(report.leftOut().get("accuracy"), within(0.01));
    }

    @Test
    void zeroTakesAllRowsAndOneNone() {
        assertThat(SHORT.threshold("0").fit(table, "y").predict(table)).containsOnly("yes");
        assertThat(SHORT.threshold("1").fit(table, "y").predict(table)).containsOnly("no");
        assertThat(SHORT.threshold("0 of no").fit(table, "y").predict(table)).containsOnly("no");
    }

    @Test
    void heldOutRowsOfOneClassChooseNoneAndTheReportSaysSo() {
        int[] no = java.util.stream.IntStream.range(0, table.rows())
                .filter(i -> table.column("y").text(i).equals("no"))
                .toArray();
        FittedClassifier model =
                SHORT.validation(table.rows(no)).threshold("f1").fit(table, "y");

        assertThat(threshold(model)).isNaN();
        assertThat(model.report().notes()).contains("no threshold was chosen: the held-out rows have only one class");
    }

    @Test
    void whatCannotBeChosenIsRefusedBeforeTraining() {
        assertThatThrownBy(() -> SHORT.threshold("f1 of maybe").fit(table, "y"))
                .hasMessageContaining("maybe is none of");
        assertThatThrownBy(() -> SHORT.threshold("f1").patience(0).fit(table, "y"))
                .hasMessageContaining("patience 0");
        assertThatThrownBy(() -> SHORT.threshold("f1").fit(RealData.IRIS, "species"))
                .hasMessageContaining("there are 3");
        assertThat(Estimator.parse(SHORT.threshold("costs 10 1").text()))
                .hasToString(SHORT.threshold("costs 10 1").toString());
    }
}
