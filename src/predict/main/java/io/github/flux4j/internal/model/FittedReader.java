package io.github.flux4j.internal.model;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.format.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Reads what fitted models have besides networks: their preparation, {@code features}, and their {@code target}. */
public final class FittedReader {

    private static final int GAPS = 1000;
    private static final int MOST_ROWS = 1000;

    /** The calendar parts of a date that a file can have. */
    private static final String CALENDAR = "season weekday";

    /** That of a time of day. */
    private static final String CIRCLE = "day";

    private FittedReader() {}

    /** The preparation. */
    @SuppressWarnings("unchecked") // rows of any values
    public static Features features(JsonObject model) throws ModelFileException {
        List<Feature> features = new ArrayList<>();
        for (Object json : model.list("features", Features.MOST)) {
            features.add(feature(JsonObject.of("feature " + features.size(), json)));
        }
        try {
            Features read = Features.of(features).within(ranges(model)).over((List)
                    model.list("background", MOST_ROWS, List.class)); // earlier readers pass over this, too
            boolean isFloat32 = model.text("type", "float32").equals("float32");
            requireFinite(read, isFloat32 ? Float.MAX_VALUE : Double.MAX_VALUE);
            return read;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ModelFileException.foreign(e.getMessage());
        }
    }

    /** Throws unless the preparation makes finite numbers of the values that training had. */
    private static void requireFinite(Features features, double most) throws ModelFileException {
        for (Feature feature : features.list()) {
            if (feature instanceof NumberFeature number) {
                double[] prepared = new double[number.width()];
                for (double given : known(number, features.ranges().getOrDefault(number.name(), List.of()))) {
                    number.write(given, prepared, 0);
                    requireAtMost(most, prepared, number.name(), given);
                }
            }
        }
    }

    private static void requireAtMost(double most, double[] prepared, String column, double given)
            throws ModelFileException {
        for (double each : prepared) {
            if (!(Math.abs(each) <= most)) {
                throw ModelFileException.foreign("the preparation of column " + ModelFileException.shown(column)
                        + " was expected to make finite numbers of " + given + ", but makes " + each);
            }
        }
    }

    private static double[] known(NumberFeature number, List<Double> range) {
        double missing = Double.isNaN(number.missing()) ? number.center() : number.missing();
        return DoubleStream.concat(
                        DoubleStream.of(number.center(), missing),
                        range.stream().mapToDouble(Double::doubleValue))
                .toArray();
    }

    /** Ranges, which earlier readers ignore, since predictions don't depend on them. */
    private static Map<String, List<Double>> ranges(JsonObject model) throws ModelFileException {
        Map<String, List<Double>> ranges = new LinkedHashMap<>();
        if (model.has("ranges")) {
            JsonObject json = JsonObject.of("the ranges", model.values().get("ranges"));
            for (String column : json.values().keySet()) {
                ranges.put(column, json.list(column, 2, Double.class));
            }
        }
        return ranges;
    }

    private static Feature feature(JsonObject json) throws ModelFileException {
        String type = json.text("type");
        if (!List.of("number", "date", "text").contains(type)) {
            throw json.unknown("number, date or text", "type");
        }
        try {
            return type.equals("text") ? text(json) : number(json);
        } catch (IllegalArgumentException e) {
            throw ModelFileException.foreign(e.getMessage());
        }
    }

    private static NumberFeature number(JsonObject json) throws ModelFileException {
        json.requireOnly(
                "name",
                "missing",
                "center",
                "scale",
                "clip",
                "frequencies",
                "phases",
                "format",
                "gaps",
                "calendar",
                "curve",
                "straight");
        boolean isDate = json.text("type").equals("date");
        return new NumberFeature(
                json.text("name"),
                isDate,
                json.number("missing", Double.NaN),
                json.number("center", 0),
                json.number("scale", 1),
                json.number("clip", Double.POSITIVE_INFINITY),
                json.list("frequencies", NumberFeature.COSINES, Double.class),
                json.list("phases", NumberFeature.COSINES, Double.class),
                format(json, isDate),
                calendar(json, isDate ? CALENDAR : CIRCLE),
                json.has("curve")
                        ? curve(JsonObject.of(
                                "the curve of " + json.where(), json.values().get("curve")))
                        : null,
                json.flag("straight", false));
    }

