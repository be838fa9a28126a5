package io.github.flux4j.serve;

import com.google.gson.Gson;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What programs can ask of a server, as OpenAPI 3.0 describes it, with the columns of its models. */
final class OpenApi {

    private static final int MOST_LEVELS = 20;
    private static final Map<String, Object> NUMBER = object("type", "number", "nullable", true);
    private static final Map<String, Object> TEXT = object("type", "string");
    private static final Map<String, Object> ANY = object("type", "object");

    private OpenApi() {}

    static String of(List<Hosted> models, boolean hasKeys) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> schemas = object("error", properties(object("error", TEXT), List.of("error")));
        paths.put("/v2/health/live", get("live", "Whether the process answers", ANY));
        paths.put("/v2/health/ready", get("ready", "Whether it takes requests; 503 while it ends", ANY));
        for (int i = 0; i < models.size(); i++) {
            Hosted model = models.get(i);
            String name = model.name();
            Served served = model.model();
            schemas.put("row" + i, row(served));
            schemas.put("answer" + i, answer(served));
            paths.put(model.path() + "predict", predict(i, name, served));
            String path = "/v2/models/" + Form.encoded(name);
            paths.put(path, get("model" + i, "The tensors of " + name + ", by the Open Inference Protocol", ANY));
            paths.put(
                    path + "/infer",
                    object(
                            "post",
                            operation(
                                    "infer" + i,
                                    "Predictions of " + name + ", by the Open Inference Protocol",
                                    content(object("application/json", schema(ANY))),
                                    ANY)));
        }
        Map<String, Object> components = object("schemas", schemas);
        if (hasKeys) {
            components.put("securitySchemes", object("key", object("type", "http", "scheme", "bearer")));
        }
        return new Gson()
                        .toJson(object(
                                "openapi",
                                "3.0.3",
                                "info",
                                object("title", "flux4j", "version", "1"),
                                "servers",
                                List.of(object("url", "/")),
                                "security",
                                hasKeys ? List.of(object("key", List.of())) : List.of(),
                                "paths",
                                paths,
                                "components",
                                components))
                + "\n";
    }

    /** Such as {@code object("type", "string")}. */
    private static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    private static Map<String, Object> properties(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = object("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> schema(Object schema) {
        return object("schema", schema);
    }

    private static Map<String, Object> content(Map<String, Object> content) {
        return object("content", content, "required", true);
    }

    private static Map<String, Object> oneOrMany(String name) {
        Map<String, Object> one = object("$ref", "#/components/schemas/" + name);
        return schema(object("oneOf", List.of(one, object("type", "array", "items", one))));
    }

    private static Map<String, Object> get(String id, String summary, Map<String, Object> answer) {
        return object("get", operation(id, summary, null, answer));
    }

    private static Map<String, Object> operation(
            String id, String summary, Map<String, Object> body, Map<String, Object> answer) {
        return operation(id, summary, body, object("application/json", schema(answer)), List.of());
    }

    private static Map<String, Object> operation(
            String id, String summary, Map<String, Object> body, Map<String, Object> answers, List<Object> parameters) {
        Map<String, Object> operation = object("operationId", id, "summary", summary);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (body != null) {
            operation.put("requestBody", body);
        }
        Map<String, Object> refused = object(
                "description",
                "A sentence that says what was expected",
                "content",
                object("application/json", schema(object("$ref", "#/components/schemas/error"))));
        operation.put(
                "responses",
                object("200", object("description", "The answer", "content", answers), "4XX", refused, "5XX", refused));
        return operation;
    }

    private static Map<String, Object> predict(int number, String name, Served model) {
        List<Object> parameters = new ArrayList<>();
        if (model.predictor().hasIntervals()) {
            for (String bound : List.of("interval", "at-least", "at-most")) {
                Map<String, Object> level = object(
                        "type",
                        "number",
                        "minimum",
                        0,
                        "maximum",
                        1,
                        "exclusiveMinimum",
                        true,
                        "exclusiveMaximum",
                        true);
                parameters.add(object(
                        "name", bound, "in", "query", "description", "The probability of the bounds", "schema", level));
            }
        }
        Map<String, Object> csv = schema(TEXT);
        return object(
                "post",
                operation(
                        "predict" + number,
                        "Predictions of " + name,
                        content(object("application/json", oneOrMany("row" + number), "text/csv", csv)),
                        object("application/json", oneOrMany("answer" + number), "text/csv", csv),
                        parameters));
    }

    private static Map<String, Object> row(Served model) {
        Map<String, Object> columns = new LinkedHashMap<>();
        model.inputs().features().forEach(column -> columns.put(column.name(), column(model, column)));
        boolean mayMiss = model.inputs().preparation().allowsMissingColumns();
        return properties(columns, mayMiss ? List.of() : model.inputs().names());
    }

    private static Map<String, Object> column(Served model, Feature column) {
        if (column instanceof TextFeature text) {
            List<String> levels = text.levels();
            String some = String.join(", ", levels.subList(0, Math.min(MOST_LEVELS, levels.size())));
            return object(
                    "type",
                    "string",
                    "nullable",
                    true,
                    "description",
                    "In training " + some + (levels.size() > MOST_LEVELS ? ", …" : ""));
        }
        List<Double> range = model.inputs().preparation().ranges().get(column.name());
        if (((NumberFeature) column).isDate()) {
            return object("type", "string", "nullable", true, "description", "A date, such as 1971-01-31");
        }
        return range == null
                ? NUMBER
                : object(
                        "type",
                        "number",
                        "nullable",
                        true,
                        "description",
                        "In training " + range.get(0) + " to " + range.get(1));
    }

    private static Map<String, Object> answer(Served model) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<String> names = model.predictor().isClassifier()
                ? model.predictor().classes()
                : model.predictor().targets();
        Map<String, Object> numbers = new LinkedHashMap<>();
        names.forEach(name -> numbers.put(name, NUMBER));
        if (model.predictor().isClassifier()) {
            all.put("class", TEXT);
            all.put("probabilities", properties(numbers, names));
        } else {
            all.put("prediction", model.predictor().outputs() == 1 ? NUMBER : properties(numbers, names));
        }
        if (model.predictor().hasIntervals()) {
            all.put("low", NUMBER);
            all.put("high", NUMBER);
        }
        all.put("flags", object("type", "object", "additionalProperties", TEXT));
        return properties(all, List.of(model.predictor().isClassifier() ? "class" : "prediction"));
    }
}
