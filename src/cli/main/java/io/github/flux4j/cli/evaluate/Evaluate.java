package io.github.flux4j.cli.evaluate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.cli.ModelAndTable;
import io.github.flux4j.cli.ScoresJson;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.model.TrainingRows;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.Served.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The error of a saved model on a table, beside what its report says of rows that it wasn't trained on. Without ND4J. */
@Command(
        name = "evaluate",
        description = {
            "Score a saved model on a table that has the target.",
            "Prints the held-out error of training for comparison. Rows without the target are dropped."
        },
        sortOptions = false)
public final class Evaluate implements Callable<Integer> {

    @Mixin
    private ModelAndTable input;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Served model = input.model();
        if (model.predictor().targets().isEmpty()) {
            throw new IOException(
                    input.file()
                            + " doesn't name its target, so there is no column to compare with; use a model that was trained on a table, for instance by flux4j train");
        }
        Labelled rows = rows(model);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(model, rows));
        } else {
            print(model.quality(), rows, out);
        }
        return ExitCode.OK;
    }

    private Labelled rows(Served model) throws IOException {
        try (CsvBlocks blocks = CsvBlocks.of(input.openTable(), input.tableName(), input.csv())) {
            return Labelled.of(model, blocks, input.tableName());
        }
    }

    private String json(Served model, Labelled rows) {
        Gson gson = new GsonBuilder().serializeNulls().create();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", input.file().toString());
        json.put("data", input.tableName());
        json.put("targets", model.predictor().targets());
        json.put("rows", rows.rows());
        json.put("rowsLeftOut", rows.leftOut());
        json.put("weights", rows.weighting());
        json.put("unknownClasses", rows.unknown());
        json.put("trainedOn", ScoresJson.number(rows.trainedOn()));
        Quality quality = model.quality();
        json.put("scores", ScoresJson.of(rows.scores()));
        json.put("weightedScores", ScoresJson.of(rows.weightedScores()));
        json.put("heldOut", ScoresJson.of(quality.heldOut()));
        json.put("yardstick", ScoresJson.of(quality.yardstick(), quality.yardsticks()));
        return gson.toJson(json);
    }

    private void print(Quality quality, Labelled rows, PrintWriter out) {
        out.println(input.tableName() + ": " + rows.rows() + (rows.rows() == 1 ? " row" : " rows")
                + (rows.leftOut() == 0 ? "" : ", " + rows.leftOut() + " dropped without a target or weight"));
        Map<String, Double> weighted = rows.weightedScores();
        rows.scores().forEach((metric, score) -> out.println(line(metric, score, weighted.get(metric), quality)));
        if (!rows.weighting().isEmpty()) {
            out.println("training weighted rows by " + ModelFileException.shown(rows.weighting())
                    + (weighted.isEmpty()
                            ? ", a column that is missing here: all rows count the same"
                            : "; in other figures than those called weighted, all rows count the same"));
        }
        TrainingRows.words(rows.trainedOn()).ifPresent(out::println);
        List<String> unknown = rows.unknown();
        if (!unknown.isEmpty()) {
            out.println("unknown to the model, so always wrong: "
                    + String.join(", ", unknown.subList(0, Math.min(unknown.size(), 5)))
                    + (unknown.size() > 5 ? ", …" : ""));
        }
    }

    private static String line(String metric, double score, Double weighted, Quality quality) {
        Double heldOut = quality.heldOut().get(metric);
        Double yardstick = quality.yardsticks().get(metric);
        return String.format(Locale.ROOT, "  %-9s %-10s", metric, short3(score))
                + (weighted == null ? "" : String.format(Locale.ROOT, " weighted %-10s", short3(weighted)))
                + (heldOut == null ? "" : " training reported " + short3(heldOut) + " for held-out rows")
                + (yardstick == null ? "" : " (" + quality.yardstick() + " " + short3(yardstick) + ")");
    }

    /** Three digits. */
    private static String short3(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(3)).toPlainString()
                : String.valueOf(value);
    }
}
