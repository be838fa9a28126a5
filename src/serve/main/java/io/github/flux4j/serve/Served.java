package io.github.flux4j.serve;

import com.google.gson.Gson;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model file, loaded for predictions. Immutable; safe for any thread.
 *
 * @param name of the file
 * @param predictor the model
 * @param quality the held-out scores from its report
 * @param inputs the columns that it takes
 */
public record Served(String name, Predictor predictor, Quality quality, Inputs inputs) {

    /**
     * Reads a model file.
     *
     * @throws ModelFileException if it isn't a model file, or its model takes neither named columns nor a fixed number of numbers
     */
    public static Served load(Path file) throws IOException {
        Predictor predictor = Predictor.load(file);
        try {
            return of(String.valueOf(file.getFileName()), predictor);
        } catch (ModelFileException e) {
            throw e.in(file.toString());
        }
    }

    private static Served of(String name, Predictor predictor) throws ModelFileException {
        if (predictor.inputs() == 0) {
            throw new ModelFileException(
                    "expected a model with a fixed number of inputs, but this one takes any; save one that has a layer with weights");
        }
        return new Served(name, predictor, Quality.of(predictor), Inputs.of(predictor));
    }

    /**
     * A copy for tables that write columns in other formats than training did.
     *
     * @param formats by the column's name
     * @throws IllegalArgumentException if there is no such column, or it is text
     */
    public Served written(Map<String, ColumnFormat> formats) {
        return new Served(name, predictor, quality, inputs.written(formats));
    }

    /**
     * A copy that treats a column missing from a table or row as missing values.
     *
     * @throws IllegalStateException if the model has no named columns
     */
    public Served allowMissingColumns() {
        Predictor allowing = predictor.allowMissingColumns();
        return new Served(name, allowing, quality, Inputs.of(allowing));
    }

    /** An explanation as a JSON object. */
    public static String json(Explanation explanation) {
        return new Gson().toJson(explanation);
    }

    /**
     * How good a model is on rows that it did not train on, from its file.
     *
     * @param heldOut scores by the metric's name; empty if the file has none
     * @param yardstick the linear model that got the same rows; empty if none
     * @param yardsticks its scores
     * @param coverage of 90 % intervals on those rows; NaN if there are none
     * @param rows of training; 0 if unknown
     * @param notes more that a reader should know
     */
    public record Quality(
            Map<String, Double> heldOut,
            String yardstick,
            Map<String, Double> yardsticks,
            double coverage,
            int rows,
            int networks,
            List<String> notes) {

        private static final int MOST = 100_000;

        /**
         * Reads it from a model.
         *
         * @throws ModelFileException if the model's report is malformed
         */
        public static Quality of(Predictor model) throws ModelFileException {
            Map<String, Object> file = model.description();
            int networks = ((List<?>) file.get("networks")).size(); // a list, or the file would have been refused
            if (!file.containsKey("report")) {
                return new Quality(Map.of(), "", Map.of(), Double.NaN, 0, networks, List.of());
            }
            JsonObject report = JsonObject.of("the report", file.get("report"));
            return new Quality(
                    scores(report, "heldOut"),
                    report.text("yardstick", ""),
                    scores(report, "yardsticks"),
                    number(report.values().get("coverage")),
                    report.has("rows") ? report.count("rows") : 0,
                    networks,
                    notes(report));
        }

        /** First that a linear model is better, where it is by its interval; not of a linear model itself. */
        private static List<String> notes(JsonObject report) throws ModelFileException {
            List<String> notes = report.list("notes", MOST, String.class);
            boolean isBetter = report.values().get("difference") instanceof Map<?, ?> difference
                    && number(difference.get("low")) > 0;
            boolean isLinear = report.values().get("settings") instanceof Map<?, ?> settings
                    && "dense".equals(settings.get("network"));
            if (!isBetter || isLinear) {
                return notes;
            }
            List<String> all = new ArrayList<>(notes);
            all.add(0, "a straight line does better: use " + report.text("yardstick", "linear") + " regression");
            return List.copyOf(all);
        }

        private static Map<String, Double> scores(JsonObject report, String key) throws ModelFileException {
            Map<String, Double> scores = new LinkedHashMap<>();
            if (report.has(key)) {
                JsonObject.of(key + " of the report", report.values().get(key))
                        .values()
                        .forEach((metric, value) -> scores.put(metric, number(value)));
            }
            return scores;
        }

        /** What is not finite stands as text, and says no more than that. */
        private static double number(Object value) {
            return value instanceof Double number ? number : Double.NaN;
        }
    }
}
