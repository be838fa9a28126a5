package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Axis;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.harness.Run;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        return "### " + question.asks() + "\n\n" + table(question, results) + GridTable.of(question, results)
                + Answer.of(question, results) + "\n";
    }

    /** A line a contender, a column a problem; none if all are of the grid. */
    private static String table(Question question, Results results) {
        List<String> workloads = question.workloads().stream()
                .filter(workload -> !Problems.isGrid(workload)
                        && !Workloads.isProducts(workload)
                        && results.refusal(question.reference(), workload) == null)
                .toList();
        if (workloads.isEmpty()) {
            return "";
        }
        List<Map<Cell, Row>> columns = workloads.stream()
                .map(workload -> Row.of(question, results, workload).stream()
                        .collect(Collectors.toMap(Row::cell, Function.identity())))
                .toList();
        return "| |" + workloads.stream().map(name -> " `" + name + "` |").collect(Collectors.joining()) + "\n|---|"
                + "---:|".repeat(workloads.size()) + "\n"
                + question.cells().stream()
                        .filter(cell -> !cell.has(Axis.CONTENDER, "NULL"))
                        .filter(cell -> columns.stream().anyMatch(rows -> rows.containsKey(cell)))
                        .map(cell -> "| " + question.label(cell) + " |"
                                + columns.stream()
                                        .map(rows -> " " + time(rows.get(cell)) + " |")
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining("\n"))
                + "\n\n";
    }

    /** The time, and how many times flux4j's it is; about as many where no difference was seen. */
    private static String time(Row row) {
        return row == null ? "–" : row.markdown();
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
        Run run = results.run();
        String file = FROM_THE_PAGES + run.plan().name();
        return "Medians over " + run.plan().rounds() + " rounds, "
                + run.machine().cpu() + ", "
                + run.machine().cores() + " cores, " + run.java() + ", "
                + run.date().substring(0, 10) + ", commit "
                + run.machine().commit() + "; everything was first shown to compute the same. [Report](" + file
                + ".html), [raw results](" + file + ".jsonl), [for JMH's tools](" + file + ".json).\n";
    }
}
