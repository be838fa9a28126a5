package io.github.flux4j.learn;

import io.github.flux4j.predict.ModelFileException;
import io.github.flux4j.predict.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports as the JSON of a model file; numbers that are not finite, which JSON doesn't have, as texts. */
final class ReportJson {

    private static final int MOST = 100_000;
    private static final double NANOS = 1e9;

    private ReportJson() {}

    static Map<String, Object> of(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("targets", report.targets());
        json.put("losses", numbers(report.losses()));
        json.put("heldOutLosses", numbers(report.leftOutLosses()));
        json.put("bestEpoch", (double) report.bestEpoch());
        json.put(
                "epochSeconds",
                report.epochs().stream().map(ReportJson::seconds).toList());
        json.put("ending", report.ending().name().toLowerCase(Locale.ROOT));
        json.put("rows", (double) report.rows());
        json.put("networks", (double) report.networks());
        json.put("rowsLeftOut", numbers(report.rowsLeftOut()));
        json.put("columns", report.columns());
        json.put("settings", report.settings());
        json.put("heldOut", numbers(report.leftOut()));
        json.put("yardstick", report.yardstick());
        json.put("yardsticks", numbers(report.yardsticks()));
        json.put("coverage", number(report.coverage()));
        json.put("width", number(report.width()));
        json.put("notes", report.notes());
        json.put("seconds", seconds(report.elapsed()));
        json.put("unseen", UnseenJson.of(report.unseen()));
        json.put("environment", report.environment());
        return json;
    }

    private static Object number(double number) {
        return Double.isFinite(number) ? (Object) number : String.valueOf(number);
    }

    static List<Object> numbers(List<Double> numbers) {
        return numbers.stream().map(ReportJson::number).toList();
    }

    private static Map<String, Object> numbers(Map<String, ? extends Number> numbers) {
        Map<String, Object> json = new LinkedHashMap<>();
        numbers.forEach((name, value) -> json.put(name, number(value.doubleValue())));
        return json;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }

    static Report read(Settings json) throws ModelFileException {
        return new Report(
                json.list("targets", MOST, String.class),
                series(json.list("losses", MOST)),
                series(json.list("heldOutLosses", MOST)),
                json.count("bestEpoch"),
                json.list("epochSeconds", MOST, Double.class).stream()
                        .map(ReportJson::time)
                        .toList(),
                ending(json.text("ending")),
                json.count("rows"),
                json.count("networks"),
                counts(of(json, "rowsLeftOut")),
                texts(of(json, "columns")),
                texts(of(json, "settings")),
                numbers(of(json, "heldOut")),
                json.text("yardstick"),
                numbers(of(json, "yardsticks")),
                read(json.values().get("coverage")),
                read(json.values().get("width")),
                json.list("notes", MOST, String.class),
                time(json.number("seconds")),
                UnseenJson.read(json),
                json.has("environment") ? texts(of(json, "environment")) : Map.of());
    }

    private static Settings of(Settings json, String key) throws ModelFileException {
        return Settings.of(key + " of the report", json.values().get(key));
    }

    private static Duration time(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    private static Ending ending(String name) throws ModelFileException {
        for (Ending ending : Ending.values()) {
            if (ending.name().toLowerCase(Locale.ROOT).equals(name)) {
                return ending;
            }
        }
        throw new ModelFileException(
                "training ended in an unknown way, " + Words.shown(name) + "; update flux4j to read it");
    }

    private static double read(Object value) throws ModelFileException {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text && text.matches("NaN|-?Infinity")) {
            return Double.parseDouble(text);
        }
        throw new ModelFileException(
                "a number was expected in the report, but there is " + value + "; it was not written by flux4j");
    }

    static List<Double> series(List<?> values) throws ModelFileException {
        List<Double> numbers = new ArrayList<>();
        for (Object value : values) {
            numbers.add(read(value));
        }
        return numbers;
    }

    private static Map<String, Double> numbers(Settings json) throws ModelFileException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : json.values().keySet()) {
            numbers.put(name, read(json.values().get(name)));
        }
        return numbers;
    }

    private static Map<String, Integer> counts(Settings json) throws ModelFileException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : json.values().keySet()) {
            counts.put(name, json.count(name));
        }
        return counts;
    }

    private static Map<String, String> texts(Settings json) throws ModelFileException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : json.values().keySet()) {
            texts.put(name, json.text(name));
        }
        return texts;
    }
}
