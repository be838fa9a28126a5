package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import java.util.List;
import java.util.stream.Collectors;

/** The grid of batch sizes and widths as a table of Markdown: the reference's time, and how many times as long the fastest other takes. */
final class GridTable {

    private GridTable() {}

    /** None if the question has no grid. */
    static String of(Question question, Results results) {
        List<Integer> widths = GridCharts.widths(question);
        if (widths.isEmpty()) {
            return "";
        }
        return "| batch |"
                + widths.stream().map(width -> " width " + width + " |").collect(Collectors.joining())
                + "\n|---:|" + "---:|".repeat(widths.size()) + "\n"
                + Problems.GRID_BATCHES.stream()
                        .map(batch -> "| " + batch + " |"
                                + widths.stream()
                                        .map(width -> " " + cell(question, results, Problems.grid(batch, width)) + " |")
                                        .collect(Collectors.joining())
                                + "\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String cell(Question question, Results results, String workload) {
        List<Row> rows = Row.of(question, results, workload).stream()
                .filter(row -> !row.cell().equals(question.again()))
                .toList();
        String own = rows.stream()
                .filter(row -> row.ratio().isEmpty())
                .map(Row::markdown)
                .findFirst()
                .orElse("–");
        return rows.stream()
                .filter(row -> row.ratio().isPresent())
                .min(Row.BY_RATIO)
                .map(row -> own + ", " + row.label() + " " + row.timesText())
                .orElse(own);
    }
}
