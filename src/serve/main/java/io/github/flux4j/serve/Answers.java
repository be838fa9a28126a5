package io.github.flux4j.serve;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.Inputs.Rows;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model says of prepared rows, as text: a number as {@code prediction}, with {@code low} and {@code high}, or one of them, if bounds are asked for; several by
 * their names; a class and the probability of each.
 */
final class Answers {

    private static final int FIRST_TO_QUOTE = ' ';
    private static final List<String> RESERVED =
            List.of("prediction", "low", "high", "class", "probabilities", "flags");

    private final Predictor predictor;
    private final Bounds bounds;
    private final Double level;
    private final List<String> bounded;
    private final List<String> names;
    private final List<String> keys;
    private final List<String> labels;
    private final boolean areFlagged;
    private final List<String> carried;

    /**
     * Of a model.
     *
     * @param level of the bounds; null for none
     * @param areFlagged whether lines of a table end with the row's flags; JSON has them in any case
     * @param carried columns that stand before the answers
     * @throws IllegalStateException if it has no such bounds
     * @throws IllegalArgumentException if there are none of this level
     */
    Answers(Predictor predictor, Bounds bounds, Double level, boolean areFlagged, List<String> carried) {
        this.areFlagged = areFlagged;
        this.carried = List.copyOf(carried);
        this.predictor = predictor;
        this.bounds = bounds;
        this.level = level;
        if (hasBounds()) {
            predictor.requireBounds(bounds, level);
        }
        this.bounded = switch (bounds) {
            case BOTH -> List.of("prediction", "low", "high");
            case AT_LEAST -> List.of("prediction", "low");
            case AT_MOST -> List.of("prediction", "high");
        };
        this.names = predictor.isClassifier() ? predictor.classes() : targets(predictor);
        this.keys = names.stream().map(name -> quoted(name) + ':').toList();
        this.labels = names.stream().map(Answers::cell).toList();
        carried.forEach(this::requireFree);
    }

    /** With bounds, or without if the level is null. */
    Answers(Predictor predictor, Bounds bounds, Double level) {
        this(predictor, bounds, level, false, List.of());
    }

    private void requireFree(String column) {
        boolean isTaken = RESERVED.contains(column)
                || names.contains(column) && !predictor.isClassifier() && names.size() > 1
                || predictor.isClassifier() && names.stream().anyMatch(name -> column.equals("probability_" + name));
        if (isTaken || Collections.frequency(carried, column) > 1) {
            throw new IllegalArgumentException("a column to repeat must have a name of its own, but "
                    + quoted(column) + (isTaken ? " is one of the answer's" : " is named twice")
                    + "; omit it, or rename it in the table");
        }
    }

    private static List<String> targets(Predictor predictor) {
        List<String> targets = predictor.targets();
        return targets.size() == predictor.outputs()
                ? targets
                : IntStream.rangeClosed(1, predictor.outputs())
                        .mapToObj(i -> "y" + i)
                        .toList();
    }

    private boolean hasBounds() {
        return level != null;
    }

    /** A row of numbers for each: those that are predicted, or the probabilities, or the prediction and its bounds. */
    double[][] of(Rows rows) {
        if (!hasBounds()) {
            return predictor.predictPrepared(rows.numbers());
        }
        double[][] all = predictor.bounds(rows.numbers(), bounds, level);
        for (int i = 0; i < all.length; i++) {
            if (!predictor.hasBoundsBeyond() && rows.flags().get(i).containsValue(Flag.OUTSIDE)) {
                Arrays.fill(all[i], 1, all[i].length, Double.NaN);
            }
        }
        return all;
    }

