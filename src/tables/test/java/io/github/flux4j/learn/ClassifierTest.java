package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.CROSSENTROPY;
import static io.github.flux4j.Flux4j.SOFTMAX;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.learn.Learn.classifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Irises by a classifier that is kept short where only its behaviour matters. */
class ClassifierTest {

    /** Sums of Float64 probabilities. */
    private static final double ROUNDING = 1e-12;

    private static final Classifier SHORT =
            classifier().network("dense(8, relu)").epochs(20).networks(3).yardstick(false);

    private static final FittedClassifier IRIS = SHORT.fit(RealData.IRIS, "species");

    private static final Map<String, Double> SETOSA =
            Map.of("sepal_length", 5.1, "sepal_width", 3.5, "petal_length", 1.4, "petal_width", 0.2);

    @Test
    void predictsClassesAndProbabilities() {
        assertThat(IRIS.classes()).containsExactly("setosa", "versicolor", "virginica");
        assertThat(IRIS.predict(SETOSA)).isEqualTo("setosa");
        assertThat(IRIS.predict(5.1, 3.5, 1.4, 0.2)).isEqualTo("setosa");
        assertThat(IRIS.probabilities(SETOSA).values().stream()
                        .mapToDouble(p -> p)
                        .sum())
                .isCloseTo(1, within(ROUNDING));
        assertThat(IRIS.probabilities(SETOSA).keySet()).containsExactlyElementsOf(IRIS.classes());
        assertThat(IRIS.predict(RealData.IRIS)).hasSize(150);
        for (double[] row : IRIS.probabilities(RealData.IRIS)) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(ROUNDING));
        }
    }

    @Test
    void tellsHowGoodItIs() {
        FittedClassifier model = SHORT.epochs(200).yardstick(true).fit(RealData.IRIS, "species");
        assertThat(model.report().leftOut().get("accuracy")).isGreaterThan(0.9);
        assertThat(model.report().leftOut().get("logLoss")).isLessThan(0.2);
        assertThat(model.report().quality().yardsticks()).containsKeys("accuracy", "logLoss");
        assertThat(model.report().toString()).contains("held-out accuracy 0.9", "(logistic 0.9");
    }

    @Test
    void classesMayBeNumbers() {
        Table table = Table.of(
                Numbers.of("x", IntStream.range(0, 60).asDoubleStream().toArray()),
                Numbers.of(
                        "digit",
                        IntStream.range(0, 60).mapToDouble(i -> i < 30 ? 10 : 9).toArray()));
        assertThat(SHORT.fit(table, "digit").classes()).containsExactly("9", "10");
    }

    @Test
    void twoClassesAreEnoughAndOneIsNot() {
        Table two = RealData.IRIS.rows(IntStream.range(40, 100).toArray());
        assertThat(SHORT.fit(two, "species").classes()).containsExactly("setosa", "versicolor");
        Table one = RealData.IRIS.rows(IntStream.range(0, 50).toArray());
        assertThatThrownBy(() -> SHORT.fit(one, "species")).hasMessageContaining("at least two classes");
    }

    @Test
    void numbersThatAreNoClassesAreRefused() {
        assertThatThrownBy(() -> SHORT.fit(RealData.DIABETES, "progression")).hasMessageContaining("use regressor()");
        assertThatThrownBy(() -> SHORT.fit(RealData.CARS, "Origin", "Year")).hasMessageContaining("one target");
    }

    @Test
    void aClassOfOneRowIsLearntAndSaid() {
        Table table = RealData.IRIS.rows(IntStream.range(0, 101).toArray());
        FittedClassifier model = SHORT.fit(table, "species");
        assertThat(model.classes()).contains("virginica");
        assertThat(model.report().notes()).anyMatch(note -> note.startsWith("class virginica has only one row"));
    }

    @Test
    void weightsOfClassesMoveTheProbabilities() {
        double plain = mean(SHORT, 2);
        assertThat(mean(SHORT.classWeights(Map.of("virginica", 20.0)), 2)).isGreaterThan(plain);
        assertThatThrownBy(() -> mean(SHORT.classWeights(Map.of("virginia", 2.0)), 2))
                .hasMessageContaining("there is no class virginia");
        assertThatThrownBy(() -> SHORT.classWeights(Map.of("virginica", -1.0))).hasMessageContaining("above 0");
    }

    private static double mean(Classifier classifier, int k) {
        return Arrays.stream(classifier.fit(RealData.IRIS, "species").probabilities(RealData.IRIS))
                .mapToDouble(row -> row[k])
                .average()
                .orElseThrow();
    }

    /** Nothing can be learnt from x but how frequent the classes are, 0.9 and 0.1; balanced, both count the same. */
    @Test
    void balancedLetsClassesCountTheSame() {
        Table table = Table.of(
                Numbers.of(
                        "x",
                        IntStream.range(0, 200).mapToDouble(i -> i / 10 % 2).toArray()),
                Texts.of(
                        "y",
                        IntStream.range(0, 200)
                                .mapToObj(i -> i % 10 == 0 ? "rare" : "usual")
                                .toList()));
        Classifier fast = classifier()
                .network("dense")
                .with("rule", "adam(0.02)")
                .inputRate(1)
                .networks(2)
                .yardstick(false);
        assertThat(fast.fit(table, "y").probabilities(Map.of("x", 1)).get("rare"))
                .isCloseTo(0.1, within(0.03));
        assertThat(fast.balanced().fit(table, "y").probabilities(Map.of("x", 1)).get("rare"))
                .isCloseTo(0.5, within(0.05));
    }

    @Test
    void smoothingMakesItLessSure() {
        double sure = SHORT.epochs(200)
                .fit(RealData.IRIS, "species")
                .probabilities(SETOSA)
                .get("setosa");
        double smoothed = SHORT.epochs(200)
                .labelSmoothing(0.3)
                .fit(RealData.IRIS, "species")
                .probabilities(SETOSA)
                .get("setosa");
        assertThat(smoothed).isLessThan(sure);
        assertThatThrownBy(() -> SHORT.labelSmoothing(1)).hasMessageContaining("from 0 to below 1");
    }

    @Test
    void aNetworkMayEndInSoftmax() {
        FittedClassifier model = SHORT.network((in, out) -> chain(dense(in, out), SOFTMAX))
                .loss(CROSSENTROPY)
                .epochs(200)
                .with("rule", "adam(0.02)")
                .fit(RealData.IRIS, "species");
        assertThat(model.report().leftOut().get("logLoss")).isLessThan(0.4);
    }

    @Test
    void rowsWithoutAClassAreLeftOut() {
        List<String> species = IntStream.range(0, 150)
                .mapToObj(
                        row -> row < 5 ? null : RealData.IRIS.column("species").text(row))
                .toList();
        Table table = Tables.with(RealData.IRIS.drop("species"), Texts.of("species", species));
        FittedClassifier model = SHORT.fit(table, "species");
        assertThat(model.report().data().rowsLeftOut()).isEqualTo(Collections.singletonMap("without species", 5));
    }
}
