package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Machine;
import io.github.flux4j.bench.report.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The README's part between two marks: each published question with its answer. */
final class ReadmeSection {

    private ReadmeSection() {}

    /**
     * Replaces what stands between the marks.
     *
     * @throws IllegalStateException if the file lacks them, or nothing is published
     */
    static void write(Path readme, List<Results> published) throws IOException {
        if (published.isEmpty()) {
            throw new IllegalStateException("nothing is published in " + Publication.FOLDER
                    + " yet; run scripts/backends --plan full --publish");
        }
        MarkedSection.replace(readme, "backends", section(published));
    }

    /** A question that several plans ask is answered by the first. */
    static String section(List<Results> published) {
        Set<String> asked = new HashSet<>();
        StringBuilder rows = new StringBuilder();
        StringBuilder sources = new StringBuilder();
        for (Results results : published) {
            int before = asked.size();
            for (Question question : results.header().plan().questions()) {
                if (asked.add(question.asks())) {
                    rows.append("| ")
                            .append(question.asks())
                            .append(" | ")
                            .append(Answer.of(question, results).replace("|", "\\|"))
                            .append(" |\n");
                }
            }
            sources.append(asked.size() > before ? source(results) : "");
        }
        return "| asked | answered by the figures |\n|---|---|\n" + rows + "\n" + sources;
    }

    private static String source(Results results) {
        Header header = results.header();
        Machine machine = header.machine();
        String name = header.plan().name();
        return "`scripts/backends --plan " + name + "`: medians over "
                + header.plan().rounds() + " rounds, "
                + machine.cpu() + ", " + machine.cores() + " cores, " + header.java() + ", "
                + header.date().substring(0, 10) + ", commit " + machine.commit() + "; every cell was first shown to"
                + " compute the same. [Report](" + Publication.FOLDER + "/" + name + ".html), [table]("
                + Publication.FOLDER + "/" + name + ".csv), [raw results](" + Publication.FOLDER + "/" + name
                + ".jsonl).\n";
    }
}
