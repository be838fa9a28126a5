package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Columns;
import io.github.flux4j.bench.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results as text: for each question a table, a line a cell, and the answer. */
final class TextReport {

    private TextReport() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        for (Question question : results.header().plan().questions()) {
            text.append('\n').append(question.asks());
            if (!question.base().settings().isEmpty()) {
                text.append(" With ").append(question.base().label()).append('.');
            }
            text.append('\n').append(table(question, results));
            text.append(Answer.of(question, results)).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String table(Question question, Results results) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(question.workloads());
        lines.add(head);
        for (Cell cell : question.cells()) {
            List<String> line = new ArrayList<>(List.of("  " + question.label(cell)));
            question.workloads().forEach(workload -> line.add(figure(results, question, cell, workload)));
            lines.add(line);
        }
        return Columns.aligned(lines);
    }

    private static String figure(Results results, Question question, Cell cell, String workload) {
        Optional<Figure> figure = results.figure(question, cell, workload);
        return figure.map(one -> Units.time(one.median())
                        + (one.processes() > 1 ? " ±" + Math.round(100 * one.spread()) + "%" : ""))
                .orElse("–");
    }
}
