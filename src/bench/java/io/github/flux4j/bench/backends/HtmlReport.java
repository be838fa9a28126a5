package io.github.flux4j.bench.backends;

import static io.github.flux4j.bench.report.Page.escape;

import io.github.flux4j.bench.report.Machine;
import io.github.flux4j.bench.report.Page;
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

/** The results as one page. */
final class HtmlReport {

    private static final String METHOD = """
            <p>Each combination of settings has processes of its own, since ND4J, BLAS and Java choose most of this once, when they \
            start. Before anything is timed, a first process of each computes with the numbers of a plain Java program in double \
            precision beside it; what is wrong by more than rounding explains is not timed. Then all are timed round by round. A table \
            has medians over the rounds, how many times the framed cell's time that is, and half the range.</p>
            """;

    private static final String LIMITS = """
            <h2>Limits</h2>
            <p>One machine, and not a quiet one if it is shared: trust ratios that exceed the spread, and look again on your own. One \
            axis is varied at a time, or two; settings that only help together would not show. A difference is called one if the \
            slowest process of one was faster than the fastest of the other and the medians are 5 % apart; with fewer than three \
            rounds that is easily met by chance.</p>
            """;

    private HtmlReport() {}

    static void write(Results results, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page(results));
    }

    static String page(Results results) throws IOException {
        Plan plan = results.header().plan();
        StringBuilder html = new StringBuilder(METHOD).append(setUp(results)).append(answers(results));
        plan.questions().forEach(question -> html.append(question(results, question)));
        html.append(refused(results)).append(numbers(results)).append(LIMITS).append(environment(results));
        return Page.of("flux4j: " + plan.title(), html.toString());
    }

    private static String setUp(Results results) {
        Header header = results.header();
        Machine machine = header.machine();
        Plan plan = header.plan();
        return "<p class=\"soft\">"
                + escape(header.date() + ", commit " + machine.commit() + ". " + machine.cpu() + ", " + machine.cores()
                        + " cores, " + machine.os() + ", " + header.java() + ". " + plan.rounds()
                        + (plan.rounds() == 1 ? " round" : " rounds") + ", in each process " + plan.warmupMillis()
                        + " ms of warm-up and " + plan.measureMillis() + " ms for each workload. Unless varied: "
                        + pairs(header.standard()) + ".")
                + "</p>\n";
    }

    private static String pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String answers(Results results) {
        return results.header().plan().questions().stream()
                .map(question -> "<dt><a href=\"#" + question.name() + "\">" + escape(question.asks()) + "</a></dt><dd>"
                        + code(Answer.of(question, results)) + "</dd>\n")
                .collect(Collectors.joining("", "<h2>In short</h2>\n<dl>\n", "</dl>\n"));
    }

    /** Back quotes become code. */
    private static String code(String text) {
        return escape(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String question(Results results, Question question) {
        String with = question.base().settings().isEmpty()
                ? ""
                : "<p class=\"soft\">With " + escape(question.base().label()) + ".</p>\n";
        return "<h2 id=\"" + question.name() + "\">" + escape(question.asks()) + "</h2>\n" + with + "<p>"
                + code(Answer.of(question, results)) + "</p>\n" + HeatMap.of(results, question);
    }

    private static String refused(Results results) {
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
            byReason.forEach((reason, workloads) -> lines.add("<li><b>"
                    + escape(entry.getKey().label()) + "</b>"
                    + (workloads.size() == entry.getValue().size() ? "" : ", " + String.join(", ", workloads)) + ": "
                    + escape(reason) + "</li>\n"));
        }
        return lines.isEmpty() ? "" : "<h2>Not timed</h2>\n<ul>\n" + String.join("", lines) + "</ul>\n";
    }

    private static String numbers(Results results) {
        Sameness sameness = Sameness.of(results);
        StringBuilder html = new StringBuilder("<h2>Are the numbers the same?</h2>\n<p>" + sameness.finding() + "</p>\n"
                + "<details><summary>Errors, and = where all bits are the standard cell's</summary>\n"
                + "<div class=\"scroll\"><table>\n<tr><th></th>");
        sameness.workloads().forEach(name -> html.append("<th>").append(name).append("</th>"));
        html.append("</tr>\n");
        for (Cell cell : results.header().plan().work().keySet()) {
            html.append("<tr><td>").append(escape(cell.label())).append("</td>");
            sameness.workloads()
                    .forEach(name -> html.append("<td>")
                            .append(error(results, sameness, cell, name))
                            .append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</table></div></details>\n").toString();
    }

    private static String error(Results results, Sameness sameness, Cell cell, String workload) {
        return results.verdict(cell, workload)
                .filter(verdict -> verdict.error() != null)
                .map(verdict -> String.format(Locale.ROOT, "%.1e", verdict.error())
                        + (sameness.isSame(cell, workload) ? " =" : ""))
                .orElse("");
    }

    private static String environment(Results results) {
        StringBuilder html =
                new StringBuilder("<h2>What was loaded</h2>\n<details><summary>by each cell's process</summary>\n"
                        + "<div class=\"scroll\"><table>\n<tr><th></th><th>nd4j-native</th><th>BLAS</th><th></th><th>BLAS threads</th>"
                        + "<th>libnd4j threads</th><th>Java</th></tr>\n");
        for (Proof proof : results.proofs()) {
            Facts facts = proof.facts();
            if (facts != null) {
                html.append("<tr><td>")
                        .append(String.join(
                                "</td><td>",
                                escape(proof.cell().label()),
                                escape(facts.binary()),
                                escape(facts.blas()),
                                escape(facts.blasDetail()),
                                String.valueOf(facts.blasThreads()),
                                String.valueOf(facts.ompThreads()),
                                escape(facts.java())))
                        .append("</td></tr>\n");
            }
        }
        return html.append("</table></div>\n<p class=\"soft\">")
                .append(escape(String.join(" ", results.header().machine().cpuFlags())))
                .append("</p></details>\n")
                .toString();
    }
}
