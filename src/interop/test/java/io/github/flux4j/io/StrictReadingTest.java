package io.github.flux4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says and a reader doesn't know is refused by the library and by the small jar, in the same words: each place of a file is edited in turn. */
class StrictReadingTest {

    private static final String NEWER = "update flux4j to read it";

    /** What stands where something else is expected. */
    private static final List<String> VALUES =
            List.of("-1", "0.5", "1e300", "true", "\"newer\"", "\"dense\"", "[]", "{}");

    @TempDir
    private Path folder;

    private static ModelFile read(String name) throws IOException {
        return ModelFile.read(StrictReadingTest.class.getResourceAsStream("schema1/" + name + ".flux4j"));
    }

    private static JsonObject json(ModelFile file) {
        return JsonParser.parseString(ModelWriter.safeTensors(file).metadata().get("flux4j"))
                .getAsJsonObject();
    }

    private interface Reading {
        void of(Path file) throws IOException;
    }

    /** Why it is refused; null if it is read. */
    private static String refusal(Reading reading, Path file) {
        try {
            reading.of(file);
            return null;
        } catch (IOException e) {
            return e.getMessage().replaceFirst("^.*?flux4j: ", "");
        }
    }

    private static void readFully(Path file) throws IOException {
        switch (ModelFile.read(file).kind()) {
            case "regressor" -> FittedRegressor.load(file);
            case "classifier" -> FittedClassifier.load(file);
            case "checkpoint" -> Checkpoint.read(file).optimiser();
            default -> Models.load(file);
        }
    }

    private record Refusals(String library, String small) {}

    private Refusals refusals(ModelFile file, JsonObject json) throws IOException {
        Path edited = folder.resolve("edited.flux4j");
        Files.write(edited, Edits.bytes(file, json.toString()));
        return new Refusals(
                refusal(StrictReadingTest::readFully, edited), refusal(path -> Predictor.load(path), edited));
    }

    private void assertRefusedAlike(ModelFile file, JsonObject json, String... words) throws IOException {
        Refusals refusals = refusals(file, json);

        assertThat(refusals.small()).as(json.toString()).contains(NEWER).contains(words);
        assertThat(refusals.library()).isEqualTo(refusals.small());
    }

    /** All objects of what decides predictions. */
    private static List<JsonObject> objects(JsonElement element) {
        List<JsonObject> objects = new ArrayList<>();
        if (element instanceof JsonObject object) {
            objects.add(object);
            object.asMap().values().forEach(value -> objects.addAll(objects(value)));
        } else if (element instanceof JsonArray array) {
            array.forEach(value -> objects.addAll(objects(value)));
        }
        return objects;
    }

