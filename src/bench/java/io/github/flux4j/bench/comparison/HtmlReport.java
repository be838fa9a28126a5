package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Part;
import io.github.flux4j.report.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as one page. */
final class HtmlReport {

    private HtmlReport() {}

    static void write(List<Results> parts, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        page(parts).writeTo(file);
    }

    static Page page(List<Results> parts) {
        Page page = Page.of("flux4j compared", METHOD)
                .with("", parts.stream().map(HtmlReport::summary).toList())
                .with("Times", flat(parts, HtmlReport::problems));
        for (Results results : parts) {
            Grid grid = Grid.of(results);
            page = grid.isEmpty()
                    ? page
                    : page.with("Who is fastest where", List.of(Part.text(grid.finding()), CrossoverPlot.of(grid)))
                            .with(
                                    "How flux4j's time grows",
                                    List.of(GrowthPlot.withBatch(grid), GrowthPlot.withParameters(grid)));
        }
        return page.with("Not timed", flat(parts, HtmlReport::refused))
                .with("All numbers", parts.stream().map(HtmlReport::numbers).toList())
                .with("Environment", parts.stream().map(HtmlReport::environment).toList());
    }

    private static List<Part> flat(List<Results> all, Function<Results, List<? extends Part>> parts) {
        return all.stream()
                .<Part>flatMap(results -> parts.apply(results).stream())
                .toList();
    }

    private static final String METHOD =
            "One training step, or the predictions for one batch, by flux4j and by others, on the same data from"
                    + " the same weights. Before anything is timed, each contender's parameters after 1, 10 and 100 steps are compared with those of a"
                    + " plain Java program in double precision (fewer steps where the network is large); one that disagrees is not timed. Each process"
                    + " measures one contender and one problem, round by round. A shared processor is a noisy one: read the ratios.";

    private static Part summary(Results results) {
        Environment e = results.environment();
        return Part.remark(e.date() + ", commit " + e.commit() + ". " + e.cpu() + ", " + e.cores()
                + " cores, OpenBLAS kernels for "
                + e.blasCore() + ", " + e.jdk() + ". " + e.pace() + ". One 1024 × 1024 product ran at "
                + Units.digits(results.sgemmGflops()) + " GFLOP/s, on one thread at "
                + Units.digits(results.sgemmGflopsOneThread()) + ".");
    }

    private static List<Part> problems(Results results) {
        return results.problems().stream()
                .filter(problem -> !Publication.isGrid(problem))
                .<Part>map(problem -> DotPlot.of(problem, describe(problem), results.of(problem)))
                .toList();
    }

    private static String describe(String name) {
        Problem problem = Problems.named(name);
        String network = problem.network().layers().stream()
                .map(layer -> layer.inputs() + " => ")
                .collect(Collectors.joining(
                        "", "", String.valueOf(problem.network().outputs())));
        String work = switch (problem.task()) {
            case TRAINING ->
                "one training step, " + problem.network().loss() + ", "
                        + problem.network().rule();
            case PREDICTION -> "predictions from and into arrays";
            case COLD_START -> "from the start of the process to the end of the first training step";
            case ENDURANCE -> "one training step of millions";
            case TIME_TO_LOSS -> "training until the loss on all examples is " + problem.goal();
        };
        return network + ", batch " + problem.batchSize() + ": " + work;
    }

    private static List<Part> refused(Results results) {
        return results.refused().stream().map(one -> Part.text(one.line())).toList();
    }

    private static final List<String> HEADER = List.of(
            "problem, contender",
            "median",
            "least",
            "most",
            "examples/s",
            "GFLOP/s",
            "of sgemm",
            "heap/step",
            "native/step",
            "drift",
            "resident");

    private static Part numbers(Results results) {
        return Part.folded(
                results.rows().size() + " rows",
                new Sheet(
                        "", HEADER, results.rows().stream().map(HtmlReport::row).toList(), ""));
    }

    private static List<Sheet.Cell> row(Measurement row) {
        return Stream.of(
                        row.problem() + ", " + row.contender(),
                        Units.time(row.medianNanos()),
                        Units.time(row.minNanos()),
                        Units.time(row.maxNanos()),
                        row.examplesPerSecond() == null ? "" : Units.count(row.examplesPerSecond()),
                        row.gflops() == null ? "" : Units.digits(row.gflops()),
                        row.sgemmShare() == null ? "" : Units.percent(row.sgemmShare()),
                        row.heapBytesPerStep() == null ? "" : Units.bytes(row.heapBytesPerStep()),
                        row.nativeBytesPerStep() == null ? "" : Units.bytes(row.nativeBytesPerStep()),
                        row.drift() == null ? "" : "× " + Units.digits(row.drift()),
                        row.residentBytes() == null ? "" : Units.bytes(row.residentBytes()))
                .map(Sheet.Cell::of)
                .toList();
    }

    private static Part environment(Results results) {
        Environment e = results.environment();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("versions", pairs(e.versions()));
        facts.put("jars, MB", pairs(e.jarMegabytes()));
        facts.put("settings of each process", pairs(e.settings()));
        facts.put("threads that OpenBLAS takes by itself", String.valueOf(e.blasThreads()));
        facts.put("processor", String.join(" ", e.cpuFlags()));
        return Part.folded(e.os(), Sheet.of("", "what", "which", facts));
    }

    private static String pairs(Map<String, ?> map) {
        return map.entrySet().stream()
                .filter(entry -> !entry.getValue().toString().isBlank())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
