package io.github.flux4j.serve;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.Inputs.RowException;
import io.github.flux4j.serve.Inputs.Rows;
import io.github.flux4j.serve.Served.Quality;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page for people: a field for each column, the prediction with what is known of its error, and how a program asks. Without scripts. */
final class PredictionPage {

    private static final String STYLE = resource("page.css");

    /** By which a browser knows the style from another that somebody smuggled in. */
    static final String STYLE_DIGEST = "sha256-" + digest(STYLE);

    private static final double LEVEL = 0.9;
    private static final int MOST_FIELDS = 300;
    private static final int MOST_CLASSES = 20;
    private static final int MOST_EXPLAINED = 100; // columns, so that the page is there in a moment
    private static final int FEW = 12; // columns that a program's example shows

    private final Served model;
    private final Answers answers;
    private final List<Field> fields = new ArrayList<>();
    private final String title;
    private final String path;

    /**
     * Of a model.
     *
     * @param path where the page is found, with a slash at the end
     */
    PredictionPage(Served model, String path) {
        this.model = model;
        this.path = path;
        Predictor predictor = model.predictor();
        this.answers = new Answers(predictor, Bounds.BOTH, predictor.hasIntervals() ? LEVEL : null);
        List<Feature> features = model.inputs().features();
        for (int i = 0; i < features.size(); i++) {
            fields.add(new Field(i, features.get(i)));
        }
        this.title = predictor.targets().isEmpty() ? model.name() : String.join(", ", predictor.targets());
    }

