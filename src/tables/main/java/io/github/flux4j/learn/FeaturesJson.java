package io.github.flux4j.learn;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.records.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a preparation as the {@code features} of a model file. */
final class FeaturesJson {

    private FeaturesJson() {}

    /** The value of {@code features}. */
    public static List<Map<String, Object>> of(Features features) {
        return features.list().stream().map(FeaturesJson::of).toList();
    }

    private static Map<String, Object> of(Feature feature) {
        return feature instanceof NumberFeature number ? of(number) : of((TextFeature) feature);
    }

    private static Map<String, Object> of(NumberFeature feature) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", feature.name());
        json.put("type", feature.isDate() ? "date" : "number");
        putUnless(Double.isNaN(feature.missing()), json, "missing", feature.missing());
        json.put("center", feature.center());
        json.put("scale", feature.scale());
        putUnless(Double.isInfinite(feature.clip()), json, "clip", feature.clip());
        putUnless(feature.frequencies().isEmpty(), json, "frequencies", feature.frequencies());
        putUnless(feature.frequencies().isEmpty(), json, "phases", feature.phases());
        putUnless(!feature.calendar(), json, "calendar", feature.isDate() ? "season weekday" : "day");
        if (feature.curve() != null) { // earlier versions refuse it, as they must
            json.put("curve", RecordJson.PLAIN.of(feature.curve()));
        }
        putUnless(!feature.straight(), json, "straight", true); // they refuse it, too
        putFormat(json, feature.format());
        return json;
    }

    private static Map<String, Object> of(TextFeature feature) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", feature.name());
        json.put("type", "text");
        json.put("levels", feature.levels());
        putUnless(feature.missing() == null, json, "missing", feature.missing());
        json.put("unknown", feature.lastIsOther() ? "other" : feature.refusesUnknown() ? "error" : "zeros");
        json.put("typical", feature.typical());
        return json;
    }

    /** How cells are written, unless it is as usual. */
    static void putFormat(Map<String, Object> json, ColumnFormat format) {
        putUnless(format.withMissing(Set.of()).isUsual(), json, "format", format.text());
        putUnless(
                format.missing().isEmpty(),
                json,
                "gaps",
                format.missing().stream().sorted().toList());
    }

    private static void putUnless(boolean condition, Map<String, Object> json, String key, Object value) {
        if (!condition) {
            json.put(key, value);
        }
    }
}
