package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.report.MarkedSection;
import io.github.flux4j.bench.report.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The README's part between two marks, written from published results. */
final class ReadmeSection {

    /** In the table and the picture, in this order, if they were timed. */
    static final List<String> CONTENDERS = List.of(
            "FLUX4J",
            "HAND_ROLLED",
            "HAND_ROLLED_TUNED",
            "RAW_DL4J",
            "RAW_DL4J_TUNED",
            "DJL_PYTORCH",
            "TENSORFLOW",
            "PYTORCH");

    private static final String PICTURE =
            "\n![Each contender's time over flux4j's](" + Publication.FOLDER + "/comparison.svg)\n\n";

    private ReadmeSection() {}

    /**
     * Replaces what stands between the marks.
     *
     * @throws IllegalStateException if the file lacks them
     */
    static void write(Path readme, List<Results> published) throws IOException {
        MarkedSection.replace(readme, "comparison", section(published));
    }

    static String section(List<Results> published) {
        return published.stream().map(ReadmeSection::part).collect(Collectors.joining("\n"));
    }

    private static String part(Results results) {
        List<String> problems = results.problems().stream()
                .filter(problem -> !Publication.isGrid(problem) && !isEndurance(problem))
                .toList();
        Grid grid = Grid.of(results);
        return (problems.isEmpty() ? "" : table(results, problems) + PICTURE)
                + endurance(results)
                + (grid.isEmpty()
                        ? ""
                        : grid.finding() + " (`grid-b<batch>-w<width>`: width => width => width => 1.)\n\n")
                + source(results);
    }

    private static boolean isEndurance(String problem) {
        return Problems.named(problem).task() == Problem.Task.ENDURANCE;
    }

    /** A sentence for each problem, of flux4j as it chooses. */
    private static String endurance(Results results) {
        return results.rows().stream()
                .filter(row -> row.contender().equals("FLUX4J") && isEndurance(row.problem()))
                .map(row -> "`" + row.problem() + "`: the last steps take " + Units.digits(row.drift())
                        + " times as long as the first ones after the warm-up, and the process grows by "
                        + Units.bytes(row.nativeBytesPerStep()) + " a step.\n\n")
                .collect(Collectors.joining());
    }

    private static String table(Results results, List<String> problems) {
        List<String> columns = CONTENDERS.stream()
                .filter(name ->
                        results.rows().stream().anyMatch(row -> row.contender().equals(name)))
                .toList();
        StringBuilder text =
                new StringBuilder("| | ").append(String.join(" | ", columns)).append(" |\n|---|");
        text.append("---:|".repeat(columns.size())).append('\n');
        for (String problem : problems) {
            text.append("| `").append(problem).append("` |");
            columns.forEach(column ->
                    text.append(' ').append(cell(results, problem, column)).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    /** The time, and how many times flux4j's it is. */
    private static String cell(Results results, String problem, String contender) {
        Optional<Measurement> row = results.find(problem, contender);
        if (row.isEmpty()) {
            return "–";
        }
        String time = Units.time(row.get().medianNanos());
        Optional<Measurement> ours = results.find(problem, "FLUX4J");
        return ours.isEmpty() || contender.equals("FLUX4J")
                ? "**" + time + "**"
                : time + " (× "
                        + Units.digits(row.get().medianNanos() / ours.get().medianNanos()) + ")";
    }

    private static String source(Results results) {
        Environment e = results.environment();
        return "Medians over " + e.pace() + ". " + e.cpu() + ", " + e.cores() + " cores, " + e.jdk() + ", "
                + e.date().substring(0, 10) + ", commit " + e.commit()
                + ". Every contender was first shown to compute what the"
                + " hand-rolled baseline does. `scripts/compare` repeats it; [report](" + Publication.FOLDER
                + "/report.html), raw numbers in [the same folder](" + Publication.FOLDER + ").\n";
    }
}
