package io.github.flux4j.serve;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.serve.Inputs.Rows;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A model by the Open Inference Protocol (version 2 of KServe's), over HTTP with JSON: each column is a tensor of its name, {@code [rows]} or {@code [rows, 1]}.
 * A model without named columns takes one tensor of any name, {@code [rows, numbers]}. What is missing is null. For one request.
 */
final class OpenInference {

    private static final int CHUNK = 64; // rows that are predicted together
    private static final String FLAGS = "flags";
    private static final String CLASS = "class";
    private static final String PROBABILITIES = "probabilities";
    private static final Set<String> NUMBERS = Set.of(
            "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BF16");

    private final Served model;
    private final Predictions predictions;
    private final int mostRows;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final List<String> wanted = new ArrayList<>();
    private String id;

    /** Values row after row. */
    private record Tensor(List<Integer> shape, String type, List<Object> values) {}

    OpenInference(Predictions predictions, ServerSettings settings) {
        this.predictions = predictions;
        this.model = predictions.model();
        this.mostRows = settings.mostRows();
    }

    /** What a model takes and gives. */
    static String metadata(String name, Served model) throws IOException {
        Answers answers = new Predictions(model, new RowCounts(), ServerSettings.LOCAL).answers(Map.of());
        String inputs = model.predictor().features() == null
                ? tensor("input", number(model), model.inputs().features().size())
                : model.inputs().features().stream()
                        .map(column -> tensor(column.name(), isNumber(column) ? "FP64" : "BYTES", 1))
                        .collect(Collectors.joining(","));
        String outputs = model.predictor().isClassifier()
                ? tensor(CLASS, "BYTES", 1)
                        + ','
                        + tensor(PROBABILITIES, number(model), answers.names().size())
                : answers.columns().stream()
                        .map(column -> tensor(column, number(model), 1))
                        .collect(Collectors.joining(","));
        return "{\"name\":" + Answers.quoted(name) + ",\"platform\":\"flux4j\",\"inputs\":[" + inputs
                + "],\"outputs\":[" + outputs + "]}\n";
    }

    private static boolean isNumber(Feature column) {
        return column instanceof NumberFeature number && !number.isDate();
    }

    private static String number(Served model) {
        return model.predictor().isFloat32() ? "FP32" : "FP64";
    }

    private static String tensor(String name, String type, int width) {
        return "{\"name\":" + Answers.quoted(name) + ",\"datatype\":\"" + type + "\",\"shape\":[-1," + width + "]}";
    }

    /**
     * Answers a request's body.
     *
     * @throws Refusal if it is no such request
     */
    Reply infer(String name, InputStream body) throws IOException {
        JsonReader in = JsonRows.reader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()));
        JsonRows.read(in, "an object with inputs", () -> {
            readRequest(in);
            return true;
        });
        Outputs outputs = new Outputs(predictions.answers(parameters));
        int rows = rows();
        for (int from = 0; from < rows; from += CHUNK) {
            outputs.add(prepared(from, Math.min(rows, from + CHUNK)));
        }
        return Reply.of(
                200,
                Reply.JSON,
                "{\"model_name\":" + Answers.quoted(name) + (id == null ? "" : ",\"id\":" + Answers.quoted(id))
                        + ",\"outputs\":[" + outputs.json(rows) + "]}\n");
    }

    /** What reads the value of a name, or an element of a list, whose name is null. */
    private interface Element {
        void read(String name) throws IOException;
    }

    private static void list(JsonReader in, Element element) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            element.read(null);
        }
        in.endArray();
    }

    private static void object(JsonReader in, Element element) throws IOException {
        in.beginObject();
        while (in.hasNext()) {
            element.read(in.nextName());
        }
        in.endObject();
    }

    private void readRequest(JsonReader in) throws IOException {
        object(in, name -> {
            switch (name) {
                case "id" -> id = in.nextString();
                case "inputs" -> list(in, any -> readTensor(in));
                case "outputs" -> list(in, any -> object(in, key -> readText(in, key.equals("name"), wanted::add)));
                case "parameters" -> object(in, key -> readText(in, true, text -> parameters.put(key, text)));
                default -> in.skipValue();
            }
        });
    }

    /** A text or a number as text, if it is one and somebody wants it. */
    private static void readText(JsonReader in, boolean isWanted, Consumer<String> into) throws IOException {
        if (isWanted && (in.peek() == JsonToken.NUMBER || in.peek() == JsonToken.STRING)) {
            into.accept(in.nextString());
        } else {
            in.skipValue();
        }
    }

    private void readTensor(JsonReader in) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<Integer> shape = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        object(in, key -> {
            switch (key) {
                case "shape" -> list(in, any -> shape.add(in.nextInt()));
                case "data" -> {
                    texts.put("data", "");
                    readValues(in, values);
                }
                default -> readText(in, List.of("name", "datatype").contains(key), text -> texts.put(key, text));
            }
        });
        if (!texts.keySet().containsAll(List.of("name", "datatype", "data"))) {
            throw new Refusal(
                    400,
                    "inputs with name, shape, datatype and data as JSON were expected, but one has only "
                            + texts.keySet() + "; binary data is not taken");
        }
        String name = texts.get("name");
        String type = texts.get("datatype");
        if (!NUMBERS.contains(type) && !type.equals("BYTES") && !type.equals("BOOL")) {
            throw refused(name, "a datatype such as FP64, INT64, BOOL or BYTES was expected, but there is " + type);
        }
        if (tensors.put(name, new Tensor(shape, type, values)) != null) {
            throw refused(name, "it stands twice");
        }
    }

    private static Refusal refused(String tensor, String message) {
        return new Refusal(400, "input " + ModelFileException.shown(tensor) + ": " + message);
    }

    /** Nested or not, row after row. */
    private void readValues(JsonReader in, List<Object> values) throws IOException {
        list(in, any -> {
            switch (in.peek()) {
                case BEGIN_ARRAY -> readValues(in, values);
                case NUMBER -> values.add(in.nextDouble());
                case BOOLEAN -> values.add(in.nextBoolean());
                case NULL -> {
                    in.nextNull();
                    values.add(null);
                }
                default -> values.add(in.nextString());
            }
            RowBatch.require(values.size() / width(), mostRows);
        });
    }

    /** Columns of a tensor. */
    private int width() {
        return isNamed() ? 1 : model.inputs().features().size();
    }

    private boolean isNamed() {
        return model.predictor().features() != null;
    }

    /** How many there are, which all tensors of columns must have. */
    private int rows() throws Refusal {
        int width = width();
        int rows = -1;
        for (Map.Entry<String, Tensor> one : columns().entrySet()) {
            Tensor tensor = one.getValue();
            int count = tensor.shape.isEmpty() ? 0 : tensor.shape.get(0);
            boolean isColumn = tensor.shape.equals(List.of(count)) && width == 1;
            if (!isColumn && !tensor.shape.equals(List.of(count, width))) {
                throw refused(one.getKey(), "shape [rows, " + width + "] was expected, but there is " + tensor.shape);
            }
            if (tensor.values.size() != (long) count * width) {
                throw refused(
                        one.getKey(),
                        "its shape is " + tensor.shape + ", but it has " + tensor.values.size() + " values");
            }
            if (rows >= 0 && rows != count) {
                throw refused(one.getKey(), rows + " rows were expected, as before it, but there are " + count);
            }
            requireType(one.getKey(), tensor);
            rows = count;
        }
        return rows;
    }

    private static void requireType(String name, Tensor tensor) throws Refusal {
        Class<?> type =
                tensor.type.equals("BYTES") ? String.class : tensor.type.equals("BOOL") ? Boolean.class : Double.class;
        for (Object value : tensor.values) {
            if (value != null && value.getClass() != type) {
                throw refused(
                        name,
                        "datatype " + tensor.type + " was said, but there is "
                                + ModelFileException.shown(String.valueOf(value)));
            }
        }
    }

    /** Those that are columns of the model; others are ignored. */
    private Map<String, Tensor> columns() throws Refusal {
        Map<String, Tensor> columns = new LinkedHashMap<>(tensors);
        if (isNamed()) {
            columns.keySet().retainAll(Set.copyOf(model.inputs().names()));
        }
        if (columns.isEmpty() || !isNamed() && columns.size() > 1) {
            throw new Refusal(
                    400,
                    (isNamed() ? "an input for each column was expected, " : "one input was expected, of ")
                            + ModelFileException.shown(
                                    String.join(", ", model.inputs().names())) + ", but there "
                            + (columns.isEmpty() ? "is none" : "are " + columns.size()));
        }
        return columns;
    }

    private Rows prepared(int from, int to) throws IOException {
        double[][] numbers = new double[to - from][];
        Rows all = new Rows(numbers, new ArrayList<>());
        for (int i = from; i < to; i++) {
            Rows row = model.inputs().prepared(isNamed() ? byName(i) : byPlace(i), i + 1L);
            numbers[i - from] = row.numbers()[0];
            all.flags().addAll(row.flags());
        }
        return all;
    }

    private Map<String, Object> byName(int row) {
        Map<String, Object> values = new HashMap<>();
        tensors.forEach((name, tensor) -> {
            if (row < tensor.values.size()) { // one that is no column's may be shorter
                values.put(name, tensor.values.get(row));
            }
        });
        return values;
    }

    private Map<String, Object> byPlace(int row) {
        List<Object> values = tensors.values().iterator().next().values;
        List<String> names = model.inputs().names();
        Map<String, Object> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), values.get(row * names.size() + i));
        }
        return byName;
    }

    /** The answers as tensors, all but flags unless some are asked for by their names. */
    private final class Outputs {

        private final Answers answers;
        private final List<String> columns;
        private final Map<String, StringBuilder> data = new LinkedHashMap<>();

        Outputs(Answers answers) throws Refusal {
            this.answers = answers;
            this.columns = answers.columns();
            (isClassifier() ? List.of(CLASS, PROBABILITIES) : columns).forEach(this::begin);
            begin(FLAGS);
            if (!data.keySet().containsAll(wanted)) {
                throw new Refusal(
                        400,
                        "outputs among " + ModelFileException.shown(String.join(", ", data.keySet()))
                                + " were expected, but there are "
                                + ModelFileException.shown(String.join(", ", wanted)));
            }
        }

        private void begin(String output) {
            data.put(output, new StringBuilder());
        }

        private boolean isClassifier() {
            return model.predictor().isClassifier();
        }

        void add(Rows rows) {
            double[][] all = answers.of(rows);
            for (int i = 0; i < all.length; i++) {
                for (int k = 0; k < all[i].length; k++) {
                    answers.jsonNumber(all[i][k], next(isClassifier() ? PROBABILITIES : columns.get(k)));
                }
                if (isClassifier()) {
                    int most = model.predictor().mostProbable(all[i]);
                    next(CLASS).append(Answers.quoted(answers.names().get(most)));
                }
                next(FLAGS).append(Answers.quoted(answers.words(rows.flags().get(i))));
            }
            predictions.counts().add(rows.flags());
        }

        private StringBuilder next(String output) {
            StringBuilder out = data.get(output);
            return out.isEmpty() ? out : out.append(',');
        }

        String json(int rows) {
            return data.keySet().stream()
                    .filter(output -> wanted.isEmpty() ? !output.equals(FLAGS) : wanted.contains(output))
                    .map(output -> json(output, rows))
                    .collect(Collectors.joining(","));
        }

        private String json(String output, int rows) {
            boolean isText = output.equals(FLAGS) || isClassifier() && output.equals(CLASS);
            int width = isClassifier() && output.equals(PROBABILITIES) ? columns.size() : 1;
            return tensor(output, isText ? "BYTES" : number(model), width)
                    .replace(
                            "[-1," + width + "]}", "[" + rows + "," + width + "],\"data\":[" + data.get(output) + "]}");
        }
    }
}
