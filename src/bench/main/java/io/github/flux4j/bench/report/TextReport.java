package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as text: for each question and workload a table, a line a cell, fastest first, and the answer. */
public final class TextReport {

    private TextReport() {}

    public static String of(Results results) {
        return results.run().plan().questions().stream()
                        .map(question -> of(question, results))
                        .collect(Collectors.joining())
                + refused(results).stream().map(line -> "\nnot timed: " + line).collect(Collectors.joining())
                + "\n" + HtmlReport.load(results) + "\n";
    }

    private static String of(Question question, Results results) {
        StringBuilder text = new StringBuilder("\n" + (question.asks() + " " + question.given()).strip() + "\n");
        for (String workload : question.workloads()) {
            List<Row> rows = Row.of(question, results, workload);
            if (!rows.isEmpty()) {
                text.append('\n').append(table(question, workload, rows));
                results.visible(question, workload)
                        .ifPresent(ratio -> text.append(
                                "  shows a ratio of " + Units.digits(ratio) + " in 4 of 5 such experiments\n"));
            }
        }
        return text.append('\n')
                .append(Answer.of(question, results))
                .append('\n')
                .toString();
    }

    private static String table(Question question, String workload, List<Row> rows) {
        List<Figure> figures = Figure.of(rows);
        List<List<String>> lines = new ArrayList<>();
        lines.add(line(
                List.of(workload, "mean", "of processes", "× " + question.label(question.reference()), "95 % interval"),
                figures.stream().map(figure -> figure.title),
                ""));
        rows.forEach(row -> lines.add(line(
                List.of("  " + row.label(), Units.time(row.nanos()), row.spread(), row.ratioText(), row.intervalText()),
                figures.stream().map(figure -> figure.of(row)),
                row.verdict().map(Verdict::words).orElse(""))));
        return columns(lines, 1);
    }

    static List<String> line(List<String> first, Stream<String> figures, String... last) {
        return Stream.of(first.stream(), figures, Stream.of(last))
                .flatMap(parts -> parts)
                .toList();
    }

    /** Cells that were not timed, each with the reason and where. */
    static Set<String> refused(Results results) {
        Set<String> lines = new LinkedHashSet<>();
        results.run().plan().work().forEach((cell, workloads) -> {
            for (String workload : workloads) {
                String reason = results.refusal(cell, workload);
                if (reason != null) {
                    boolean whole = results.proof(cell).map(Proof::failure).isPresent();
                    lines.add(cell.label() + (whole ? "" : " on " + workload) + ": " + reason);
                }
            }
        });
        return lines;
    }

    /** Lines in columns, so many of which are aligned to the left, all others to the right. */
    public static String columns(List<List<String>> lines, int toTheLeft) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                String padding = " ".repeat(width(lines, column) - cell.length());
                padded.append(column == 0 ? "" : "  ").append(column < toTheLeft ? cell + padding : padding + cell);
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
