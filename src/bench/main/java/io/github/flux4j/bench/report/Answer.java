package io.github.flux4j.bench.report;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer to a question in a sentence, made of nothing but the verdicts; without figures of the grid, which has a table of them. */
public final class Answer {

    private static final int FEW = 3;

    private final Question question;
    private final Results results;
    private final String reference;
    private final Map<String, List<String>> better = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> alike = new ArrayList<>();
    private final List<String> busy = new ArrayList<>();
    private final boolean isBrief;
    private boolean tooFew;

    private Answer(Question question, Results results, boolean isBrief) {
        this.question = question;
        this.results = results;
        this.isBrief = isBrief;
        this.reference = question.label(question.reference());
        question.workloads().forEach(this::judge);
    }

    public static String of(Question question, Results results) {
        return new Answer(question, results, false).sentence();
    }

    /** The same without a figure. */
    static String inShort(Question question, Results results) {
        return new Answer(question, results, true).sentence();
    }

    private void judge(String workload) {
        List<Row> all = rivals(Row.of(question, results, workload).stream()
                .filter(row -> row.ratio().isPresent() && !row.cell().equals(question.again()))
                .sorted(Row.BY_RATIO)
                .toList());
        if (all.isEmpty()) {
            return;
        }
        List<Row> slower = all.stream().filter(row -> row.is(Verdict.SLOWER)).toList();
        Row best = all.get(0);
        tooFew |= all.stream().anyMatch(row -> row.is(Verdict.TOO_FEW));
        Optional<Row> fastest =
                all.stream().filter(row -> row.is(Verdict.FASTER)).findFirst();
        if (best.is(Verdict.TOO_BUSY)) {
            busy.add(workload);
        } else if (fastest.isPresent()) {
            better.computeIfAbsent(fastest.get().label(), key -> new ArrayList<>())
                    .add(said(workload, interval(fastest.get().takes()) + " times " + reference + "'s time"));
        } else if (slower.size() == all.size()) {
            kept.add(said(
                    workload,
                    best.label() + " takes " + interval(best.takes()) + " times as long"
                            + (all.size() > 1 ? ", all others more" : "")));
        } else if (!tooFew) {
            alike.add(slower.isEmpty() ? workload : said(workload, "slower: " + slower(slower)));
        }
    }

    private String said(String workload, String figures) {
        return isBrief || Problems.grid().contains(workload) ? workload : workload + " (" + figures + ")";
    }

    /** Without those that only show what flux4j's time is made of, unless nobody else was timed. */
    private static List<Row> rivals(List<Row> rows) {
        List<Row> rivals = rows.stream()
                .filter(row -> !row.cell().settings().containsKey(CellAxis.CONTENDER.key())
                        || Contenders.valueOf(row.cell().get(CellAxis.CONTENDER))
                                .entrant()
                                .isRival())
                .toList();
        return rivals.isEmpty() ? rows : rivals;
    }

    /** The nearest few. */
    private static String slower(List<Row> all) {
        String few = all.stream()
                .limit(FEW)
                .map(one -> one.label() + " × " + one.ratioText())
                .collect(Collectors.joining(", "));
        return all.size() > FEW ? few + ", and " + (all.size() - FEW) + " more" : few;
    }

    static String interval(PairedRatio ratio) {
        return Units.digits(ratio.low()) + " to " + Units.digits(ratio.high());
    }

    private String sentence() {
        List<String> parts = new ArrayList<>();
        better.forEach((setting, where) -> parts.add(setting + " is faster at " + String.join(", ", where)));
        add("faster than all others, " + reference + " at ", kept, parts);
        add("nothing faster than " + reference + " seen at ", alike, parts);
        add("the machine was too busy to tell at ", busy, parts);
        if (tooFew) {
            parts.add("with fewer than " + PairedRatio.FEWEST + " rounds nothing can be concluded");
        }
        String text = parts.isEmpty() ? "nothing could be compared." : String.join("; ", parts) + ".";
        return better.isEmpty()
                ? Character.toUpperCase(text.charAt(0)) + text.substring(1)
                : text; // a setting's name begins it
    }

    private static void add(String beginning, List<String> where, List<String> parts) {
        if (!where.isEmpty()) {
            parts.add(beginning + String.join(", ", where));
        }
    }
}
