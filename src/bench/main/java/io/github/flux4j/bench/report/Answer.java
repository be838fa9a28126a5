package io.github.flux4j.bench.report;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer to a question in two sentences, made of nothing but the verdicts: who is ahead of the reference, and of whom it is ahead itself. */
public final class Answer {

    /** Names that a sentence can hold; more are counted. */
    private static final int FEW = 3;

    private final Question question;
    private final String reference;

    /** Where each is ahead, with what it takes. */
    private final Map<String, Map<String, String>> ahead = new LinkedHashMap<>();

    /** Where the reference is ahead of all, with what the nearest takes. */
    private final Map<String, String> kept = new LinkedHashMap<>();

    private final List<String> alike = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<String> busy = new ArrayList<>();
    private int timed;
    private boolean tooFew;

    private Answer(Question question, Results results) {
        this.question = question;
        this.reference = question.label(question.reference());
        question.workloads().forEach(workload -> judge(workload, rivals(question, results, workload)));
    }

    public static String of(Question question, Results results) {
        Answer answer = new Answer(question, results);
        return answer.timed == 0
                ? "Nothing could be compared."
                : answer.tooFew
                        ? "With fewer than " + PairedRatio.FEWEST + " rounds nothing can be concluded."
                        : answer.others() + answer.own();
    }

    /** The first sentence. */
    static String ahead(Question question, Results results) {
        return new Answer(question, results).others();
    }

    private void judge(String workload, List<Row> rivals) {
        if (rivals.isEmpty()) {
            return;
        }
        timed++;
        tooFew |= rivals.stream().anyMatch(row -> row.is(Verdict.TOO_FEW));
        List<Row> level = rivals.stream().filter(row -> !row.is(Verdict.SLOWER)).toList();
        Row best = rivals.get(0);
        if (level.stream().anyMatch(row -> row.is(Verdict.FASTER))) {
            Row first = level.stream()
                    .filter(row -> row.is(Verdict.FASTER))
                    .findFirst()
                    .orElseThrow();
            ahead.computeIfAbsent(first.label(), key -> new LinkedHashMap<>())
                    .put(workload, first.intervalText().replace("…", "to") + " of " + reference + "'s time");
        } else if (level.isEmpty()) {
            kept.put(workload, best.label() + " takes " + best.intervalText().replace("…", "to") + " times as long");
        } else if (level.stream().anyMatch(row -> row.is(Verdict.TOO_BUSY))) {
            busy.add(workload);
        } else {
            (level.stream().allMatch(row -> row.is(Verdict.ALIKE)) ? alike : open).add(workload);
        }
    }

    /** Fastest first; without flux4j's own variants and what only shows what its time consists of, unless nobody else was timed. */
    static List<Row> rivals(Question question, Results results, String workload) {
        List<Row> all = Row.of(question, results, workload).stream()
                .filter(row -> row.ratio().isPresent() && !row.cell().equals(question.again()))
                .sorted(Comparator.comparingDouble(row -> row.takes().value()))
                .toList();
        List<Row> rivals = all.stream()
                .filter(row -> !row.cell().settings().containsKey(CellAxis.CONTENDER.key())
                        || Contenders.valueOf(row.cell().get(CellAxis.CONTENDER))
                                .entrant()
                                .isRival())
                .toList();
        return rivals.isEmpty() ? all : rivals;
    }

    private String others() {
        return ahead.isEmpty()
                ? "Nothing is shown to be faster than " + reference + "."
                : reference + " is slower than "
                        + ahead.entrySet().stream()
                                .map(one -> one.getKey() + " at " + where(one.getValue()))
                                .collect(Collectors.joining(", and than "))
                        + ".";
    }

    private String own() {
        List<String> parts = new ArrayList<>();
        add(reference + " is faster than all others at ", kept.size() == 1 ? where(kept) : names(kept.keySet()), parts);
        add("level with the nearest, within 5 %, at ", names(alike), parts);
        add("not resolved: ", names(open), parts);
        add("the machine was too busy to judge ", names(busy), parts);
        String text = String.join("; ", parts);
        return text.isEmpty()
                ? ""
                : " " + (kept.isEmpty() ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : text) + ".";
    }

    private static void add(String beginning, String where, List<String> parts) {
        if (!where.isEmpty()) {
            parts.add(beginning + where);
        }
    }

    private String where(Map<String, String> figures) {
        return figures.size() > FEW
                ? names(figures.keySet())
                : figures.entrySet().stream()
                        .map(one -> Problems.words(one.getKey()) + " (" + one.getValue() + ")")
                        .collect(Collectors.joining("; "));
    }

    private String names(Collection<String> workloads) {
        return workloads.size() > FEW
                ? workloads.size() + " of " + timed
                : workloads.stream().map(Problems::words).collect(Collectors.joining(", "));
    }
}
