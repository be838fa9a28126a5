package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to a question in a sentence, made of nothing but the figures. Code is in back quotes. */
final class Answer {

    private final Question question;
    private final Results results;
    private final String reference;
    private final Map<String, List<String>> better = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> alike = new ArrayList<>();

    private Answer(Question question, Results results) {
        this.question = question;
        this.results = results;
        this.reference = question.label(question.reference());
        question.workloads().forEach(this::judge);
    }

    static String of(Question question, Results results) {
        return new Answer(question, results).sentence();
    }

    private void judge(String workload) {
        Optional<Figure> found = results.figure(question, question.reference(), workload);
        Map<String, Figure> others = others(workload);
        if (found.isEmpty() || others.isEmpty()) {
            return;
        }
        Figure base = found.get();
        Comparator<Map.Entry<String, Figure>> byTime =
                Comparator.comparingDouble(entry -> entry.getValue().median());
        Map.Entry<String, Figure> best = others.entrySet().stream().min(byTime).orElseThrow();
        Map.Entry<String, Figure> worst = others.entrySet().stream().max(byTime).orElseThrow();
        if (best.getValue().isClearlyFasterThan(base)) {
            better.computeIfAbsent(best.getKey(), key -> new ArrayList<>())
                    .add(code(workload) + " (× "
                            + Units.digits(base.median() / best.getValue().median()) + " as fast as " + code(reference)
                            + ")");
        } else if (base.isClearlyFasterThan(worst.getValue())) {
            kept.add(code(workload) + " (" + code(worst.getKey()) + " takes × "
                    + Units.digits(worst.getValue().median() / base.median()) + ")");
        } else {
            alike.add(code(workload));
        }
    }

    private Map<String, Figure> others(String workload) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Cell cell : question.cells()) {
            if (!cell.equals(question.reference())) {
                results.figure(question, cell, workload).ifPresent(figure -> figures.put(question.label(cell), figure));
            }
        }
        return figures;
    }

    private String sentence() {
        List<String> parts = new ArrayList<>();
        better.forEach((setting, where) -> parts.add("take " + code(setting) + " for " + String.join(", ", where)));
        if (!kept.isEmpty()) {
            parts.add("keep " + code(reference) + " for " + String.join(", ", kept));
        }
        if (!alike.isEmpty()) {
            parts.add("no difference beyond the spread for " + String.join(", ", alike));
        }
        if (parts.isEmpty()) {
            return "Nothing could be compared.";
        }
        String text = String.join("; ", parts)
                + (results.header().plan().rounds() == 1 ? " (one round: no spread is known)." : ".");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
