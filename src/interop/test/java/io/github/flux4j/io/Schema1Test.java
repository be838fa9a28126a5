package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.io.dl4j.Dl4j;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were written once and must be read for ever, by the library. Oracle: what came of them when they were written. */
class Schema1Test {

    private static final double FLOAT = 1e-5; // some roundings of 6e-8, of numbers up to 20, added up in another order
    private static final double DOUBLE = 1e-12; // the same of 1e-16

    private record Case(String name, JsonObject expected) {
        @Override
        public String toString() {
            return name;
        }

        Path file(String ending) {
            return folder().resolve(name + ending);
        }

        boolean is(String... kinds) {
            return List.of(kinds).contains(expected.get("kind").getAsString());
        }

        /** Estimators prepare rows in Float32, whatever their networks are. */
        double tolerance() {
            return name.contains("float64") && !is("regressor", "classifier") ? DOUBLE : FLOAT;
        }

        boolean draws() {
            return is("model") && !expected.has("predictions");
        }

        void assertNear(String key, double[]... found) {
            double[][] then = new Gson().fromJson(expected.get(key), double[][].class);
            assertThat(found.length).isEqualTo(then.length);
            for (int row = 0; row < then.length; row++) {
                assertThat(found[row]).containsExactly(then[row], within(tolerance()));
            }
        }
    }

    private static Path folder() {
        return Path.of("src/core/test/resources/io/github/flux4j/io/schema1");
    }

    private static Stream<Case> all() throws IOException {
        return JsonParser.parseString(Files.readString(folder().resolve("expected.json")))
                .getAsJsonObject()
                .entrySet()
                .stream()
                .map(entry -> new Case(entry.getKey(), entry.getValue().getAsJsonObject()));
    }

    static Stream<Case> models() throws IOException {
        return all().filter(each -> each.is("model"));
    }

    static Stream<Case> estimators() throws IOException {
        return all().filter(each -> each.is("regressor", "classifier"));
    }

    static Stream<Case> checkpoints() throws IOException {
        return all().filter(each -> each.is("checkpoint"));
    }

    static Stream<Case> networks() throws IOException {
        return all().filter(each -> each.is("network"));
    }

    @Test
    void noFileIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            long saved = files.filter(file -> file.toString().matches(".*\\.(flux4j|zip)"))
                    .count();
            assertThat(all().count()).isEqualTo(saved).isGreaterThan(120);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void modelsPredictAsThen(Case file) throws IOException {
        Layer model = Models.load(file.file(".flux4j"), Layers.PARTS);

        if (file.draws()) {
            assertThat(model.text()).contains("rrelu");
        } else {
            file.assertNear("predictions", predictions(model));
        }
    }

    private static double[][] predictions(Layer model) {
        return model.predict(rows(Schema1Writer.ROWS).castTo(model.dataType())).toDoubleMatrix();
    }

    @ParameterizedTest
    @MethodSource("models")
    void ourOnnxPredictsAsThen(Case file) throws IOException {
        boolean isThere = file.expected.get("onnx").getAsBoolean();

        assertThat(Files.exists(file.file(".onnx"))).isEqualTo(isThere);
        if (isThere) {
            file.assertNear("predictions", predictions(Onnx.read(file.file(".onnx"))));
        }
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void estimatorsPredictAsThen(Case file) throws IOException {
        Path path = file.file(".flux4j");
        List<JsonElement> cells = file.expected.getAsJsonArray("cells").asList();
        if (file.is("regressor")) {
            FittedRegressor model = FittedRegressor.load(path);
            file.assertNear("predictions", each(cells, row -> model.predictAll(named(model.features(), row))));
        } else {
            FittedClassifier model = FittedClassifier.load(path);
            file.assertNear(
                    "predictions",
                    each(
                            cells,
                            row -> model.probabilities(named(model.features(), row)).values().stream()
                                    .mapToDouble(probability -> probability)
                                    .toArray()));
        }
    }

    private interface Prediction {
        double[] of(String... cells);
    }

    private static double[][] each(List<JsonElement> rows, Prediction prediction) {
        return rows.stream()
                .map(row -> prediction.of(new Gson().fromJson(row, String[].class)))
                .toArray(double[][]::new);
    }

    private static Map<String, String> named(List<String> names, String... cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(names.get(i), cells[i]);
        }
        return row;
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void checkpointsSayAndGoOnAsThen(Case file) throws IOException {
        Map<String, Object> facts = Schema1Writer.facts(file.file(".flux4j"));

        assertNear(file, facts.remove("predictions"), "predictions");
        assertNear(file, facts.remove("after"), "after");
        assertAsThen(file, facts);
    }

    private static void assertAsThen(Case file, Map<String, Object> facts) {
        facts.forEach((key, value) -> assertThat(new Gson().toJson(value))
                .as(key)
                .isEqualTo(file.expected.get(key).toString()));
    }

    private static void assertNear(Case file, Object found, String key) {
        if (found instanceof double[] row) {
            double[] then = new Gson().fromJson(file.expected.get(key), double[].class);
            assertThat(row).containsExactly(then, within(FLOAT));
        } else {
            file.assertNear(key, (double[][]) found);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networksOfModelSerializerPredictAndGoOnAsThen(Case file) throws IOException {
        Map<String, Object> outcome = Schema1Writer.outcome(file.file(".zip"));

        assertNear(file, outcome.get("predictions"), "predictions");
        assertNear(file, outcome.get("after"), "after");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networksOfModelSerializerAreLayersAgain(Case file) throws IOException {
        file.assertNear("predictions", predictions(Dl4j.read(file.file(".zip"))));
    }
}
