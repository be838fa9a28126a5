package io.github.flux4j.serve;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.predict.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What programs can ask of a server, as OpenAPI 3.0 describes it: two texts, and what is known of the columns of its models. */
final class OpenApi {

    private static final int MOST_LEVELS = 20;
    private static final String SERVER = PredictionPage.resource("openapi.json");
    private static final String MODEL = PredictionPage.resource("openapi-model.json");
    private static final Pattern PLACE = Pattern.compile("PATH|NAME|N\""); // what each model has of its own
    private static final Map<String, Object> NUMBER = Map.of("type", "number", "nullable", true);
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private OpenApi() {}

    static String of(List<ModelRegistry.Hosted> models, boolean hasKeys) {
        JsonObject api = JsonParser.parseString(SERVER).getAsJsonObject();
        JsonObject components = api.getAsJsonObject("components");
        for (int i = 0; i < models.size(); i++) {
            ModelRegistry.Hosted model = models.get(i);
            Map<String, String> names =
                    Map.of("PATH", model.path(), "NAME", Form.encoded(model.name()), "N\"", i + "\"");
            String paths = PLACE.matcher(MODEL).replaceAll(place -> names.get(place.group()));
            JsonParser.parseString(paths).getAsJsonObject().asMap().forEach(api.getAsJsonObject("paths")::add);
            JsonObject schemas = components.getAsJsonObject("schemas");
            schemas.add("row" + i, new Gson().toJsonTree(row(model.model().inputs())));
            schemas.add("answer" + i, new Gson().toJsonTree(answer(model.model().predictor())));
        }
        if (hasKeys) {
            api.add("security", JsonParser.parseString("[{\"key\":[]}]"));
            components.add(
                    "securitySchemes", JsonParser.parseString("{\"key\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"));
        }
        return api.toString();
    }

    private static Map<String, Object> object(Map<String, ?> properties, List<String> required) {
        return required.isEmpty()
                ? Map.of("type", "object", "properties", properties)
                : Map.of("type", "object", "properties", properties, "required", required);
    }

    private static Map<String, Object> row(Inputs inputs) {
        Map<String, Object> columns = new LinkedHashMap<>();
        inputs.features().forEach(column -> columns.put(column.name(), column(inputs, column)));
        return object(columns, inputs.preparation().allowsMissingColumns() ? List.of() : inputs.names());
    }

    private static Map<String, Object> column(Inputs inputs, Feature column) {
        boolean isNumber = column instanceof NumberFeature number && !number.isDate();
        List<Double> range = inputs.preparation().ranges().get(column.name());
        String description = "A date, such as 1971-01-31";
        if (column instanceof TextFeature text) {
            List<String> levels = text.levels();
            description = "In training " + String.join(", ", levels.subList(0, Math.min(MOST_LEVELS, levels.size())))
                    + (levels.size() > MOST_LEVELS ? ", …" : "");
        } else if (isNumber) {
            description = range == null ? "A number" : "In training " + range.get(0) + " to " + range.get(1);
        }
        return Map.of("type", isNumber ? "number" : "string", "nullable", true, "description", description);
    }

    private static Map<String, Object> answer(Predictor model) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        List<String> names = model.isClassifier() ? model.classes() : model.targets();
        names.forEach(name -> numbers.put(name, NUMBER));
        if (model.isClassifier()) {
            all.put("class", TEXT);
            all.put("probabilities", object(numbers, names));
        } else {
            all.put("prediction", model.outputs() == 1 ? NUMBER : object(numbers, names));
        }
        if (model.hasIntervals()) {
            all.put("low", NUMBER);
            all.put("high", NUMBER);
        }
        all.put("flags", Map.of("type", "object", "additionalProperties", TEXT));
        return object(all, List.of(model.isClassifier() ? "class" : "prediction"));
    }
}
