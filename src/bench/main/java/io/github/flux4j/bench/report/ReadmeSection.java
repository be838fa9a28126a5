package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the pages between two marks: the league, and each other published question with its answer. */
public final class ReadmeSection {

    private static final String LEAGUE = "comparison";
    private static final String FROM_THE_PAGES = "../resources/experiments/";

    private ReadmeSection() {}

    /**
     * Replaces what stands between the marks.
     *
     * @param name of the marks: comparison, or backends
     * @throws IllegalStateException if the file lacks them, or nothing is published for them
     */
    public static void write(Path page, String name, List<Results> published) throws IOException {
        boolean league = name.equals(LEAGUE);
        List<Results> fitting =
                published.stream().filter(results -> isOf(name, results)).toList();
        if (fitting.isEmpty()) {
            throw new IllegalStateException("nothing is published for this in " + Publication.FOLDER
                    + " yet; run scripts/" + (league ? "compare --publish" : "backends --plan full --publish"));
        }
        MarkedSection.replace(page, name, league ? league(fitting) : answers(fitting));
    }

    /** Whether the section with these marks is made of such results. */
    static boolean isOf(String name, Results results) {
        return results.run().plan().questions().get(0).isOfContenders() == name.equals(LEAGUE);
    }

    private static String league(List<Results> published) {
        return published.stream()
                .map(results -> results.run().plan().questions().stream()
                                .map(question -> league(question, results))
                                .collect(Collectors.joining("\n"))
                        + "\n" + source(results))
                .collect(Collectors.joining("\n"));
    }

    private static String league(Question question, Results results) {
        return "### " + question.asks() + "\n\n" + league(question, results, shown(question, results))
                + grid(question, results) + Answer.of(question, results) + "\n\n" + visible(question, results) + "\n";
    }

    /** What the rounds' scatter would have let pass unseen. */
    private static String visible(Question question, Results results) {
        List<Double> sorted = question.workloads().stream()
                .flatMap(workload -> results.visible(question, workload).stream())
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? ""
                : "An interval means that the ratio could not be told from 1. In four of five such runs, the harness would detect a ratio of "
                        + Units.digits(Results.median(sorted).orElseThrow())
                        + "; it depends on the problem, from " + Units.digits(sorted.get(0)) + " to "
                        + Units.digits(sorted.get(sorted.size() - 1)) + ".";
    }

    private static List<String> shown(Question question, Results results) {
        return question.workloads().stream()
                .filter(workload ->
                        !Problems.isGrid(workload) && results.refusal(question.reference(), workload) == null)
                .toList();
    }

    /** A line a contender, a column a problem; none of no problems. */
    private static String league(Question question, Results results, List<String> workloads) {
        List<Map<Cell, Row>> columns = workloads.stream()
                .map(workload -> Row.of(question, results, workload).stream()
                        .collect(Collectors.toMap(Row::cell, Function.identity())))
                .toList();
        return table(
                " ",
                "---",
                workloads.stream().map(name -> "`" + name + "`").toList(),
                question.cells().stream()
                        .filter(cell -> !cell.has(CellAxis.CONTENDER, "NULL"))
                        .filter(cell -> columns.stream().anyMatch(rows -> rows.containsKey(cell)))
                        .map(cell -> line(
                                question.label(cell),
                                columns.stream().map(rows -> Optional.ofNullable(rows.get(cell))))));
    }

    /** The grid of batch sizes and widths: the reference's time, and how many times as long the fastest other takes. */
    private static String grid(Question question, Results results) {
        List<Integer> widths = Charts.widths(question);
        return table(
                " batch ",
                "---:",
                widths.stream().map(width -> "width " + width).toList(),
                Problems.GRID_BATCHES.stream()
                        .map(batch -> Stream.concat(
                                        Stream.of(String.valueOf(batch)),
                                        widths.stream()
                                                .map(width -> cell(question, results, Problems.grid(batch, width))))
                                .toList()));
    }

    private static String cell(Question question, Results results, String workload) {
        String own = Row.of(question, results, workload).stream()
                .filter(row -> row.ratio().isEmpty())
                .map(Row::markdown)
                .findFirst()
                .orElse("–");
        return Answer.rivals(question, results, workload).stream()
                .findFirst()
                .map(row -> own + ", " + row.label() + " " + row.timesText())
                .orElse(own);
    }

    /** A name, then times, each with how many times the reference's it is; about as many where no difference was seen. */
    static List<String> line(String name, Stream<Optional<Row>> rows) {
        return Stream.concat(
                        Stream.of(name), rows.map(row -> row.map(Row::markdown).orElse("–")))
                .toList();
    }

    /** Of Markdown; nothing without columns. */
    static String table(String corner, String rule, List<String> columns, Stream<List<String>> lines) {
        return columns.isEmpty()
                ? ""
                : "|" + corner + "| " + String.join(" | ", columns) + " |\n|" + rule + "|"
                        + "---:|".repeat(columns.size()) + "\n"
                        + lines.map(line -> "| " + String.join(" | ", line) + " |\n")
                                .collect(Collectors.joining())
                        + "\n";
    }

    /** A question that several plans ask is answered by the first. */
    private static String answers(List<Results> published) {
        Set<String> asked = new HashSet<>();
        StringBuilder rows = new StringBuilder();
        StringBuilder sources = new StringBuilder();
        for (Results results : published) {
            int before = asked.size();
            for (Question question : results.run().plan().questions()) {
                if (asked.add(question.asks())) {
                    rows.append("| " + question.asks() + " | "
                            + Answer.of(question, results).replace("|", "\\|") + " |\n");
                }
            }
            sources.append(asked.size() > before ? source(results) : "");
        }
        return "| asked | answered by the figures |\n|---|---|\n" + rows + "\n" + sources;
    }

    private static String source(Results results) {
        ExperimentRun run = results.run();
        String file = FROM_THE_PAGES + run.plan().name();
        return "Geometric means of " + run.plan().rounds() + " rounds, " + where(run)
                + "; everything was first shown to compute the same. [Report](" + file + ".html), [raw results](" + file
                + ".jsonl).\n";
    }

    /** On which machine, when and of which sources. */
    static String where(ExperimentRun run) {
        return run.machine().cpu() + ", " + run.machine().cores() + " cores, " + run.java() + ", "
                + run.date().substring(0, 10) + ", commit " + run.machine().commit();
    }
}