    static String resource(String name) {
        try (InputStream in = PredictionPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        return Base64.getEncoder().encodeToString(ApiKeys.digest(text));
    }

    /** With typical values. */
    String empty() throws IOException {
        return filled(Map.of()).text();
    }

    /** With these values by the fields' keys, and typical ones where there are none; status 400 if one of them can't be. */
    Reply filled(Map<String, String> values) throws IOException {
        try {
            Rows prepared = model.inputs().prepared(row(values), 1);
            Map<String, Flag> flags = prepared.flags().get(0);
            String result = result(answers.of(prepared)[0]) + unlike(flags) + why(prepared.numbers()[0]);
            return Reply.of(200, Reply.HTML, page(values, result));
        } catch (RowException e) {
            String message =
                    e.getMessage().replaceFirst("^row 1: ", "").replaceFirst("null stands", "an empty field stands");
            return Reply.of(
                    400, Reply.HTML, page(values, "<p class=\"error\" role=\"alert\">" + Html.text(message) + "</p>"));
        }
    }

    private String unlike(Map<String, Flag> flags) {
        return flags.isEmpty()
                ? ""
                : "<p>Caution: " + Html.text(answers.words(flags))
                        + (flags.containsValue(Flag.OUTSIDE)
                                ? model.predictor().hasBoundsBeyond()
                                        ? " of training; the prediction goes on along a line"
                                        : " of training, so the error is unknown"
                                : "")
                        + ".</p>\n";
    }

    /** Which columns move it most; nothing of several targets, of many columns, and of a file without a background. */
    private String why(double... row) {
        Predictor predictor = model.predictor();
        if (fields.size() > MOST_EXPLAINED
                || !predictor.hasExplanations()
                || !predictor.isClassifier() && predictor.outputs() != 1) {
            return "";
        }
        Explanation why = predictor.explainPrepared(row, null);
        String rows = why.values().entrySet().stream()
                .limit(FEW)
                .map(column -> row(
                        column.getKey(),
                        (column.getValue() > 0 ? "+" : "")
                                + Html.number(column.getValue(), 3).replace('-', '−')))
                .collect(Collectors.joining());
        return "<details><summary>Why</summary>\n<p>The mean prediction is " + Html.number(why.background())
                + "; these columns do most to make it " + Html.number(why.prediction())
                + (why.isLogOdds() ? ", in log odds of " + Html.text(why.name()) : "") + ":</p>\n<table>\n" + rows
                + "</table>\n</details>\n";
    }

    /** Of a table. */
    private static String row(String name, String... cells) {
        return "<tr><th scope=\"row\">" + Html.text(name) + "</th><td>" + String.join("</td><td>", cells)
                + "</td></tr>\n";
    }

    private Map<String, Object> row(Map<String, String> values) {
        Map<String, Object> row = new HashMap<>();
        for (Field field : fields) {
            String value = values.getOrDefault(field.key(), field.typical());
            row.put(field.feature().name(), value.isEmpty() ? null : value);
        }
        return row;
    }

    private String page(Map<String, String> values, String result) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="data:,">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                <section class="result" aria-live="polite">
                %s</section>
                <form method="post" action="%s">
                <div class="fields">
                %s</div>
                %s<button type="submit">Predict</button>
                <a href="%s">Typical values</a>
                </form>
                %s%s</main>
                </body>
                </html>
                """.formatted(
                        Html.attribute(title),
                        STYLE,
                        Html.text(title),
                        result,
                        path,
                        fields(values),
                        others(),
                        path,
                        quality(),
                        program());
    }

    private String fields(Map<String, String> values) {
        return fields.stream()
                .limit(MOST_FIELDS)
                .map(field -> "<div>" + field.html(values.getOrDefault(field.key(), field.typical())) + "</div>")
                .collect(Collectors.joining());
    }

    private String others() {
        int others = fields.size() - MOST_FIELDS;
        return others <= 0
                ? ""
                : "<p>The other " + others + " columns have their typical values here; programs can set all.</p>\n";
    }

    private String result(double... answer) {
        Predictor predictor = model.predictor();
        if (predictor.isClassifier()) {
            return classes(answer);
        }
        if (predictor.hasIntervals()) {
            return "<p class=\"prediction\"><output>" + Html.number(answer[0]) + "</output></p>\n"
                    + (Double.isNaN(answer[1])
                            ? ""
                            : "<p>90\u00a0% interval: " + Html.number(answer[1]) + " to " + Html.number(answer[2])
                                    + "</p>\n");
        }
        return numbers(answer);
    }

    private String numbers(double... answer) {
        if (answer.length == 1) {
            return "<p class=\"prediction\"><output>" + Html.number(answer[0]) + "</output></p>\n";
        }
        return IntStream.range(0, answer.length)
                .mapToObj(i -> row(answers.names().get(i), Html.number(answer[i])))
                .collect(Collectors.joining("", "<table>\n", "</table>\n"));
    }

    /** The most probable first. */
    private String classes(double... probabilities) {
        List<String> names = answers.names();
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -probabilities[k]))
                .limit(MOST_CLASSES)
                .map(k -> row(names.get(k), meter(Html.number(100 * probabilities[k], 3))))
                .collect(Collectors.joining(
                        "",
                        "<p class=\"prediction\"><output>"
                                + Html.text(names.get(model.predictor().mostProbable(probabilities)))
                                + "</output></p>\n<table>\n",
                        "</table>\n"));
    }

    private static String meter(String share) {
        return share + "\u00a0%</td><td><meter min=\"0\" max=\"100\" value=\"" + share + "\">" + share
                + "\u00a0%</meter>";
    }

    private String quality() {
        Quality quality = model.quality();
        if (quality.heldOut().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<section>\n<h2>Quality</h2>\n<p>On rows that it was not trained on"
                + (quality.yardstick().isEmpty() ? "" : ", next to a linear model")
                + ":</p>\n<table>\n" + heading(quality));
        quality.heldOut().forEach((metric, value) -> {
            Double yardstick = quality.yardsticks().get(metric);
            html.append(row(metric, Html.number(value, 3), yardstick == null ? "–" : Html.number(yardstick, 3)));
        });
        html.append("</table>\n<p>").append(Html.attribute(origin(quality))).append("</p>\n");
        quality.notes()
                .forEach(note -> html.append("<p>")
                        .append(Html.text(note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1)))
                        .append("</p>\n"));
        return html.append("</section>\n").toString();
    }

    private static String heading(Quality quality) {
        return quality.yardstick().isEmpty()
                ? ""
                : "<tr><td></td><th scope=\"col\">this model</th><th scope=\"col\">" + Html.text(quality.yardstick())
                        + "</th></tr>\n";
    }

    private static String origin(Quality quality) {
        return "Trained on " + quality.rows() + " rows, with " + quality.networks()
                + (quality.networks() == 1 ? " network" : " networks")
                + (Double.isNaN(quality.coverage())
                        ? "."
                        : "; 90\u00a0% intervals cover " + Html.number(100 * quality.coverage(), 3)
                                + "\u00a0% of the held-out rows.");
    }

    private String program() {
        String row = fields.stream()
                .limit(FEW)
                .map(field -> Answers.quoted(field.feature().name()) + ": " + field.json())
                .collect(Collectors.joining(", ", "{", fields.size() > FEW ? ", …}" : "}"));
        return """
                <section>
                <h2>For programs</h2>
                <p><code>POST %spredict</code> accepts rows as <code>application/json</code>, an object or a list of objects, or as \
                <code>text/csv</code>%s:</p>
                <pre><code>%s</code></pre>
                </section>
                """.formatted(
                        path,
                        model.predictor().hasIntervals()
                                ? "; <code>?interval=0.9</code> adds intervals, <code>?at-least=0.9</code> or <code>?at-most=0.9</code> one bound"
                                : "",
                        Html.attribute(row));
    }
}
