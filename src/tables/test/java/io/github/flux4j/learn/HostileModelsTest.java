package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.io.Edits;
import io.github.flux4j.predict.Mutations;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fitted models edited by somebody who knows the format, with the checksum that fits: refused in a sentence; or finite predictions of a finite row, the same by
 * both readers; or an exception that blames the model.
 */
class HostileModelsTest {

    /** The engine and plain Java add Float32 products in other orders, and the edited numbers may be large. */
    private static final double RELATIVE = 1e-3;

    private static final double LARGE = 1e6;

    @TempDir
    private Path folder;

    @Test
    void hundredsAreRefusedOrPredictOrBlameThemselves() throws IOException {
        assertThat(tried(200, 1)).isBetween(10, 180);
    }

    @Test
    @Tag("long")
    void aHundredThousandAreRefusedOrPredictOrBlameThemselves() throws IOException {
        assertThat(tried(100_000, 2)).isBetween(5000, 90_000);
    }

    /** How many of so many predicted. */
    private int tried(int count, long seed) throws IOException {
        Path file = folder.resolve("model.flux4j");
        regressor()
                .network("dense(4, relu)")
                .epochs(2)
                .networks(2)
                .yardstick(false)
                .seed(1)
                .fit(RealData.CARS, RealData.MPG)
                .save(file);
        int predicted = tried(file, HostileModelsTest::regression, count / 2, seed);
        classifier()
                .network("dense(4, tanh)")
                .seed(1)
                .epochs(2)
                .networks(2)
                .fit(RealData.IRIS, "species")
                .save(file);
        return predicted + tried(file, HostileModelsTest::classes, count / 2, seed);
    }

    /** Loads a file. */
    private interface Reading {
        Function<Map<String, Object>, double[]> load(Path file) throws IOException;
    }

    private static Function<Map<String, Object>, double[]> regression(Path file) throws IOException {
        return FittedRegressor.load(file)::predictAll;
    }

    private static Function<Map<String, Object>, double[]> classes(Path file) throws IOException {
        FittedClassifier model = FittedClassifier.load(file);
        return row -> model.probabilities(row).values().stream()
                .mapToDouble(probability -> probability)
                .toArray();
    }

    private static int tried(Path file, Reading reading, int count, long seed) throws IOException {
        ModelFile original = ModelFile.read(file);
        Edits edits = new Edits(original, seed);
        Mutations mutations = new Mutations(original, seed);
        int predicted = 0;
        for (int i = 0; i < count; i++) {
            Files.write(file, i % 4 == 0 ? mutations.withChecksum() : edits.next());
            predicted += isPredicted(file, reading, i) ? 1 : 0;
        }
        return predicted;
    }

    private static boolean isPredicted(Path file, Reading reading, int number) {
        try {
            Predictor plain = Predictor.load(file);
            Function<Map<String, Object>, double[]> fitted = reading.load(file);
            Map<String, Object> row = row(plain);
            double[] first = predictions(() -> plain.predictAll(row));
            double[] second = predictions(() -> fitted.apply(row));
            assertThat(DoubleStream.of(first)).allMatch(Double::isFinite);
            assertThat(DoubleStream.of(second)).allMatch(Double::isFinite);
            if (isOrdinary(file)) {
                assertAgreement(first, second);
            }
            return first.length > 0;
        } catch (IOException e) {
            assertThat(e.getMessage())
                    .startsWith(file + ": ")
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(1500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("file " + number + ": only finite predictions or an IOException were expected", e);
        }
    }

    private static void assertAgreement(double[] first, double[] second) {
        assertThat(first.length).as("both predict, or neither").isEqualTo(second.length);
        for (int i = 0; i < first.length; i++) {
            assertThat(first[i]).isCloseTo(second[i], within(RELATIVE * Math.max(1, Math.abs(second[i]))));
        }
    }

    /** Otherwise the cosine of a number is anybody's guess, and one reader's sum may overflow where the other's doesn't. */
    private static boolean isOrdinary(Path file) throws IOException {
        return ModelFile.read(file).tensors().values().stream()
                .allMatch(tensor -> Arrays.stream(tensor.doubles()).allMatch(number -> Math.abs(number) < LARGE));
    }

    /** What makes predictions. */
    private interface Predicting {
        double[] run();
    }

    /** None if the model is blamed. */
    private static double[] predictions(Predicting predicting) {
        try {
            return predicting.run();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("the model");
            return new double[0];
        }
    }

    /** Of ordinary values, by the names that the file has. */
    private static Map<String, Object> row(Predictor model) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Feature feature : model.features().list()) {
            row.put(
                    feature.name(),
                    feature instanceof NumberFeature number
                            ? number.isDate() ? 1971.5 : 3.5
                            : ((TextFeature) feature)
                                    .levels().stream().findFirst().orElse("a"));
        }
        return row;
    }
}
