package io.github.flux4j.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.cli.PairedRatio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The results as JMH writes its own, for programs that show those: a benchmark is a question's workload, its parameters are the cell's settings. */
public final class JmhJson {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JmhJson() {}

    public static void write(Results results, Path file) throws IOException {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Question question : results.run().plan().questions()) {
            for (String workload : question.workloads()) {
                Row.of(question, results, workload)
                        .forEach(row -> entries.add(entry(results.run(), question, workload, row)));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.toJson(entries) + "\n");
    }

    private static Map<String, Object> entry(ExperimentRun run, Question question, String workload, Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(
                "jmhVersion",
                org.openjdk.jmh.runner.BenchmarkList.class.getPackage().getImplementationVersion());
        entry.put("benchmark", "flux4j." + question.name() + "." + workload);
        entry.put("mode", "avgt");
        entry.put("threads", 1);
        entry.put("forks", row.all().size());
        entry.put("vmName", run.java());
        entry.put("warmupIterations", 1);
        entry.put("warmupTime", run.plan().warmupMillis() + " ms");
        entry.put("measurementIterations", 5);
        entry.put("measurementTime", run.plan().measureMillis() / 5 + " ms");
        Map<String, String> settings = new TreeMap<>(run.standard());
        settings.putAll(row.cell().settings());
        entry.put("params", settings);
        entry.put("primaryMetric", metric(row.all(), "ns/op"));
        Map<String, Object> others = new LinkedHashMap<>();
        Arrays.stream(Figure.values())
                .filter(figure -> !figure.all(row).isEmpty())
                .forEach(figure -> others.put(figure.title, metric(figure.all(row), figure.unit)));
        row.results()
                .tail(question, row.cell(), workload)
                .ifPresent(ratio -> others.put(Figure.TAIL.title, metric(ratio, 1, "ratio")));
        row.results()
                .share(question, row.cell(), workload)
                .ifPresent(ratio -> others.put(Figure.SHARE.title, metric(ratio, 100, "%")));
        entry.put("secondaryMetrics", others);
        return entry;
    }

    private static Map<String, Object> metric(PairedRatio ratio, double factor, String unit) {
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("score", factor * ratio.value());
        if (Row.hasInterval(ratio)) {
            metric.put("scoreConfidence", List.of(factor * ratio.low(), factor * ratio.high()));
        }
        metric.put("scoreUnit", unit);
        return metric;
    }

    private static Map<String, Object> metric(List<Double> all, String unit) {
        double median = Results.median(all).orElseThrow();
        double least = all.stream().min(Double::compare).orElseThrow();
        double most = all.stream().max(Double::compare).orElseThrow();
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("score", median);
        metric.put("scoreError", (most - least) / 2);
        metric.put("scoreConfidence", List.of(least, most));
        metric.put("scorePercentiles", Map.of("0.0", least, "50.0", median, "100.0", most));
        metric.put("scoreUnit", unit);
        metric.put("rawData", all.stream().map(List::of).toList());
        return metric;
    }
}
