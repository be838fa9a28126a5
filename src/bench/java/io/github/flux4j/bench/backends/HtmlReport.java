package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Machine;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Part;
import io.github.flux4j.report.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as one page. */
final class HtmlReport {

    private static final String METHOD =
            "Each combination of settings has processes of its own, since ND4J, BLAS and Java choose most of this"
                    + " once, when they start. Before anything is timed, a first process of each computes with the numbers of a plain Java program in"
                    + " double precision beside it; what is wrong by more than rounding explains is not timed. Then all are timed round by round. A table"
                    + " has medians over the rounds, how many times the framed cell's time that is, and half the range.";

    private static final String LIMITS =
            "One machine, and not a quiet one if it is shared: trust ratios that exceed the spread, and look again on"
                    + " your own. One axis is varied at a time, or two; settings that only help together would not show. A difference is called one if"
                    + " the slowest process of one was faster than the fastest of the other and the medians are 5 % apart; with fewer than three rounds"
                    + " that is easily met by chance.";

    private HtmlReport() {}

    static void write(Results results, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        page(results).writeTo(file);
    }

    static Page page(Results results) {
        Plan plan = results.header().plan();
        Page page = Page.of("flux4j: " + plan.title(), METHOD)
                .with("", List.of(setUp(results)))
                .with("In short", List.of(answers(results)));
        for (Question question : plan.questions()) {
            page = page.with(question.asks(), question(results, question));
        }
        return page.with("Not timed", refused(results))
                .with("Are the numbers the same?", numbers(results))
                .with("Limits", List.of(Part.text(LIMITS)))
                .with("What was loaded", environment(results));
    }

    private static Part setUp(Results results) {
        Header header = results.header();
        Machine machine = header.machine();
        Plan plan = header.plan();
        return Part.remark(
                header.date() + ", commit " + machine.commit() + ". " + machine.cpu() + ", " + machine.cores()
                        + " cores, " + machine.os() + ", " + header.java() + ". " + plan.rounds()
                        + (plan.rounds() == 1 ? " round" : " rounds") + ", in each process " + plan.warmupMillis()
                        + " ms of warm-up and " + plan.measureMillis() + " ms for each workload. Unless varied: "
                        + pairs(header.standard()) + ".");
    }

    private static String pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Sheet answers(Results results) {
        Map<String, String> answers = new LinkedHashMap<>();
        results.header()
                .plan()
                .questions()
                .forEach(question -> answers.put(question.asks(), answer(question, results)));
        return Sheet.of("", "asked", "answer", answers);
    }

    private static String answer(Question question, Results results) {
        return Answer.of(question, results).replace("`", "");
    }

    private static List<Part> question(Results results, Question question) {
        List<Part> parts = new ArrayList<>(List.of(Part.text(answer(question, results))));
        if (!question.base().settings().isEmpty()) {
            parts.add(Part.remark("With " + question.base().label() + "."));
        }
        parts.addAll(HeatMap.of(results, question));
        return parts;
    }

    private static List<Part> refused(Results results) {
        Set<String> lines = new LinkedHashSet<>();
        Map<Cell, Set<String>> work = results.header().plan().work();
        for (Map.Entry<Cell, Set<String>> entry : work.entrySet()) {
            Map<String, List<String>> byReason = new LinkedHashMap<>();
            for (String workload : entry.getValue()) {
                String reason = results.refusal(entry.getKey(), workload);
                if (reason != null) {
                    byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(workload);
                }
            }
            byReason.forEach((reason, workloads) -> lines.add(entry.getKey().label()
                    + (workloads.size() == entry.getValue().size() ? "" : ", " + String.join(", ", workloads)) + ": "
                    + reason));
        }
        return lines.stream().map(Part::text).toList();
    }

    private static List<Part> numbers(Results results) {
        Sameness sameness = Sameness.of(results);
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(sameness.workloads());
        List<List<Sheet.Cell>> rows = results.header().plan().work().keySet().stream()
                .map(cell -> Stream.concat(
                                Stream.of(cell.label()),
                                sameness.workloads().stream().map(name -> error(results, sameness, cell, name)))
                        .map(Sheet.Cell::of)
                        .toList())
                .toList();
        return List.of(
                Part.text(sameness.finding()),
                Part.folded("Errors, and = where all bits are the standard cell's", new Sheet("", header, rows, "")));
    }

    private static String error(Results results, Sameness sameness, Cell cell, String workload) {
        return results.verdict(cell, workload)
                .filter(verdict -> verdict.error() != null)
                .map(verdict -> String.format(Locale.ROOT, "%.1e", verdict.error())
                        + (sameness.isSame(cell, workload) ? " =" : ""))
                .orElse("");
    }

    private static final List<String> LOADED =
            List.of("", "nd4j-native", "BLAS", "", "BLAS threads", "libnd4j threads", "Java");

    private static List<Part> environment(Results results) {
        List<List<Sheet.Cell>> rows = results.proofs().stream()
                .filter(proof -> proof.facts() != null)
                .map(HtmlReport::loaded)
                .toList();
        return List.of(
                Part.folded("by each cell's process", new Sheet("", LOADED, rows, "")),
                Part.remark(String.join(" ", results.header().machine().cpuFlags())));
    }

    private static List<Sheet.Cell> loaded(Proof proof) {
        Facts facts = proof.facts();
        return Stream.of(
                        proof.cell().label(),
                        facts.binary(),
                        facts.blas(),
                        facts.blasDetail(),
                        String.valueOf(facts.blasThreads()),
                        String.valueOf(facts.ompThreads()),
                        facts.java())
                .map(Sheet.Cell::of)
                .toList();
    }
}
