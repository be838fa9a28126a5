package io.github.flux4j.evaluate;

import static io.github.flux4j.evaluate.Metrics.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers are scikit-learn's: {@code metrics.json}, and {@code metrics.py} that wrote it, among the test resources. */
class MetricsTest {

    private static final double SUMS = 1e-9; // relative; Float64 sums of up to 80 terms, in another order

    private static Stream<JsonObject> cases(String kind) throws IOException {
        String json = Files.readString(Path.of("src/tables/test/resources/evaluate/metrics.json"));
        return StreamSupport.stream(
                        new Gson()
                                .fromJson(json, JsonObject.class)
                                .getAsJsonArray(kind)
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject);
    }

    private static <T> T get(JsonObject of, String name, Class<T> type) {
        return new Gson().fromJson(of.get(name), type);
    }

    private static Stream<Arguments> values(String kind) throws IOException {
        return cases(kind)
                .flatMap(one -> one.getAsJsonObject("values").keySet().stream()
                        .map(metric -> Arguments.of(one.get("name").getAsString(), metric, one)));
    }

    static Stream<Arguments> regression() throws IOException {
        return values("regression");
    }

    static Stream<Arguments> classification() throws IOException {
        return values("classification");
    }

    private static double value(JsonObject one, String metric) {
        return one.getAsJsonObject("values").get(metric).getAsDouble();
    }

