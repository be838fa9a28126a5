package io.github.flux4j.serve;

import io.github.flux4j.predict.ModelFile;
import io.github.flux4j.predict.ModelFileException;
import io.github.flux4j.predict.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a model is for rows that it wasn't trained on, as its file tells.
 *
 * @param heldOut the scores by the metric's name; empty if nothing is told
 * @param yardstick which linear model was given the same rows; empty if none
 * @param yardsticks its scores
 * @param coverage the share of those rows that 90 % intervals cover; NaN if there are none
 * @param rows that were learnt from; 0 if that isn't told
 * @param notes what else the reader should know
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
     * Of a file.
     *
     * @throws ModelFileException if it has a report that is none
     */
    public static Quality of(ModelFile file) throws ModelFileException {
        int networks = file.structure().networks().size();
        if (!file.document().containsKey("report")) {
            return new Quality(Map.of(), "", Map.of(), Double.NaN, 0, networks, List.of());
        }
        Settings report = Settings.of("the report", file.document().get("report"));
        return new Quality(
                scores(report, "heldOut"),
                report.text("yardstick", ""),
                scores(report, "yardsticks"),
                number(report.values().get("coverage")),
                report.has("rows") ? report.count("rows") : 0,
                networks,
                report.list("notes", MOST, String.class));
    }

    private static Map<String, Double> scores(Settings report, String key) throws ModelFileException {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (report.has(key)) {
            Settings.of(key + " of the report", report.values().get(key))
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
