package io.github.flux4j.cli.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.cli.ScoresJson;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.records.RecordJson;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.Report;
import io.github.flux4j.learn.Tuned;
import io.github.flux4j.learn.Tuned.Trial;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Use;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The figures as one JSON object; what isn't a finite number, which JSON doesn't have, is null. */
final class TrainJson {

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();
    private static final double NANOS = 1e9;

    private final Map<String, Object> json = new LinkedHashMap<>();

    TrainJson(String file, Table table, Task task, TrainOptions options) {
        json.put("file", file);
        json.put("target", options.target);
        json.put("task", task.name());
        json.put("why", task.why());
        json.put("seed", options.seed);
        putTable(table, table.column(options.target), options.group, List.of(options.keep));
        json.put("out", options.out == null ? null : options.out.toString());
    }

    private void putTable(Table table, Column target, String group, List<String> kept) {
        int[] known = IntStream.range(0, table.rows())
                .filter(row -> !target.isMissing(row))
                .toArray();
        List<String> leftOut = table.rows(known).columns().stream()
                .filter(column ->
                        !column.name().equals(target.name()) && !column.name().equals(group) && isLeftOut(column, kept))
                .map(Column::name)
                .toList();
        json.put("rows", known.length);
        json.put("rowsLeftOut", target.missing());
        json.put("features", table.columns().size() - 1 - leftOut.size() - (group == null ? 0 : 1));
        json.put("columnsLeftOut", leftOut);
    }

    private static boolean isLeftOut(Column column, List<String> kept) {
        return Use.of(column, kept.contains(column.name())).isLeftOut();
    }

    String text(TrainOutcome training) {
        if (training.tuned() != null) {
            json.put("tuning", tuning(training.tuned()));
        }
        if (training.evaluation() != null) {
            put(training.evaluation());
        }
        if (training.fitted() != null) {
            put(training.fitted().report());
            putDropped(training.fitted().report().data());
        }
        json.put("seconds", seconds(training.elapsed()));
        return GSON.toJson(json);
    }

    /** The fit may have found that a column's frequent texts help. */
    private void putDropped(Report.Data data) {
        List<?> expected = (List<?>) json.get("columnsLeftOut");
        List<?> dropped = expected.stream()
                .filter(name -> data.columns().get(name).startsWith("dropped"))
                .toList();
        json.put("features", (int) json.get("features") + expected.size() - dropped.size());
        json.put("columnsLeftOut", dropped);
    }

    private static Map<String, Object> tuning(Tuned<?, ?> tuned) {
        Map<String, Object> tuning = new LinkedHashMap<>();
        tuning.put("metric", tuned.metric().name());
        tuning.put("folds", tuned.folds());
        tuning.put("interrupted", tuned.interrupted());
        tuning.put(
                "trials",
                tuned.trials().stream()
                        .map(trial -> trial(trial, tuned.metric()))
                        .toList());
        return tuning;
    }

    private static Map<String, Object> trial(Trial<?> trial, Metric metric) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("trial", trial.number());
        values.put("values", trial.values());
        values.put("mean", ScoresJson.number(trial.mean(metric)));
        values.put("std", ScoresJson.number(trial.std(metric)));
        values.put(
                "perFold",
                trial.failed()
                        ? null
                        : Arrays.stream(trial.perFold(metric))
                                .mapToObj(ScoresJson::number)
                                .toList());
        values.put("failure", trial.failed() ? trial.failure() : null);
        return values;
    }

    private void put(Evaluation evaluation) {
        Map<String, Object> folds = new LinkedHashMap<>();
        Map<String, Double> linear = new LinkedHashMap<>();
        for (Metric metric : evaluation.metrics()) {
            folds.put(metric.name(), ofFolds(evaluation, metric));
            if (!evaluation.yardstick().isEmpty()) {
                linear.put(metric.name(), evaluation.yardstick(metric));
            }
        }
        json.put("foldCount", evaluation.folds());
        json.put("folds", folds);
        json.put("foldsYardstick", ScoresJson.of(evaluation.yardstick(), linear));
    }

    private static Map<String, Object> ofFolds(Evaluation evaluation, Metric metric) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mean", ScoresJson.number(evaluation.mean(metric)));
        values.put("std", ScoresJson.number(evaluation.std(metric)));
        values.put(
                "perFold",
                Arrays.stream(evaluation.perFold(metric))
                        .mapToObj(ScoresJson::number)
                        .toList());
        values.put("pooled", ScoresJson.number(evaluation.pooled(metric)));
        return values;
    }

    private void put(Report report) {
        json.put("heldOut", ScoresJson.of(report.leftOut()));
        json.put(
                "yardstick",
                ScoresJson.of(report.quality().yardstick(), report.quality().yardsticks()));
        json.put("coverage", ScoresJson.number(report.quality().coverage()));
        json.put("width", ScoresJson.number(report.quality().width()));
        json.put("networks", report.training().networks());
        json.put("epochs", report.training().bestEpoch());
        json.put("verdict", report.verdict());
        json.put("division", report.training().division());
        json.put("notes", report.notes());
        json.put(
                "equations",
                report.equations().stream().map(RecordJson.PLAIN::of).toList());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
