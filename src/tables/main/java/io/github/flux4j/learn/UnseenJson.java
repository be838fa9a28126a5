package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.RecordJson;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.report.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Unseen} as JSON; files of before it was there have none. */
final class UnseenJson {

    private static final String UNSEEN = "the report's part unseen";
    private static final int MOST = 100_000;

    private UnseenJson() {}

    static Map<String, Object> of(Unseen unseen) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parts", RecordJson.json(unseen.parts()));
        json.put("numbers", unseen.numbers().stream().map(UnseenJson::of).toList());
        json.put("classes", unseen.labels().classes());
        json.put(
                "confusion",
                unseen.labels().confusion().stream().map(UnseenJson::counts).toList());
        json.put(
                "calibration",
                unseen.labels().calibration().stream()
                        .map(bin -> List.of(bin.probability(), bin.right(), (double) bin.rows()))
                        .toList());
        json.put("importance", of(unseen.importance()));
        return json;
    }

    private static Map<String, Object> of(Importance importance) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", importance.metric().name());
        json.put("score", RecordJson.json(importance.score()));
        json.put(
                "columns",
                importance.columns().stream().map(Importance.OfColumn::name).toList());
        json.put(
                "worse",
                importance.columns().stream()
                        .map(column -> RecordJson.json(column.worse()))
                        .toList());
        return json;
    }

    private static Map<String, Object> of(Unseen.Numbers numbers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", numbers.target());
        json.put("rows", (double) numbers.rows());
        json.put("actual", RecordJson.json(numbers.actual()));
        json.put("predicted", RecordJson.json(numbers.predicted()));
        json.put("residualEdges", RecordJson.json(numbers.residuals().edges()));
        json.put("residualCounts", counts(numbers.residuals().counts()));
        json.put("coverage", RecordJson.json(numbers.coverage()));
        return json;
    }

    private static List<Double> counts(List<Integer> counts) {
        return counts.stream().map(Integer::doubleValue).toList();
    }

    static Unseen read(JsonObject report) throws ModelFileException {
        if (!report.has("unseen")) {
            return Unseen.NONE;
        }
        JsonObject json = JsonObject.of("unseen of the report", report.values().get("unseen"));
        JsonObject named = JsonObject.of("parts of the report", json.values().get("parts"));
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        for (String name : named.values().keySet()) {
            parts.put(name, RecordJson.numbers(named.list(name, MOST), UNSEEN));
        }
        List<Unseen.Numbers> numbers = new ArrayList<>();
        for (Object each : json.list("numbers", MOST)) {
            numbers.add(numbers(JsonObject.of("numbers of the report", each)));
        }
        return new Unseen(parts, numbers, labels(json), importance(json));
    }

    private static Importance importance(JsonObject unseen) throws ModelFileException {
        if (!unseen.has("importance")) {
            return Importance.NONE;
        }
        JsonObject json =
                JsonObject.of("importance of the report", unseen.values().get("importance"));
        List<String> names = json.list("columns", MOST, String.class);
        List<?> worse = json.list("worse", MOST);
        require(worse.size() == names.size());
        List<Importance.OfColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            require(worse.get(i) instanceof List<?> each && !each.isEmpty());
            columns.add(new Importance.OfColumn(names.get(i), RecordJson.numbers((List<?>) worse.get(i), UNSEEN)));
        }
        double score = RecordJson.numbers(List.of(json.values().getOrDefault("score", "")), UNSEEN)
                .get(0);
        return new Importance(metric(json.text("metric")), score, columns);
    }

    private static Metric metric(String name) throws ModelFileException {
        try {
            return Metrics.named(name);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(e.getMessage() + "; it was not written by flux4j, or by a newer one");
        }
    }

    private static Unseen.Numbers numbers(JsonObject json) throws ModelFileException {
        List<Double> actual = RecordJson.numbers(json.list("actual", MOST), UNSEEN);
        List<Double> predicted = RecordJson.numbers(json.list("predicted", MOST), UNSEEN);
        List<Double> edges = RecordJson.numbers(json.list("residualEdges", MOST), UNSEEN);
        List<Integer> counts = counts(json.list("residualCounts", MOST));
        List<Double> coverage = RecordJson.numbers(json.list("coverage", MOST), UNSEEN);
        require(actual.size() == predicted.size());
        require(counts.size() == Math.max(0, edges.size() - 1));
        require(coverage.isEmpty() || coverage.size() == Unseen.LEVELS.size());
        return new Unseen.Numbers(
                json.text("target"), json.count("rows"), actual, predicted, new Histogram(edges, counts), coverage);
    }

    private static Unseen.Labels labels(JsonObject json) throws ModelFileException {
        List<String> classes = json.list("classes", MOST, String.class);
        List<List<Integer>> confusion = new ArrayList<>();
        for (Object row : json.list("confusion", MOST)) {
            confusion.add(counts(row));
            require(confusion.get(confusion.size() - 1).size() == classes.size());
        }
        require(confusion.size() == classes.size());
        List<Unseen.Bin> calibration = new ArrayList<>();
        for (Object bin : json.list("calibration", MOST)) {
            require(bin instanceof List<?> three && three.size() == 3);
            List<Double> three = RecordJson.numbers((List<?>) bin, UNSEEN);
            calibration.add(new Unseen.Bin(three.get(0), three.get(1), count(three.get(2))));
        }
        return new Unseen.Labels(classes, confusion, calibration);
    }

    private static List<Integer> counts(Object counts) throws ModelFileException {
        require(counts instanceof List);
        List<Integer> all = new ArrayList<>();
        for (double count : RecordJson.numbers((List<?>) counts, UNSEEN)) {
            all.add(count(count));
        }
        return all;
    }

    private static int count(double count) throws ModelFileException {
        require(count >= 0 && count == (int) count);
        return (int) count;
    }

    private static void require(boolean fit) throws ModelFileException {
        if (!fit) {
            throw ModelFileException.foreign(
                    "numbers that fit together were expected in the report's part unseen, but they don't");
        }
    }
}
