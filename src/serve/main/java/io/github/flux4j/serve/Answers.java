package io.github.flux4j.serve;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model says of prepared rows, as text: a number as {@code prediction}, with {@code low} and {@code high}, or one of them, if bounds are asked for; several by
 * their names; a class and the probability of each.
 */
final class Answers {

    private static final int FIRST_TO_QUOTE = ' ';

    private final Predictor predictor;
    private final Bounds bounds;
    private final Double level;
    private final List<String> bounded;
    private final List<String> names;
    private final List<String> keys;
    private final List<String> labels;

    /**
     * Of a model.
     *
     * @param level of the bounds; null for none
     * @throws IllegalStateException if it has no such bounds
     * @throws IllegalArgumentException if there are none of this level
     */
    Answers(Predictor predictor, Bounds bounds, Double level) {
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
    double[][] of(double[][] prepared) {
        return hasBounds() ? predictor.bounds(prepared, bounds, level) : predictor.predictPrepared(prepared);
    }

    /** What the numbers are called, or the classes. */
    List<String> names() {
        return names;
    }

    /** The names of a table's columns. */
    String header() {
        if (predictor.isClassifier()) {
            return names.stream()
                    .map(name -> cell("probability_" + name))
                    .collect(Collectors.joining(",", "class,", "\n"));
        }
        return hasBounds()
                ? String.join(",", bounded) + '\n'
                : names.size() == 1 ? "prediction\n" : String.join(",", labels) + '\n';
    }

    /** A line of a table. */
    void row(double[] answer, StringBuilder out) {
        if (predictor.isClassifier()) {
            out.append(labels.get(predictor.mostProbable(answer))).append(',');
        }
        for (int i = 0; i < answer.length; i++) {
            number(answer[i], i == 0 ? out : out.append(','));
        }
        out.append('\n');
    }

    /** A JSON object. */
    void object(double[] answer, StringBuilder out) {
        if (predictor.isClassifier()) {
            String name = quoted(names.get(predictor.mostProbable(answer)));
            out.append("{\"class\":").append(name).append(",\"probabilities\":");
            named(answer, out).append('}');
        } else if (hasBounds()) {
            for (int i = 0; i < answer.length; i++) {
                out.append(i == 0 ? "{\"" : ",\"").append(bounded.get(i)).append("\":");
                jsonNumber(answer[i], out);
            }
            out.append('}');
        } else if (answer.length == 1) {
            jsonNumber(answer[0], out.append("{\"prediction\":")).append('}');
        } else {
            named(answer, out.append("{\"prediction\":")).append('}');
        }
    }

    private StringBuilder named(double[] numbers, StringBuilder out) {
        for (int i = 0; i < numbers.length; i++) {
            jsonNumber(numbers[i], out.append(i == 0 ? '{' : ',').append(keys.get(i)));
        }
        return out.append('}');
    }

    /** JSON has none that isn't finite. */
    private StringBuilder jsonNumber(double number, StringBuilder out) {
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
