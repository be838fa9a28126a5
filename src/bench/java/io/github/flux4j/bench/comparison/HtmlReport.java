package io.github.flux4j.bench.comparison;

import static io.github.flux4j.bench.report.Page.escape;

import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.report.Page;
import io.github.flux4j.bench.report.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as one page that needs nothing else: plots in SVG, light or dark as the reader has it, wide or narrow. */
final class HtmlReport {

    private HtmlReport() {}

    static void write(List<Results> parts, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page(parts));
    }

    static String page(List<Results> parts) throws IOException {
        return Page.of("flux4j compared", body(parts));
    }

    private static String body(List<Results> parts) {
        StringBuilder html = new StringBuilder(METHOD);
        for (Results results : parts) {
            html.append("<p class=\"soft\">").append(summary(results)).append("</p>\n");
        }
        parts.forEach(results -> html.append(problems(results)));
        parts.forEach(results -> html.append(grid(Grid.of(results))));
        parts.forEach(results -> html.append(refused(results)));
        parts.forEach(results -> html.append(numbers(results)));
        parts.forEach(results -> html.append(environment(results)));
        return html.toString();
    }

    private static final String METHOD = """
            <p>One training step, or the predictions for one batch, by flux4j and by others, on the same data from the same weights. \
            Before anything is timed, each contender's parameters after 1, 10 and 100 steps are compared with those of a plain Java \
            program in double precision (fewer steps where the network is large); one that disagrees is not timed. Each process measures one contender and one \
            problem, round by round. A shared processor is a noisy one: read the ratios.</p>
            """;

    private static String summary(Results results) {
        Environment e = results.environment();
        return escape(e.date() + ", commit " + e.commit() + ". " + e.cpu() + ", " + e.cores()
                + " cores, OpenBLAS kernels for "
                + e.blasCore() + ", " + e.jdk() + ". " + e.pace() + ". One 1024 × 1024 product ran at "
                + Units.digits(results.sgemmGflops()) + " GFLOP/s, on one thread at "
                + Units.digits(results.sgemmGflopsOneThread()) + ".");
    }

    private static String problems(Results results) {
        StringBuilder html = new StringBuilder();
        for (String problem : results.problems()) {
            if (!Publication.isGrid(problem)) {
                html.append("<h2>")
                        .append(problem)
                        .append("</h2>\n<p class=\"soft\">")
                        .append(describe(problem));
                html.append("</p>\n").append(DotPlot.of(results.of(problem)));
            }
        }
        return html.toString();
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
        return escape(network + ", batch " + problem.batchSize() + ": " + work);
    }

    private static String grid(Grid grid) {
        if (grid.isEmpty()) {
            return "";
        }
        return "<h2>Who is fastest where</h2>\n<p>" + grid.finding() + "</p>\n" + CrossoverPlot.of(grid)
                + "<h2>How flux4j's time grows</h2>\n<h3>with the batch</h3>\n" + GrowthPlot.withBatch(grid)
                + "<h3>with the parameters</h3>\n" + GrowthPlot.withParameters(grid);
    }

    private static String refused(Results results) {
        if (results.refused().isEmpty()) {
            return "";
        }
        return results.refused().stream()
                .map(one -> "<li>" + escape(one.line()) + "</li>\n")
                .collect(Collectors.joining("", "<h2>Not timed</h2>\n<ul>\n", "</ul>\n"));
    }

    private static String numbers(Results results) {
        return "<h2>All numbers</h2>\n<details><summary>" + results.rows().size()
                + " rows</summary>\n<div class=\"scroll\"><table>\n<tr><th>problem, contender</th><th>median</th><th>least</th>"
                + "<th>most</th><th>examples/s</th><th>GFLOP/s</th><th>of sgemm</th><th>heap/step</th><th>native/step</th><th>drift</th><th>resident</th></tr>\n"
                + results.rows().stream().map(HtmlReport::row).collect(Collectors.joining())
                + "</table></div>\n</details>\n";
    }

    private static String row(Measurement row) {
        return List.of(
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
                .stream()
                .map(text -> "<td>" + text + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String environment(Results results) {
        Environment e = results.environment();
        return "<h2>Environment</h2>\n<details><summary>" + escape(e.os()) + "</summary>\n<p>Versions: "
                + escape(pairs(e.versions())) + "</p>\n<p>Jars, MB: " + escape(pairs(e.jarMegabytes()))
                + "</p>\n<p>Settings of each process: " + escape(pairs(e.settings()))
                + "</p>\n<p>OpenBLAS takes " + e.blasThreads() + " threads by itself.</p>\n<p class=\"soft\">"
                + escape(String.join(" ", e.cpuFlags())) + "</p>\n</details>\n";
    }

    private static String pairs(Map<String, ?> map) {
        return map.entrySet().stream()
                .filter(entry -> !entry.getValue().toString().isBlank())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