    private static Offset<Double> close(double expected) {
        return within(SUMS * Math.max(Math.abs(expected), 1e-3)); // and 10⁻¹² for a 0
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("regression")
    void ofNumbersIsScikitLearns(String name, String metric, JsonObject one) {
        double[] targets = get(one, "targets", double[].class);
        double[] predictions = get(one, "predictions", double[].class);
        double[] weights = get(one, "weights", double[].class);
        RegressionMetric ours = (RegressionMetric) Metrics.named(metric);

        double actual = weights == null ? ours.of(targets, predictions) : ours.of(targets, predictions, weights);

        assertThat(actual).isEqualTo(value(one, metric), close(value(one, metric)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("classification")
    void ofClassesIsScikitLearns(String name, String metric, JsonObject one) {
        int[] targets = get(one, "targets", int[].class);
        double[][] probabilities = get(one, "probabilities", double[][].class);
        double[] weights = get(one, "weights", double[].class);
        ClassificationMetric ours = (ClassificationMetric) Metrics.named(metric);

        double actual = weights == null ? ours.of(targets, probabilities) : ours.of(targets, probabilities, weights);

        assertThat(actual).isEqualTo(value(one, metric), close(value(one, metric)));
    }

    @Test
    void perClassIsScikitLearns() throws IOException {
        cases("classification").forEach(one -> {
            double[] weights = get(one, "weights", double[].class);
            int[] targets = get(one, "targets", int[].class);
            Confusion confusion = Confusion.of(
                    targets,
                    get(one, "probabilities", double[][].class),
                    weights == null ? MetricChecks.ones(targets.length) : weights);
            Map<String, IntToDoubleFunction> measures =
                    Map.of("precision", confusion::precision, "recall", confusion::recall, "f1", confusion::f1);
            measures.forEach((name, measure) -> {
                double[] expected = get(one.getAsJsonObject("perClass"), name, double[].class);
                for (int k = 0; k < expected.length; k++) {
                    assertThat(measure.applyAsDouble(k))
                            .as("%s %s %d", one.get("name"), name, k)
                            .isEqualTo(expected[k], close(1));
                }
            });
        });
    }

    @Test
    void everyMetricIsInTheReference() throws IOException {
        List<String> tested = Stream.concat(cases("regression"), cases("classification"))
                .flatMap(one -> one.getAsJsonObject("values").keySet().stream())
                .map(name -> name.replaceAll("\\(.*", ""))
                .distinct()
                .toList();

        assertThat(tested).containsExactlyInAnyOrderElementsOf(Metrics.names());
    }

    @Test
    void saysWhichWayIsBetter() {
        assertThat(Stream.of(
                        RMS,
                        MAE,
                        MEDIAN_ABSOLUTE_ERROR,
                        MAPE,
                        MAX_ERROR,
                        RMSLE,
                        pinball(0.5),
                        LOG_LOSS,
                        BRIER,
                        CALIBRATION_ERROR))
                .noneMatch(Metric::isLargerBetter);
        assertThat(Stream.of(
                        R2,
                        EXPLAINED_VARIANCE,
                        ACCURACY,
                        BALANCED_ACCURACY,
                        PRECISION,
                        F1,
                        MCC,
                        KAPPA,
                        ROC_AUC,
                        AVERAGE_PRECISION,
                        top(2)))
                .allMatch(Metric::isLargerBetter);
    }

    /** As scikit-learn: R² of a row, κ where chance is certain; its area under the curve since 1.6. */
    @Test
    void whatHasNoValueIsNaN() {
        double[][] probabilities = {{0.9, 0.1}, {0.8, 0.2}};
        assertThat(R2.of(new double[] {1}, new double[] {2})).isNaN();
        assertThat(KAPPA.of(new int[] {0, 0}, probabilities)).isNaN();
        assertThat(ROC_AUC.of(new int[] {0, 0}, probabilities)).isNaN();
        assertThat(ROC_AUC.of(new int[] {1, 1}, probabilities)).isNaN();
        assertThat(AVERAGE_PRECISION.of(new int[] {0, 0}, probabilities)).isNaN();
        assertThat(MCC.of(new int[] {0, 0}, probabilities)).isZero(); // scikit-learn's choice
    }

    /** As scikit-learn where an error or the targets don't vary. */
    @Test
    void explainedSharesHaveTheirEnds() {
        double[] targets = {1, 2, 4};
        double[] shifted = {3, 4, 6};
        double[] equal = {2, 2, 2};
        assertThat(R2.of(targets, targets)).isEqualTo(1);
        assertThat(R2.of(equal, equal)).isEqualTo(1);
        assertThat(R2.of(equal, targets)).isZero();
        assertThat(EXPLAINED_VARIANCE.of(targets, shifted)).isEqualTo(1);
        assertThat(R2.of(targets, shifted, new double[] {1, 0, 0})).isNaN();
    }

    /** By the definition, of errors that are 2⁴⁰ and a little more or less, exact in Float64: e² − ē² would lose the little. */
    @Test
    void aLargeConstantErrorDoesntHideTheVariance() {
        double[] little = {341, -682, 250, 91}; // with sum 0
        double[] targets = {1, 2, 4, 9}; // of variance (9 + 4 + 0 + 25)/4
        double[] predictions = new double[4];
        double squares = 0;
        for (int i = 0; i < 4; i++) {
            predictions[i] = targets[i] - (0x1p40 + little[i] / 1024);
            squares += little[i] / 1024 * (little[i] / 1024);
        }

        assertThat(EXPLAINED_VARIANCE.of(targets, predictions)).isEqualTo(1 - squares / 38, within(1e-15));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMiddleOfTwo() {
        double[] zeros = new double[4];
        double[] errors = {4, 1, 2, 8};

        assertThat(MEDIAN_ABSOLUTE_ERROR.of(errors, zeros)).isEqualTo(3);
        assertThat(MEDIAN_ABSOLUTE_ERROR.of(errors, zeros, new double[] {1, 0, 0, 2}))
                .isEqualTo(8);
        assertThat(MEDIAN_ABSOLUTE_ERROR.of(errors, zeros, new double[] {0, 0, 0, 2}))
                .isEqualTo(8);
        assertThat(MEDIAN_ABSOLUTE_ERROR.of(errors, zeros, new double[] {0, 1, 0, 1}))
                .isEqualTo(4.5); // the middle of 1 and 8, without 2 and 4, which don't count
    }

    @Test
    void aWeightOfTwoIsARowTwice() {
        double[] targets = {1, 2, 3};
        double[] predictions = {1.5, 1, 5};
        for (String name :
                List.of("rms", "mae", "r2", "medianAbsoluteError", "explainedVariance", "pinball(0.3)", "maxError")) {
            RegressionMetric metric = (RegressionMetric) Metrics.named(name);
            assertThat(metric.of(targets, predictions, new double[] {2, 1, 0}))
                    .as(name)
                    .isEqualTo(metric.of(new double[] {1, 1, 2}, new double[] {1.5, 1.5, 1}), within(1e-15));
        }
    }

    @Test
    void theFirstOfEquallyProbableClassesIsPredicted() {
        double[][] even = {{0.5, 0.5}};

        assertThat(ACCURACY.of(new int[] {0}, even))
                .isEqualTo(top(1).of(new int[] {0}, even))
                .isEqualTo(1);
        assertThat(ACCURACY.of(new int[] {1}, even))
                .isEqualTo(top(1).of(new int[] {1}, even))
                .isZero();
    }

    @Test
    void refusesWhatNoMetricCanMean() {
        double[] none = {};
        double[] two = {1, 2};
        int[] classes = {0, 1};
        double[][] sure = {{1, 0}, {0, 1}};
        assertRefused(() -> RMS.of(none, none), "a metric needs a row, but targets has none");
        assertRefused(() -> RMS.of(two, new double[] {1}), "there are 2 targets and 1 rows of predictions");
        assertRefused(() -> RMS.of(two, new double[] {1, Double.NaN}), "predictions must be finite, but row 1 is NaN");
        assertRefused(
                () -> R2.of(new double[] {1, Double.POSITIVE_INFINITY}, two), "targets must be finite, but row 1");
        assertRefused(() -> MAE.of(two, two, new double[] {1, -1}), "weights must be 0 or more, but row 1 has -1.0");
        assertRefused(() -> MAE.of(two, two, new double[2]), "all weights are 0");
        assertRefused(() -> MAE.of(two, two, new double[] {1}), "2 targets and 1 rows of weights");
        assertRefused(() -> RMSLE.of(new double[] {1, -2}, two), "targets must be 0 or more, but row 1 is -2.0");
        assertRefused(() -> RMSLE.of(two, new double[] {1, -2}), "predictions must be 0 or more, but row 1 is -2.0");
        assertRefused(() -> MAE.of(two, two, new double[] {1, Double.NaN}), "weights must be finite, but row 1 is NaN");
        assertRefused(() -> LOG_LOSS.of(classes, sure, new double[] {1, -1}), "but row 1 has -1.0");
        assertRefused(() -> LOG_LOSS.of(new int[] {0, 2}, sure), "targets must be class numbers from 0 to 1");
        assertRefused(() -> pinball(Double.NaN), "q must be above 0 and below 1, but was NaN");
        assertRefused(() -> pinball(0), "q must be above 0 and below 1, but was 0.0");
        assertRefused(() -> pinball(1), "q must be above 0 and below 1, but was 1.0");
        assertRefused(() -> top(0), "k must be at least 1, but was 0");
        assertRefused(() -> ACCURACY.of(new int[0], new double[0][]), "probabilities has none");
        assertRefused(() -> ACCURACY.of(new int[] {0}, sure), "1 targets and 2 rows of probabilities");
        assertRefused(
                () -> ACCURACY.of(new int[] {0, 2}, sure), "targets must be class numbers from 0 to 1, but row 1 is 2");
        assertRefused(
                () -> LOG_LOSS.of(classes, new double[][] {{1, 0}, {1.5, -0.5}}),
                "row 1 has 1.5; apply softmax to logits first");
        assertRefused(() -> LOG_LOSS.of(classes, new double[][] {{1, 0}, {Double.NaN, 1}}), "row 1 has NaN");
        assertRefused(() -> LOG_LOSS.of(classes, new double[][] {{1, 0}, {1}}), "row 0 has 2 and row 1 has 1");
        assertRefused(() -> ACCURACY.of(new int[] {0}, new double[][] {{1}}), "two or more");
        assertRefused(() -> Metrics.named("rmse"), "the nearest are rms");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void intervalsHoldTheirEnds() {
        double[][] intervals = {{0, 1}, {0, 1}, {2, 4}, {-1, 0}};

        assertThat(Metrics.coverage(new double[] {0, 1, 3, 5}, intervals)).isEqualTo(0.75);
        assertThat(Metrics.width(intervals)).isEqualTo(1.25);
        assertThat(Metrics.coverage(
                        new double[] {7}, new double[][] {{Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}}))
                .isEqualTo(1);
        assertRefused(() -> Metrics.width(new double[][] {{1, 0}}), "the lower first, but row 0 is [1.0, 0.0]");
        assertRefused(() -> Metrics.width(new double[][] {{Double.NaN, 0}}), "row 0");
        assertRefused(() -> Metrics.coverage(new double[] {1}, new double[0][]), "1 targets and 0 rows of intervals");
        assertRefused(() -> Metrics.coverage(new double[] {1}, new double[][] {{1, 0}}), "the lower first");
        assertRefused(
                () -> Metrics.coverage(new double[] {Double.NaN}, new double[][] {{0, 1}}), "targets must be finite");
        assertThat(Metrics.coverage(new double[] {2}, new double[][] {{2, 2}})).isEqualTo(1);
    }

    @Test
    void confusionCountsTrueByRowAndPredictedByColumn() {
        Confusion confusion = Confusion.of(new int[] {0, 0, 1}, new int[] {1, 0, 1}, 2);

        assertThat(confusion.count(0, 1)).isEqualTo(1);
        assertThat(confusion.count(1, 0)).isZero();
        assertThat(confusion.recall(0)).isEqualTo(0.5);
        assertThat(confusion).hasToString("[1.0, 1.0]\n[0.0, 1.0]");
        assertThat(IntStream.range(0, 2).mapToDouble(confusion::precision)).containsExactly(1.0, 0.5);
    }

    @Test
    void confusionRefusesWhatItCantCount() {
        int[] two = {0, 1};
        assertRefused(() -> Confusion.of(two, new int[] {0}, 2), "2 targets and 1 rows of predictions");
        assertRefused(() -> Confusion.of(two, two, 2, new double[2]), "all weights are 0");
        assertRefused(() -> Confusion.of(new int[] {0, -1}, two, 2), "targets must be class numbers from 0 to 1");
        assertRefused(() -> Confusion.of(two, new int[] {0, 2}, 2), "predictions must be class numbers from 0 to 1");
    }

    /** By hand: the classes 0 and 1 have 2 rows and 1; no row is of class 2, which has no share of right rows. */
    @Test
    void aWeightedMeanLeavesAbsentClassesOut() {
        Confusion confusion = Confusion.of(new int[] {0, 0, 1}, new int[] {0, 2, 1}, 3);
        double[] rows = {2, 1, 0};

        assertThat(confusion.weighted(k -> confusion.count(k, k) / rows[k])).isEqualTo(2 / 3.0, within(1e-15));
    }

    @Test
    void aMetricPrintsItsName() {
        assertThat(RMS).hasToString("rms");
        assertThat(pinball(0.9)).hasToString("pinball(0.9)");
    }

    @Test
    void aMetricOfOnesOwn() {
        RegressionMetric bias = RegressionMetric.of("bias", false, (y, p, w) -> p[0] - y[0]);

        assertThat(bias.of(new double[] {1}, new double[] {3})).isEqualTo(2);
    }

    /** A constant that isn't in the list can't be asked for by its name, nor read from a file. */
    @Test
    void everyConstantIsFoundByItsName() throws IllegalAccessException {
        int constants = 0;
        for (Field field : Metrics.class.getFields()) {
            Metric metric = (Metric) field.get(null);
            assertThat(Metrics.named(metric.name())).as(field.getName()).isSameAs(metric);
            assertThat(metric.label()).isNotBlank();
            constants++;
        }
        assertThat(Metrics.names()).hasSize(constants + 2); // pinball and top are words with an argument
    }
}
