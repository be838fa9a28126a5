package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prediction from files, by networks small enough to calculate by hand. */
class PredictorTest {

    private static final double FLOAT = 1e-7; // one rounding of numbers around 1

    @TempDir
    private Path folder;

    /** {@code y = 2·x₁ − x₂ + 0.5}, and further networks that add 1 to that. */
    private static Map<String, Tensor> lines(int count) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String path = count == 1 ? "" : i + ".";
            tensors.put(path + "weight", Tensor.of(new float[] {2, -1}, 1, 2));
            tensors.put(path + "bias", Tensor.of(new float[] {0.5f + i}, 1));
        }
        return tensors;
    }

    private static final Map<String, Object> LINE = SampleFiles.dense(2, 1, "identity");

    private static Predictor line() throws IOException {
        return SampleFiles.predictor(ModelWriter.file(SampleFiles.document(LINE), lines(1)));
    }

    private static Predictor with(Map<String, Object> more, int count) throws IOException {
        Map<String, Object> document =
                SampleFiles.document(java.util.Collections.nCopies(count, LINE).toArray());
        document.putAll(more);
        return SampleFiles.predictor(ModelWriter.file(document, lines(count)));
    }

    private static List<Map<String, Object>> features() {
        return List.of(
                Map.of("name", "a", "type", "number", "missing", 1, "center", 0, "scale", 1),
                Map.of("name", "b", "type", "number", "center", 10, "scale", 0.1));
    }

    @Test
    void predictsRowsOfEveryKind() throws IOException {
        Predictor line = line();

        assertThat(line.inputs()).isEqualTo(2);
        assertThat(line.predict(1, 3)).containsExactly(-0.5);
        assertThat(line.predict(new float[] {1, 3})).containsExactly(-0.5f);
        assertThat(line.predict(new double[][] {{1, 3}, {0, 0}})).isDeepEqualTo(new double[][] {{-0.5}, {0.5}});
        assertThat(line.predict(new float[][] {{1, 3}, {0, 0}})).isDeepEqualTo(new float[][] {{-0.5f}, {0.5f}});
        assertThat(line.predict(new float[] {1, 3, 0, 0}, 2)).containsExactly(-0.5f, 0.5f);
        assertThat(line.predict(new double[0][])).isEmpty();
    }

    @Test
    void predictsManyRowsByName() throws IOException {
        Predictor line = with(Map.of("features", features()), 1);

        assertThat(line.outputs()).isEqualTo(1);
        assertThat(line.isClassifier()).isFalse();
        assertThat(line.predictAll(List.of(Map.of("a", 1, "b", 40), Map.of("a", 0, "b", 10))))
                .isDeepEqualTo(new double[][] {{-0.5}, {0.5}});
        assertWrong(
                () -> line.predictAll(List.of(Map.of("a", 1, "b", 40), Map.of("a", 0))),
                "row 1: a row must have \"b\"");
    }

    @Test
    void loadsFilesAndStreams() throws IOException {
        Path file = folder.resolve("line.flux4j");
        ModelFile model = ModelWriter.file(SampleFiles.document(LINE), lines(1));
        ModelWriter.write(model, file);

        assertThat(Predictor.load(file).predict(1, 3)).containsExactly(-0.5);
        assertThat(Predictor.load(new ByteArrayInputStream(SampleFiles.bytes(model)))
                        .predict(1, 3))
                .containsExactly(-0.5);
    }

    @Test
    void whatIsGivenStaysAsItIs() throws IOException {
        double[][] rows = {{-1, 3}};
        SampleFiles.predictor(SampleFiles.file(Map.of("type", "relu"))).predict(rows);
        assertThat(rows[0]).containsExactly(-1, 3);
    }

    @Test
    void wrongRowsAreRefusedWithTheirNumber() throws IOException {
        Predictor line = line();

        assertWrong(() -> line.predict(1), "the model expects 2 features per row, but row 0 has 1");
        assertWrong(() -> line.predict(new double[][] {{1, 2}, {1, 2, 3}}), "but row 1 has 3");
        assertWrong(() -> line.predict(new float[3], 2), "but there are 3 numbers for 2 rows");
        assertWrong(() -> line.predict(new float[2], 0), "but there are 2 numbers for 0 rows");
        assertWrong(() -> line.predict(), "but row 0 has 0");
        assertWrong(() -> line.predict(1, Double.NaN), "row 0, column 1 is NaN. Fill or drop such rows");
        assertWrong(
                () -> line.predict(new double[][] {{1, 1}, {Double.NEGATIVE_INFINITY, 1}}),
                "row 1, column 0 is -Infinity");
        assertWrong(() -> line.predict(1, 1e39), "1.0E39, too large for Float32");
        assertThatNullPointerException()
                .isThrownBy(() -> line.predict((double[]) null))
                .withMessage("features is null");
        assertThatNullPointerException()
                .isThrownBy(() -> line.predict((float[]) null))
                .withMessage("features is null");
        assertThatNullPointerException()
                .isThrownBy(() -> line.predict(new double[][] {null}))
                .withMessage("row 0 of features is null");
        assertThatNullPointerException()
                .isThrownBy(() -> line.predict(new float[][] {null}))
                .withMessage("row 0 of features is null");
    }

    private static void assertWrong(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    @Test
    void aLayerWithoutNumbersIsAFunctionOfAnyRow() throws IOException {
        Predictor tanh = SampleFiles.predictor(SampleFiles.file(Map.of("type", "softplus")));
        assertThat(tanh.inputs()).isZero();
        assertThat(tanh.predict(Double.NaN, Double.POSITIVE_INFINITY, -1e3))
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, 0);
    }

    @Test
    void severalNetworksAnswerByTheirMean() throws IOException {
        assertThat(with(Map.of(), 3).predict(1, 3)).containsExactly(0.5); // of −0.5, 0.5 and 1.5
    }

    @Test
    void aRegressorPredictsInTheTargetsUnits() throws IOException {
        Map<String, Object> target = Map.of("name", "y", "type", "number", "mean", 100, "std", 10, "low", 80);
        Predictor regressor = with(Map.of("features", features(), "target", target), 1);

        assertThat(regressor.predict(Map.of("a", 1, "b", 40))).isEqualTo(95); // −0.5·10 + 100
        assertThat(regressor.predict(Map.of("a", "NA", "b", "40"))).isEqualTo(95);
        assertThat(regressor.predictAll(Map.of("a", 1, "b", 40))).containsExactly(95);
        assertThat(regressor.predict(1, 40)).containsExactly(95);
        assertThat(regressor.predict(new double[][] {{Double.NaN, 40}, {1, 10}}))
                .isDeepEqualTo(new double[][] {{95}, {125}});
        assertThat(regressor.predictCells("", "40")).containsExactly(95);
        assertThat(regressor.predict(1, 1000)).as("no less than low").containsExactly(80);
        assertThat(regressor.inputs()).isEqualTo(2);
        assertThat(regressor.features().names()).containsExactly("a", "b");
        assertWrong(
                () -> regressor.predict(new double[][] {{1, 2}, {1, Double.NaN}}),
                "row 1: column \"b\" must be finite");
        assertThatIllegalStateException()
                .isThrownBy(() -> regressor.label(Map.of()))
                .withMessageContaining("use predict");
    }

    @Test
    void aClassifierPredictsProbabilitiesAndLabels() throws IOException {
        Map<String, Object> target = Map.of("name", "y", "type", "classes", "classes", List.of("no", "yes"));
        Predictor classifier = with(Map.of("features", features(), "target", target), 2);
        double yes = (1 / (1 + Math.exp(0.5)) + 1 / (1 + Math.exp(-0.5))) / 2; // of logits −0.5 and 0.5

        assertThat(classifier.classes()).containsExactly("no", "yes");
        assertThat(classifier.predict(1, 40)).containsExactly(new double[] {1 - yes, yes}, within(FLOAT));
        assertThat(classifier.probabilities(Map.of("a", 1, "b", 10)).get("yes")).isBetween(0.94, 0.97);
        assertThat(classifier.label(Map.of("a", 1, "b", 10))).isEqualTo("yes");
        assertThat(classifier.label(Map.of("a", -1, "b", 10))).isEqualTo("no");
        assertThatIllegalStateException()
                .isThrownBy(() -> classifier.predict(Map.of("a", 1, "b", 10)))
                .withMessageContaining("use label or probabilities");
    }

    @Test
    void ofAsManyOutputsAsClassesTheLogitsAreSoftmaxed() throws IOException {
        Map<String, Object> document = SampleFiles.document(Map.of("type", "scale", "size", 3, "bias", false));
        document.put("target", Map.of("type", "classes", "classes", List.of("a", "b", "c")));
        Predictor classifier = SampleFiles.predictor(ModelWriter.file(
                document, Map.of("weight", Tensor.of(new float[] {1, 1, 1}, 3))));
        double sum = 1 + Math.E + Math.exp(2);
        assertThat(classifier.predict(0, 1, 2))
                .containsExactly(new double[] {1 / sum, Math.E / sum, Math.exp(2) / sum}, within(1e-12));

        document.put(
                "target", Map.of("type", "classes", "classes", List.of("a", "b", "c"), "outputs", "probabilities"));
        Predictor plain = SampleFiles.predictor(ModelWriter.file(
                document, Map.of("weight", Tensor.of(new float[] {1, 1, 1}, 3))));
        assertThat(plain.predict(0.5, 0.25, 0.25)).containsExactly(0.5, 0.25, 0.25);
    }

    @Test
    void wordsThatTheFileCantAnswerSayWhichCan() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> line().predict(Map.of()))
                .withMessageContaining("predict(double...)");
        assertThatIllegalStateException().isThrownBy(() -> line().classes()).withMessageContaining("use predict");
    }

    @Test
    void whatCantPredictIsRefused() {
        assertFile(
                "or one of the parts passed to load, but is the text \"cube\", which this version",
                Map.of("type", "chain", "layers", List.of(Map.of("type", "cube"))));
        assertFile("the activation of network 0 must be a known layer", SampleFiles.dense(1, 1, "cube"));
        assertFile("is fixed in training mode", Map.of("type", "dropout", "p", 0.5, "mode", "train"));
        assertFile(
                "must take the 3 numbers of the layer before it, but takes 2",
                Map.of(
                        "type",
                        "chain",
                        "layers",
                        List.of(SampleFiles.dense(2, 3, "relu"), SampleFiles.dense(2, 1, "relu"))));
        assertFile("has no network");
        assertFile(
                "must fit the features and the target",
                SampleFiles.dense(2, 1, "relu"),
                SampleFiles.dense(2, 3, "relu"));
        assertTarget("must fit the features and the target", List.of(Map.of(), Map.of()));
        assertTarget(
                "must fit the features and the target", Map.of("type", "classes", "classes", List.of("a", "b", "c")));
        assertUnwritable("at least two classes", Map.of("type", "classes", "classes", List.of("a")));
        assertUnwritable("must be number or classes", Map.of("type", "colour"));
        assertRefused(
                () -> with(Map.of("features", features().subList(0, 1)), 1), "but one takes 2 numbers and gives 1");
    }

    private static void assertFile(String message, Object... networks) {
        assertRefused(() -> SampleFiles.predictor(SampleFiles.file(networks)), message);
    }

    private static void assertUnwritable(String message, Object target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of("target", target), 1))
                .withMessageContaining(message);
    }

    private static void assertTarget(String message, Object target) {
        assertRefused(() -> with(Map.of("target", target), 1), message);
    }

    @Test
    void manyThreadsPredictTheSame() throws Exception {
        Predictor predictor = SampleFiles.predictor(SampleFiles.small());
        double[][] rows = IntStream.range(0, 200)
                .mapToObj(i -> new double[] {i / 100.0, 1})
                .toArray(double[][]::new);
        double[][] expected = predictor.predict(rows);

        boolean same = IntStream.range(0, 2000)
                .parallel()
                .allMatch(i -> Arrays.equals(predictor.predict(rows[i % 200]), expected[i % 200]));
        assertThat(same).as("alone or among others, in whichever thread").isTrue();
    }

    @Test
    void randomSlopesLieBetweenTheirBounds() throws IOException {
        Predictor rrelu = SampleFiles.predictor(SampleFiles.file(Map.of("type", "rrelu")));
        for (int i = 0; i < 100; i++) {
            assertThat(rrelu.predict(-24, 1)[0]).isBetween(-8.0, -3.0);
        }
    }

    @Test
    void numbersInADocumentThatMakeNoSenseGiveNoOtherException() {
        for (Object odd : List.of("x", true, List.of(), Map.of(), -1, 1e300)) {
            for (String key : List.of("in", "out", "activation", "bias", "eps", "size", "p", "type")) {
                Map<String, Object> layer = new LinkedHashMap<>(SampleFiles.dense(2, 1, "relu"));
                layer.put(key, odd);
                try {
                    SampleFiles.predictor(SampleFiles.file(layer));
                } catch (IOException | IllegalArgumentException e) {
                    assertThat(e).hasMessageNotContaining("Cannot ");
                }
            }
        }
    }

    /** By hand: three networks say 0.5, 1.5 and 2.5, times 10; residuals 1 and 2 of each; of seven places, the first and the sixth at 0.8. */
    @Test
    void intervalsComeFromTheResidualsOfTheFile() throws IOException {
        Map<String, Object> document = heldOut();
        Map<String, Tensor> tensors = lines(3);
        tensors.put("heldout.residual", Tensor.of(new double[] {1, 2, 1, 2, 1, 2}, 6));
        tensors.put("heldout.network", Tensor.of(new double[] {0, 0, 1, 1, 2, 2}, 6));
        Predictor predictor = SampleFiles.predictor(ModelWriter.file(document, tensors));
        Map<String, Object> row = Map.of("a", 0, "b", 10);

        assertThat(predictor.hasIntervals()).isTrue();
        assertThat(predictor.targets()).containsExactly("y");
        assertThat(predictor.predict(row)).isEqualTo(15);
        assertThat(predictor.interval(row, 0.8)).containsExactly(3, 27);
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.interval(row, 0));

        tensors.put("heldout.network", Tensor.of(new double[] {0, 0, 1, 1, 2, 3}, 6));
        assertRefused(
                () -> SampleFiles.predictor(ModelWriter.file(document, tensors)),
                "must have a network for each residual");
    }

    /**
     * By hand: three networks say 5, 15 and 25, of variance 100; with a width of 24, half way from 20 to 28, the difficulty is √(24² + 10²) = 26. Of four
     * places at 0.75, the third of the sizes 1 2 3 is 3.
     */
    @Test
    void scaledIntervalsComeFromTheFile() throws IOException {
        Map<String, Tensor> tensors = lines(3);
        tensors.put("heldout.residual", Tensor.of(new double[] {-3, 1, 2}, 3));
        tensors.put("heldout.prediction", Tensor.of(new double[] {10, 20}, 2));
        tensors.put("heldout.width", Tensor.of(new double[] {20, 28}, 2));
        tensors.put("heldout.variance", Tensor.of(new double[] {1}, 1));
        Predictor predictor = SampleFiles.predictor(ModelWriter.file(heldOut(), tensors));
        Map<String, Object> row = Map.of("a", 0, "b", 10);

        assertThat(predictor.interval(row, 0.75)).containsExactly(15 - 3 * 26, 15 + 3 * 26);
        assertThat(predictor.atLeast(row, 0.75)).isEqualTo(15 - 3 * 26);
        assertThat(predictor.atMost(row, 0.75)).isEqualTo(15 + 2 * 26);

        // of width 0, the networks' deviation of 10 is the difficulty
        tensors.put("heldout.width", Tensor.of(new double[] {0, 0}, 2));
        assertThat(SampleFiles.predictor(ModelWriter.file(heldOut(), tensors)).interval(row, 0.75))
                .containsExactly(15 - 3 * 10, 15 + 3 * 10);
    }

    @Test
    void heldOutRowsThatDontFitAreRefused() {
        Map<String, Tensor> good = new HashMap<>();
        good.put("heldout.residual", Tensor.of(new double[] {-3, 1, 2}, 3));
        good.put("heldout.prediction", Tensor.of(new double[] {10, 20}, 2));
        good.put("heldout.width", Tensor.of(new double[] {20, 28}, 2));
        good.put("heldout.variance", Tensor.of(new double[] {1}, 1));
        Map<String, Tensor> bad = new LinkedHashMap<>();
        bad.put("heldout.prediction", Tensor.of(new double[] {20, 20}, 2));
        bad.put("heldout.width", Tensor.of(new double[] {20, -28}, 2));
        bad.put("heldout.variance", Tensor.of(new double[] {2}, 1));
        bad.put("heldout.prediction ", Tensor.of(new double[] {20}, 1));
        bad.put("heldout.network", Tensor.of(new double[] {0, 1, 2}, 3));
        bad.forEach((name, tensor) -> {
            Map<String, Tensor> tensors = lines(3);
            tensors.putAll(good);
            tensors.put(name.strip(), tensor);
            assertRefused(() -> SampleFiles.predictor(ModelWriter.file(heldOut(), tensors)), "held-out rows");
        });
        Map<String, Tensor> withoutKnots = lines(3);
        withoutKnots.putAll(good);
        withoutKnots.put("heldout.prediction", Tensor.of(new double[0], 0));
        withoutKnots.put("heldout.width", Tensor.of(new double[0], 0));
        assertRefused(() -> SampleFiles.predictor(ModelWriter.file(heldOut(), withoutKnots)), "");
        good.keySet().forEach(name -> {
            Map<String, Tensor> tensors = lines(3);
            tensors.putAll(good);
            tensors.remove(name);
            assertRefused(() -> SampleFiles.predictor(ModelWriter.file(heldOut(), tensors)), "must have");
        });
    }

    private static Map<String, Object> heldOut() {
        Map<String, Object> document =
                SampleFiles.document(java.util.Collections.nCopies(3, LINE).toArray());
        document.put("features", features());
        document.put("target", Map.of("name", "y", "type", "number", "mean", 0.0, "std", 10.0));
        document.put("sections", List.of("heldout"));
        return document;
    }

    @Test
    void withoutResidualsThereAreNoIntervals() throws IOException {
        assertThat(line().hasIntervals()).isFalse();
        assertThat(line().targets()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> line().requireIntervals(0.9))
                .withMessageContaining("held out none");
        Map<String, Object> classes = Map.of("target", Map.of("type", "classes", "classes", List.of("n", "y")));
        assertThatIllegalStateException()
                .isThrownBy(() -> with(classes, 1).requireIntervals(0.9))
                .withMessageContaining("classes; their probabilities");
    }
}
