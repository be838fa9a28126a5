package io.github.flux4j.serve;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model by the Open Inference Protocol (version 2 of KServe's), over HTTP with JSON: each column is a tensor of its name, {@code [rows]} or {@code [rows, 1]}.
 * A model without named columns takes one tensor of any name, {@code [rows, numbers]}. What is missing is null. For one request.
 */
final class OpenInference {

    private static final String NUMBERS = "U?INT(8|16|32|64)|FP(16|32|64)|BF16";
    private static final String TEXT = "BYTES";

    private final Predictions predictions;
    private final Served model;
    private final List<String> names;
    private final boolean isNamed;
    private final int width;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final List<String> wanted = new ArrayList<>();
    private String id;

    /** Values row after row. */
    private record Tensor(String type, List<?> shape, List<?> values) {}

    /** A tensor of the answer. */
    private record Output(String name, String type, int width, StringBuilder data) {

        Output(String name, String type, int width) {
            this(name, type, width, new StringBuilder());
        }

        void add(String value) {
            data.append(data.isEmpty() ? "" : ",").append(value);
        }

        String json(int rows) {
            return tensor(name, type, rows, width) + ",\"data\":[" + data + "]}";
        }
    }

    OpenInference(Predictions predictions) {
        this.predictions = predictions;
        this.model = predictions.model();
        this.names = model.inputs().names();
        this.isNamed = model.predictor().features() != null;
        this.width = isNamed ? 1 : names.size();
    }

    /** What a model takes and gives. */
    static String metadata(String name, Served model) {
        Stream<String> inputs = model.predictor().features() == null
                ? Stream.of(tensor(
                        "input", number(model), -1, model.inputs().names().size()))
                : model.inputs().features().stream()
                        .map(column -> tensor(column.name(), isNumber(column) ? "FP64" : TEXT, -1, 1));
        Stream<String> outputs = outputs(model, new Answers(model.predictor(), Bounds.BOTH, null)).stream()
                .map(output -> tensor(output.name, output.type, -1, output.width));
        return "{\"name\":" + Answers.quoted(name) + ",\"platform\":\"flux4j\",\"inputs\":["
                + inputs.collect(Collectors.joining("},")) + "}],\"outputs\":["
                + outputs.collect(Collectors.joining("},")) + "}]}\n";
    }

    private static boolean isNumber(Feature column) {
        return column instanceof NumberFeature number && !number.isDate();
    }

    private static String number(Served model) {
        return model.predictor().isFloat32() ? "FP32" : "FP64";
    }

    /** Without the end of the object. */
    private static String tensor(String name, String type, int rows, int width) {
        return "{\"name\":" + Answers.quoted(name) + ",\"datatype\":\"" + type + "\",\"shape\":[" + rows + "," + width
                + "]";
    }

    /** Of a classifier the class and the probabilities, else a tensor for each number. */
    private static List<Output> outputs(Served model, Answers answers) {
        return model.predictor().isClassifier()
                ? List.of(
                        new Output("class", TEXT, 1),
                        new Output(
                                "probabilities", number(model), answers.names().size()))
                : answers.columns().stream()
                        .map(column -> new Output(column, number(model), 1))
                        .toList();
    }

    /**
     * Answers a request's body.
     *
     * @throws Refusal if it is no such request
     */
    Reply infer(String name, InputStream body) throws IOException {
        JsonReader in = Json.reader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()), JsonRows.NESTING);
        JsonRows.read(in, "an object with inputs", () -> {
            readRequest(in);
            return true;
        });
        Answers answers = predictions.answers(parameters);
        List<Output> outputs = new ArrayList<>(outputs(model, answers));
        Output flags = new Output("flags", TEXT, 1);
        List<Output> shown = shown(outputs, flags);
        RowBatch batch = new RowBatch(predictions, answers, (row, answer, flagged) -> {
            if (model.predictor().isClassifier()) {
                outputs.get(0)
                        .add(Answers.quoted(
                                answers.names().get(model.predictor().mostProbable(answer))));
            }
            for (int k = 0; k < answer.length; k++) {
                Output output = outputs.get(model.predictor().isClassifier() ? 1 : k);
                output.add(answers.jsonNumber(answer[k], new StringBuilder()).toString());
            }
            flags.add(Answers.quoted(answers.words(flagged)));
        });
        int rows = rows();
        for (int i = 0; i < rows; i++) {
            batch.add(model.inputs().prepared(row(i), i + 1L));
        }
        batch.flush();
        return Reply.of(
                200,
                Reply.JSON,
                "{\"model_name\":" + Answers.quoted(name)
                        + (id == null ? "" : ",\"id\":" + Answers.quoted(id)) + ",\"outputs\":["
                        + shown.stream().map(output -> output.json(rows)).collect(Collectors.joining(",")) + "]}\n");
    }

    private Map<String, Object> row(int row) {
        Map<String, Object> values = new HashMap<>();
        tensors.forEach((name, tensor) -> {
            for (int k = 0; k < width; k++) {
                values.put(isNamed ? name : names.get(k), tensor.values.get(row * width + k));
            }
        });
        return values;
    }

    /** Those that are asked for by their names; without any, all but flags. */
    private List<Output> shown(List<Output> outputs, Output flags) throws Refusal {
        if (wanted.isEmpty()) {
            return outputs;
        }
        Map<String, Output> known = new LinkedHashMap<>();
        Stream.concat(outputs.stream(), Stream.of(flags)).forEach(output -> known.putIfAbsent(output.name, output));
        if (!known.keySet().containsAll(wanted)) {
            throw new Refusal(
                    400,
                    "expected outputs among " + ModelFileException.shown(String.join(", ", known.keySet()))
                            + ", but got "
                            + ModelFileException.shown(String.join(", ", wanted)));
        }
        known.keySet().retainAll(wanted);
        return List.copyOf(known.values());
    }

    /** What reads the value of a name, or an element of a list, whose name is null. */
    private interface Element {
        void read(String name) throws IOException;
    }

    private static void each(JsonReader in, Element element) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            element.read(null);
        }
        in.endArray();
    }

    private static void members(JsonReader in, Element element) throws IOException {
        in.beginObject();
        while (in.hasNext()) {
            element.read(in.nextName());
        }
        in.endObject();
    }

    private void readRequest(JsonReader in) throws IOException {
        members(in, name -> {
            switch (name) {
                case "id" -> id = in.nextString();
                case "inputs" -> each(in, any -> addTensor(members(in)));
                case "outputs" ->
                    each(in, any -> wanted.add(String.valueOf(members(in).get("name"))));
                case "parameters" -> members(in, key -> parameters.put(key, String.valueOf(value(in))));
                default -> in.skipValue();
            }
        });
    }

    private Map<String, Object> members(JsonReader in) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members(in, name -> members.put(name, value(in)));
        return members;
    }

    /** A scalar, or a list of such, nested or not; null for an object. */
    private Object value(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.BEGIN_OBJECT) {
            in.skipValue();
            return null;
        }
        if (in.peek() != JsonToken.BEGIN_ARRAY) {
            return JsonRows.scalar(in);
        }
        List<Object> values = new ArrayList<>();
        addValues(in, values);
        return values;
    }

    private void addValues(JsonReader in, List<Object> values) throws IOException {
        each(in, any -> {
            if (in.peek() == JsonToken.BEGIN_ARRAY) {
                addValues(in, values);
            } else {
                values.add(JsonRows.scalar(in));
            }
            predictions.require(values.size() / width);
        });
    }

    private void addTensor(Map<String, Object> of) throws Refusal {
        if (!(of.get("name") instanceof String name
                && of.get("datatype") instanceof String type
                && of.get("shape") instanceof List<?> shape
                && of.get("data") instanceof List<?> values)) {
            throw new Refusal(
                    400,
                    "expected inputs with name, shape, datatype and data as JSON, but one has only " + of.keySet()
                            + "; binary data is not supported");
        }
        require(
                type.matches(NUMBERS + "|BYTES|BOOL"),
                name,
                "expected a datatype such as FP64, INT64, BOOL or BYTES, but got " + ModelFileException.shown(type));
        require(tensors.put(name, new Tensor(type, shape, values)) == null, name, "it is repeated");
    }

    private static void require(boolean isRight, String tensor, String message) throws Refusal {
        if (!isRight) {
            throw new Refusal(400, "input " + ModelFileException.shown(tensor) + ": " + message);
        }
    }

    /** How many there are, which all tensors of columns must have; tensors of other names are ignored. */
    private int rows() throws Refusal {
        if (isNamed) {
            tensors.keySet().retainAll(Set.copyOf(names));
        }
        if (tensors.isEmpty() || !isNamed && tensors.size() > 1) {
            throw new Refusal(
                    400,
                    (isNamed ? "expected an input for each column, " : "expected one input, of ")
                            + ModelFileException.shown(String.join(", ", names)) + ", but got "
                            + (tensors.isEmpty() ? "none" : tensors.size()));
        }
        int rows = tensors.values().iterator().next().values.size() / width;
        for (Map.Entry<String, Tensor> one : tensors.entrySet()) {
            requireFit(one.getKey(), one.getValue(), rows);
        }
        return rows;
    }

    private void requireFit(String name, Tensor tensor, double rows) throws Refusal {
        int count = tensor.values.size();
        boolean isColumn = width == 1 && tensor.shape.equals(List.of((double) count));
        require(
                isColumn || tensor.shape.equals(List.of((double) count / width, (double) width)),
                name,
                "expected shape [rows, " + width + "] and that many values, but got " + count
                        + " values in shape "
                        + ModelFileException.shown(tensor.shape.toString().replaceAll("\\.0\\b", "")));
        require(
                count == rows * width,
                name,
                "expected " + (int) rows + " rows, as in earlier inputs, but got " + count / width);
        Class<?> type =
                tensor.type.equals("BYTES") ? String.class : tensor.type.equals("BOOL") ? Boolean.class : Double.class;
        for (Object value : tensor.values) {
            if (value != null && value.getClass() != type) {
                String other = ModelFileException.shown(value.toString());
                require(false, name, "expected datatype " + tensor.type + ", but got " + other);
            }
        }
    }
}
