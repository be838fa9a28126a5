package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.internal.network.Fma;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were written once and must be read for ever, in plain Java. Oracle: what they predicted when they were written. */
class Schema1Test {

    private static final String FOLDER = "/io/github/flux4j/io/schema1/";

    /** The rows of the models without a preparation. */
    private static final double[][] ROWS = {{0.5, -1.25, 2}, {-0.375, 0.75, 0.125}, {1.5, 3, -2.25}};

    /** To the bit where products are added as they were then, in one rounding; else some roundings of Float32, of numbers up to 20. */
    private static final Offset<Double> BITS = within(Fma.IS_FAST ? 0 : 1e-5);

    /** Java's exp and tanh may differ by an ulp from one version to the next, which Float32 hides and Float64 shows. */
    private static final Offset<Double> DOUBLE = within(1e-14);

    private static final List<String> OWN =
            List.of("layer-26-twice", "layer-27-gate", "layer-33-parallel", "layer-38-skipconnection");

    private record Case(String name, JsonObject expected) {
        @Override
        public String toString() {
            return name;
        }

        double[][] predictions() {
            return new Gson().fromJson(expected.get("predictions"), double[][].class);
        }

        Offset<Double> tolerance() {
            return name.contains("float64") ? DOUBLE : BITS;
        }
    }

    private static InputStream open(String name) {
        return Schema1Test.class.getResourceAsStream(FOLDER + name);
    }

    private static Stream<Case> ofKinds(String... kinds) throws IOException {
        try (InputStreamReader text = new InputStreamReader(open("expected.json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(text).getAsJsonObject().entrySet().stream()
                    .map(entry -> new Case(entry.getKey(), entry.getValue().getAsJsonObject()))
                    .filter(each ->
                            List.of(kinds).contains(each.expected.get("kind").getAsString()))
                    .filter(each -> !OWN.contains(each.name));
        }
    }

    static Stream<Case> models() throws IOException {
        return ofKinds("model");
    }

    static Stream<Case> estimators() throws IOException {
        return ofKinds("regressor", "classifier");
    }

    private static Predictor predictor(Case file) throws IOException {
        try (InputStream in = open(file.name + ".flux4j")) {
            return Predictor.load(in);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void modelsPredictAsThen(Case file) throws IOException {
        double[][] predictions = predictor(file).predict(ROWS);

        if (!file.expected.has("predictions")) {
            assertThat(file.name).contains("rrelu"); // which draws its slopes
            return;
        }
        for (int row = 0; row < ROWS.length; row++) {
            assertThat(predictions[row]).containsExactly(file.predictions()[row], file.tolerance());
        }
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void estimatorsPredictAsThen(Case file) throws IOException {
        Predictor predictor = predictor(file);
        List<JsonElement> rows = file.expected.getAsJsonArray("cells").asList();

        for (int row = 0; row < rows.size(); row++) {
            String[] cells = new Gson().fromJson(rows.get(row), String[].class);
            assertThat(predictor.predictCells(cells)).containsExactly(file.predictions()[row], file.tolerance());
        }
        assertThat(predictor.hasIntervals()).isEqualTo(file.expected.has("interval"));
        if (predictor.hasIntervals()) {
            double[] interval = new Gson().fromJson(file.expected.get("interval"), double[].class);
            assertThat(predictor.interval(first(predictor, rows), 0.5)).containsExactly(interval, file.tolerance());
        }
        if (file.expected.has("atLeast")) { // of those with signed residuals
            assertThat(predictor.atLeast(first(predictor, rows), 0.5))
                    .isCloseTo(file.expected.get("atLeast").getAsDouble(), file.tolerance());
        }
    }

    private static Map<String, String> first(Predictor predictor, List<JsonElement> rows) {
        String[] cells = new Gson().fromJson(rows.get(0), String[].class);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(predictor.features().names().get(i), cells[i]);
        }
        return row;
    }
}