    /** Flags in words, such as {@code a outside 1 to 100; colour unknown}. */
    String words(Map<String, Flag> flags) {
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + " " + predictor.features().words(flag.getKey(), flag.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** What the numbers are called, or the classes. */
    List<String> names() {
        return names;
    }

    /** What each number of an answer is called. */
    List<String> columns() {
        return hasBounds() ? bounded : names.size() == 1 && !predictor.isClassifier() ? List.of("prediction") : names;
    }

    /** The names of a table's columns. */
    String header() {
        String before = carried.stream().map(name -> cell(name) + ',').collect(Collectors.joining());
        return before + answered() + (areFlagged ? ",flags\n" : "\n");
    }

    private String answered() {
        if (predictor.isClassifier()) {
            return names.stream()
                    .map(name -> cell("probability_" + name))
                    .collect(Collectors.joining(",", "class,", ""));
        }
        return hasBounds() ? String.join(",", bounded) : names.size() == 1 ? "prediction" : String.join(",", labels);
    }

    /** A line of a table, with what is carried along. */
    void row(double[] answer, Map<String, Flag> flags, List<String> along, StringBuilder out) {
        along.forEach(text -> out.append(text == null ? "" : cell(text)).append(','));
        if (predictor.isClassifier()) {
            out.append(labels.get(predictor.mostProbable(answer))).append(',');
        }
        for (int i = 0; i < answer.length; i++) {
            out.append(i == 0 ? "" : ",");
            if (!Double.isNaN(answer[i])) { // a bound that isn't claimed
                number(answer[i], out);
            }
        }
        out.append(areFlagged ? ',' + cell(words(flags)) : "").append('\n');
    }

    /**
     * A JSON object, with what is carried along, and flags if there are some.
     *
     * @param more members that follow, each after its comma
     */
    void object(double[] answer, Map<String, Flag> flags, List<String> along, String more, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < along.size(); i++) {
            out.append(quoted(carried.get(i))).append(':');
            out.append(along.get(i) == null ? "null" : quoted(along.get(i))).append(',');
        }
        answered(answer, out);
        if (!flags.isEmpty()) {
            out.append(",\"flags\":");
            out.append(flags.entrySet().stream()
                    .map(flag -> quoted(flag.getKey())
                            + ':'
                            + quoted(predictor.features().words(flag.getKey(), flag.getValue())))
                    .collect(Collectors.joining(",", "{", "}")));
        }
        out.append(more).append('}');
    }

    private void answered(double[] answer, StringBuilder out) {
        if (predictor.isClassifier()) {
            String name = quoted(names.get(predictor.mostProbable(answer)));
            named(answer, out.append("\"class\":").append(name).append(",\"probabilities\":"));
        } else if (hasBounds()) {
            for (int i = 0; i < answer.length; i++) {
                out.append(i == 0 ? "\"" : ",\"").append(bounded.get(i)).append("\":");
                jsonNumber(answer[i], out);
            }
        } else if (answer.length == 1) {
            jsonNumber(answer[0], out.append("\"prediction\":"));
        } else {
            named(answer, out.append("\"prediction\":"));
        }
    }

    private StringBuilder named(double[] numbers, StringBuilder out) {
        for (int i = 0; i < numbers.length; i++) {
            jsonNumber(numbers[i], out.append(i == 0 ? '{' : ',').append(keys.get(i)));
        }
        return out.append('}');
    }

    /** JSON has none that isn't finite. */
    StringBuilder jsonNumber(double number, StringBuilder out) {
        return Double.isFinite(number) ? number(number, out) : out.append("null");
    }

    /** In as many digits as the model's type has. */
    private StringBuilder number(double number, StringBuilder out) {
        return predictor.isFloat32() ? JsonNumber.append(number, out) : out.append(number);
    }

    /** A cell of a table, in quotes where it must be. */
    private static String cell(String text) {
        boolean isPlain =
                text.chars().noneMatch(c -> c < FIRST_TO_QUOTE || c == ',' || c == '"') && text.equals(text.strip());
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A JSON text that no terminal and no page takes for anything else. */
    static String quoted(String text) {
        StringWriter json = new StringWriter();
        try (JsonWriter out = new JsonWriter(json)) {
            out.setStrictness(Strictness.LENIENT); // a text alone is no old JSON
            out.setHtmlSafe(true);
            out.value(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a string
        }
        return json.toString();
    }
}