    private static List<JsonObject> decisive(JsonObject json) {
        List<JsonObject> objects = new ArrayList<>();
        for (String key : List.of("networks", "features", "target")) {
            objects.addAll(json.has(key) ? objects(json.get(key)) : List.of());
        }
        return objects;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layer-31-parallel",
                "layer-35-columns",
                "layer-37-skipconnection",
                "layer-40-maxout",
                "layer-28-chain",
                "layer-2-dense-3-3-gelu",
                "layer-19-dropout-0-4-dims-1",
                "layer-20-alphadropout-0-4",
                "names",
                "epsilon",
                "activation-softshrink-0-25",
                "activation-celu-2",
                "activation-rrelu-0-25-0-25",
                "regressor-targets",
                "regressor-layers",
                "regressor-plain",
                "classifier-plain"
            })
    void anUnknownKeyIsRefusedAtEveryPlace(String name) throws IOException {
        ModelFile file = read(name);
        int places = decisive(json(file)).size();
        for (int i = 0; i < places; i++) {
            JsonObject json = json(file);
            JsonObject place = decisive(json).get(i);
            place.addProperty("residual", true);
            assertRefusedAlike(file, json, "\"residual\"", place.get("type").getAsString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer-1-dense-3-3", "regressor-plain", "classifier-plain"})
    void anUnknownKindIsRefused(String name) throws IOException {
        ModelFile file = read(name);
        JsonObject json = json(file);
        json.addProperty("kind", "transformer");
        assertRefusedAlike(file, json, "\"transformer\"", "kind");
    }

    @Test
    void anUnknownTypeIsRefusedByItsNameWhetherItHasTensorsOrNot() throws IOException {
        for (String name : List.of("layer-1-dense-3-3", "activation-relu", "layer-28-chain", "layer-12-batchnorm-3")) {
            ModelFile file = read(name);
            for (int i = 0; i < decisive(json(file)).size(); i++) {
                JsonObject json = json(file);
                decisive(json).get(i).addProperty("type", "attention");
                assertRefusedAlike(file, json, "\"attention\"");
            }
        }
        assertOneEdit(
                "layer-2-dense-3-3-gelu", json -> decisive(json).get(0).addProperty("activation", "snake"), "snake");
        assertOneEdit(
                "regressor-plain",
                json -> decisive(json.getAsJsonObject()).get(2).addProperty("activation", "snake"),
                "snake");
        assertOneEdit("regressor-plain", json -> first(json, "features").addProperty("type", "embedding"), "embedding");
        assertOneEdit(
                "regressor-plain",
                json -> json.getAsJsonObject("target").addProperty("type", "quantiles"),
                "quantiles");
        assertOneEdit(
                "classifier-plain", json -> json.getAsJsonObject("target").addProperty("outputs", "odds"), "odds");
        assertOneEdit("modes", json -> decisive(json).get(1).addProperty("mode", "sleep"), "sleep");
        assertOneEdit("float64", json -> json.addProperty("type", "bfloat16"), "bfloat16");
    }

    private static JsonObject first(JsonObject json, String key) {
        return json.getAsJsonArray(key).get(0).getAsJsonObject();
    }

    private void assertOneEdit(String name, Consumer<JsonObject> edit, String word) throws IOException {
        ModelFile file = read(name);
        JsonObject json = json(file);
        edit.accept(json);
        assertRefusedAlike(file, json, word);
    }

    @Test
    void unknownKeysOfACheckpointAreRefused() throws IOException {
        ModelFile file = read("checkpoint-1-descent-0-1");
        for (String place : List.of("optimiser", "training")) {
            JsonObject json = json(file);
            json.getAsJsonObject(place).addProperty("warp", 1);
            assertThat(refusals(file, json).library()).contains("\"warp\"").contains(NEWER);
        }
        for (String place : List.of("slots", "schedules")) {
            JsonObject json = json(file);
            first(json.getAsJsonObject("optimiser"), place).addProperty("warp", 1);
            assertThat(refusals(file, json).library()).contains("\"warp\"").contains(NEWER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer-28-chain", "regressor-plain", "classifier-plain", "checkpoint-1-descent-0-1"})
    void unknownKeysAtTheTopAndInTheReportAreIgnored(String name) throws IOException {
        ModelFile file = read(name);
        JsonObject json = json(file);
        json.addProperty("colour", "blue");
        if (json.has("report")) {
            json.getAsJsonObject("report").addProperty("colour", "blue");
        }

        assertThat(refusals(file, json)).isEqualTo(new Refusals(null, null));
    }

    /** Two readers, each the other's oracle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "layer-31-parallel",
                "layer-35-columns",
                "layer-37-skipconnection",
                "layer-40-maxout",
                "layer-28-chain",
                "layer-19-dropout-0-4-dims-1",
                "layer-20-alphadropout-0-4",
                "modes",
                "activation-softshrink-0-25",
                "activation-celu-2",
                "activation-rrelu-0-25-0-25",
                "regressor-kept",
                "classifier-plain"
            })
    void theSmallJarReadsNothingThatTheLibraryRefuses(String name) throws IOException {
        ModelFile file = read(name);
        int places = decisive(json(file)).size();
        for (int i = 0; i < places; i++) {
            for (String key : decisive(json(file)).get(i).keySet()) {
                assertAlike(file, i, key, null);
                for (String value : VALUES) {
                    assertAlike(file, i, key, value);
                }
            }
        }
        for (String key : List.of("networks", "features", "target", "type")) {
            for (String value : VALUES) {
                JsonObject json = json(file);
                json.add(key, JsonParser.parseString(value));
                Refusals refusals = refusals(file, json); // a layer needs no features and no target
                assertThat(refusals.library() != null && refusals.small() == null)
                        .as("%s %s", key, refusals.library())
                        .isFalse();
            }
        }
    }

    private void assertAlike(ModelFile file, int place, String key, String value) throws IOException {
        JsonObject json = json(file);
        JsonObject object = decisive(json).get(place);
        if (value == null) {
            object.remove(key);
        } else {
            object.add(key, JsonParser.parseString(value));
        }
        assertAlike(file, json, key);
    }

    private void assertAlike(ModelFile file, JsonObject json, String key) throws IOException {
        Refusals refusals = refusals(file, json);
        assertThat(refusals.small() == null)
                .as(
                        "%s read by the small jar (%s), by the library (%s): %s",
                        key, refusals.small(), refusals.library(), json)
                .isEqualTo(refusals.library() == null);
        if (refusals.small() != null && refusals.small().contains(NEWER)) {
            assertThat(refusals.library()).isEqualTo(refusals.small());
        }
    }
}
