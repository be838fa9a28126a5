package io.github.flux4j.io.onnx;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.io.onnx.Graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A preparation in ONNX's operators: an input {@code [rows, 1]} for each column, all that networks see of them {@code [rows, width]}. Numbers
 * are computed in Float64 until they are scaled, since differences of large numbers lose digits.
 */
final class OnnxColumns {

    /** Where numbers are so much larger than what they differ by, or beyond what Float32 holds, they are given in Float64. */
    private static final double FLOAT_RATIO = 1e4;

    private static final double FLOAT_RANGE = 1e30;

    /** Here (v/clip)² has no influence any more, and soon no place in a double. */
    private static final double FAR = 1e100;

    private final Graph graph;
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private OnnxColumns(Graph graph) {
        this.graph = graph;
    }

    /** Adds the inputs and the preparation; its result. */
    static String add(Graph graph, Features features) {
        return new OnnxColumns(graph).prepared(features.list());
    }

    /** All inputs come first, so that no operator takes a column's name. */
    private String prepared(List<Feature> features) {
        for (Feature feature : features) {
            inputs.put(feature.name(), graph.input(feature.name(), type(feature), 1));
        }
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < features.size(); ) {
            if (features.get(at) instanceof TextFeature text) {
                parts.add(oneHot(text));
                at++;
            } else {
                List<NumberFeature> run = run(features, at);
                parts.addAll(numbers(run));
                at += run.size();
            }
        }
        return concatenated(parts);
    }

    private static DataType type(Feature feature) {
        if (feature instanceof NumberFeature number) {
            return isFloat(number.center(), Math.abs(number.scale())) ? DataType.FLOAT : DataType.DOUBLE;
        }
        return DataType.UTF8;
    }

    /** Whether Float32 is exact enough for numbers of this mean, and of this deviation's reciprocal. */
    static boolean isFloat(double mean, double scale) {
        return Math.abs(mean) * scale <= FLOAT_RATIO
                && Math.abs(mean) <= FLOAT_RANGE
                && scale <= FLOAT_RANGE
                && 1 / scale <= FLOAT_RANGE;
    }

    /** Columns beside each other that can be computed as one matrix: those without cosines, of one type. */
    private static List<NumberFeature> run(List<Feature> features, int from) {
        NumberFeature first = (NumberFeature) features.get(from);
        List<NumberFeature> run = new ArrayList<>(List.of(first));
        for (int i = from + 1; i < features.size() && isLike(first, features.get(i)); i++) {
            run.add((NumberFeature) features.get(i));
        }
        return run;
    }

    private static boolean isLike(NumberFeature first, Feature next) {
        return first.width() == 1 && next.width() == 1 && next instanceof NumberFeature && type(first) == type(next);
    }

    /** A weekday would take the calendar, and a time of day is refused like it. */
    private static void requireNoCalendar(NumberFeature column) {
        if (column.calendar()) {
            throw new IllegalArgumentException("ONNX can't compute the "
                    + (column.isDate() ? "season and weekday" : "time of day") + " of " + column.name()
                    + "; fit with deriveColumns(false), or train --no-derive");
        }
    }

    private List<String> numbers(List<NumberFeature> run) {
        run.forEach(OnnxColumns::requireNoCalendar);
        String given = concatenated(
                run.stream().map(column -> inputs.get(column.name())).toList());
        String x = graph.add(Node.of("Cast", given).with("to", Graph.code(DataType.DOUBLE)));
        String filled = graph.add(
                Node.of("Where", graph.add(Node.of("IsNaN", x)), each("missing", run, NumberFeature::missing), x));
        String centred = graph.add(Node.of("Sub", filled, each("center", run, NumberFeature::center)));
        String unclipped = graph.add(Node.of("Mul", centred, each("scale", run, NumberFeature::scale)));
        String v = clipped(unclipped, run);
        List<String> parts = new ArrayList<>(List.of(narrowed(v)));
        if (run.get(0).curve() != null) {
            parts.add(narrowed(curve(filled, run.get(0).curve())));
        }
        if (!run.get(0).frequencies().isEmpty()) {
            parts.add(cosines(v, run.get(0)));
        }
        if (run.get(0).straight()) {
            parts.add(narrowed(unclipped));
            parts.add(narrowed(graph.add(Node.of("IsNaN", x))));
        }
        return parts;
    }

    /** {@code v/√(1 + (v/clip)²)}; comparisons let NaN pass. */
    private String clipped(String v, List<NumberFeature> run) {
        if (run.stream().allMatch(column -> Double.isInfinite(column.clip()))) {
            return v;
        }
        String far = each("far", run, column -> column.clip() * FAR);
        String isFar = graph.add(Node.of("Greater", graph.add(Node.of("Abs", v)), far));
        String bound = graph.add(Node.of("Mul", graph.add(Node.of("Sign", v)), far));
        String bounded = graph.add(Node.of("Where", isFar, bound, v));
        String ratio = graph.add(Node.of("Div", bounded, each("clip", run, NumberFeature::clip)));
        String square = graph.add(Node.of("Mul", ratio, ratio));
        String root = graph.add(Node.of("Sqrt", graph.add(Node.of("Add", square, wide("one", 1)))));
        return graph.add(Node.of("Div", bounded, root));
    }

    /** The first value, and what is added between knots: how far x is on the way, from 0 to 1, times the next value's distance. */
    private String curve(String x, NumberFeature.Curve curve) {
        int steps = curve.at().size() - 1;
        double[] from = new double[Math.max(1, steps)];
        double[] width = new double[from.length];
        double[] rise = new double[from.length];
        Arrays.fill(width, 1);
        for (int i = 0; i < steps; i++) {
            from[i] = curve.at().get(i);
            width[i] = curve.at().get(i + 1) - from[i];
            rise[i] = curve.values().get(i + 1) - curve.values().get(i);
        }
        String way =
                graph.add(Node.of("Div", graph.add(Node.of("Sub", x, wide("knots", from))), wide("widths", width)));
        String bounded = graph.add(Node.of("Min", graph.add(Node.of("Max", way, wide("none", 0))), wide("whole", 1)));
        String risen =
                graph.add(Node.of("MatMul", bounded, graph.constant("rises", DataType.DOUBLE, rise, rise.length, 1)));
        return graph.add(Node.of("Add", risen, wide("first", curve.values().get(0))));
    }

    private String cosines(String v, NumberFeature column) {
        double[] frequencies = column.frequencies().stream()
                .mapToDouble(frequency -> 2 * Math.PI * frequency)
                .toArray();
        double[] phases =
                column.phases().stream().mapToDouble(Double::doubleValue).toArray();
        String turns = graph.add(Node.of("Mul", v, wide("frequencies", frequencies)));
        return graph.cosine(narrowed(graph.add(Node.of("Add", turns, wide("phases", phases)))));
    }

    /** A text's place among the levels, then a 1 in that place; a text without one has zeros, or stops the prediction. */
    private String oneHot(TextFeature column) {
        Map<String, Long> places = new LinkedHashMap<>();
        for (String level : column.levels()) {
            places.put(level, (long) places.size());
        }
        if (column.missing() != null) {
            Feature.MISSING.stream().sorted().forEach(mark -> places.putIfAbsent(mark, places.get(column.missing())));
        }
        if (column.lastIsOther()) {
            Feature.MISSING.stream().sorted().forEach(mark -> places.putIfAbsent(mark, -1L));
        }
        String place = graph.add(Node.ofMl("LabelEncoder", inputs.get(column.name()))
                .with("keys_strings", List.copyOf(places.keySet()))
                .with("values_int64s", List.copyOf(places.values()))
                .with("default_int64", column.lastIsOther() ? column.width() - 1 : -1));
        String hot = graph.add(Node.ofMl("OneHotEncoder", place)
                .with("cats_int64s", List.copyOf(places.values()).subList(0, column.width()))
                .with("zeros", column.refusesUnknown() ? 0 : 1));
        String flat = graph.add(Node.of("Flatten", hot).with("axis", 1));
        return graph.type() == DataType.FLOAT ? flat : narrowed(flat);
    }

    private String concatenated(List<String> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : graph.add(Node.of("Concat", parts.toArray(String[]::new)).with("axis", 1));
    }

    private String narrowed(String tensor) {
        return graph.add(Node.of("Cast", tensor).with("to", Graph.code(graph.type())));
    }

    private String each(String name, List<NumberFeature> run, ToDoubleFunction<NumberFeature> number) {
        return wide(name, run.stream().mapToDouble(number).toArray());
    }

    private String wide(String name, double... values) {
        return graph.constant(name, DataType.DOUBLE, values, values.length);
    }
}