    private static NumberFeature.Curve curve(JsonObject json) throws ModelFileException {
        json.requireOnly("at", "values");
        return new NumberFeature.Curve(
                json.list("at", NumberFeature.KNOTS, Double.class),
                json.list("values", NumberFeature.KNOTS, Double.class));
    }

    private static boolean calendar(JsonObject json, String known) throws ModelFileException {
        String parts = json.text("calendar", "");
        if (!parts.isEmpty() && !parts.equals(known)) {
            throw json.unknown(known, "calendar");
        }
        return !parts.isEmpty();
    }

    /** The format of cells; the usual one by default. */
    private static ColumnFormat format(JsonObject json, boolean isDate) throws ModelFileException {
        ColumnFormat usual = isDate ? ColumnFormat.DATE : ColumnFormat.NUMBER;
        try {
            ColumnFormat format = ColumnFormat.of(json.text("format", usual.text()));
            return format.withMissing(Set.copyOf(json.list("gaps", GAPS, String.class)));
        } catch (IllegalArgumentException e) {
            throw json.unknown("a way to write numbers or dates", "format");
        }
    }

    private static TextFeature text(JsonObject json) throws ModelFileException {
        json.requireOnly("name", "levels", "missing", "unknown", "typical");
        String unknown = json.text("unknown", "zeros");
        if (!List.of("zeros", "error", "other").contains(unknown)) {
            throw json.unknown("zeros, error or other", "unknown");
        }
        return new TextFeature(
                json.text("name"),
                json.list("levels", TextFeature.LEVELS, String.class),
                json.text("missing", null),
                unknown.equals("error"),
                json.text("typical", null),
                unknown.equals("other"));
    }

    /** The target: an object, or a list for several. */
    static Target target(JsonObject model) throws ModelFileException {
        Object json = model.values().get("target");
        if (json instanceof List<?> several && !several.isEmpty()) {
            return numbers(several);
        }
        JsonObject target = JsonObject.of("the target", json);
        return target.text("type", "number").equals("classes")
                ? classes(target)
                : new Target.Numbers(List.of(scaled(target)));
    }

    private static Target numbers(List<?> several) throws ModelFileException {
        List<Target.Scaled> targets = new ArrayList<>();
        for (Object target : several) {
            targets.add(scaled(JsonObject.of("target " + targets.size(), target)));
        }
        return new Target.Numbers(List.copyOf(targets));
    }

    private static Target.Scaled scaled(JsonObject target) throws ModelFileException {
        if (!target.text("type", "number").equals("number")) {
            throw target.unknown("number or classes", "type");
        }
        target.requireOnly("name", "mean", "std", "low", "high", "format", "gaps", "log");
        return new Target.Scaled(
                target.text("name", "prediction"),
                target.number("mean", 0),
                target.number("std", 1),
                target.number("low", Double.NEGATIVE_INFINITY),
                target.number("high", Double.POSITIVE_INFINITY),
                format(target, false),
                target.flag("log", false));
    }

    private static Target classes(JsonObject target) throws ModelFileException {
        target.requireOnly("name", "classes", "outputs", "positive", "threshold");
        List<String> classes = target.list("classes", TextFeature.LEVELS, String.class);
        String outputs = target.text("outputs", "logits");
        if (classes.size() < 2) {
            throw ModelFileException.foreign(
                    target.where() + " must have at least two classes, but has " + classes.size());
        }
        if (!List.of("logits", "probabilities").contains(outputs)) {
            throw target.unknown("logits or probabilities", "outputs");
        }
        try {
            return new Target.Classes(
                    target.text("name", "class"),
                    classes,
                    outputs.equals("logits"),
                    classes.indexOf(target.text("positive", classes.get(1))),
                    target.number("threshold", Double.NaN));
        } catch (IllegalArgumentException e) {
            throw ModelFileException.foreign(e.getMessage());
        }
    }
}
