package io.github.flux4j.bench.report;

import static io.github.flux4j.bench.report.FrontPage.text;

import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The grid of batch sizes and widths as a picture: a coloured cell for each, with the fastest other's time over flux4j's. */
public final class GridPicture {

    static final String NAME = "grid.svg";

    private static final int WIDTH = 120;
    private static final int HEIGHT = 40;
    private static final int LEFT = 92;
    private static final int TOP = 56;

    private GridPicture() {}

    /** Writes it into a folder, if the grid is published. */
    public static void write(Path folder, List<Results> published) throws IOException {
        for (Results results : published) {
            Question question = results.run().plan().questions().get(0);
            if (question.name().equals("grid")) {
                Files.writeString(folder.resolve(NAME), picture(question, results));
            }
        }
    }

    private static String picture(Question question, Results results) {
        List<Integer> widths = Charts.widths(question);
        List<Integer> batches = Problems.GRID_BATCHES;
        int bottom = TOP + batches.size() * HEIGHT;
        StringBuilder svg = new StringBuilder(String.format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">
                <style>.paper { fill: #ffffff } text { fill: #1b1f24 } .faster { fill: #9fd0f0 } .slower { fill: #f3b58a } .open { fill: #e3e7eb }
                @media (prefers-color-scheme: dark) { .paper { fill: #14171b } text { fill: #e6e9ec } .faster { fill: #0b5a8a }
                .slower { fill: #8f4a14 } .open { fill: #2c333a } }</style>
                <rect class="paper" width="100%%" height="100%%"/>
                """, LEFT + widths.size() * WIDTH + 12, bottom + 48));
        svg.append(text(LEFT, 18, "start", "units in each layer")).append(text(12, TOP - 14, "start", "rows"));
        for (int x = 0; x < widths.size(); x++) {
            svg.append(text(LEFT + (x + 0.5) * WIDTH, TOP - 14, "middle", String.valueOf(widths.get(x))));
            for (int y = 0; y < batches.size(); y++) {
                svg.append(cell(x, y, question, results, Problems.grid(batches.get(y), widths.get(x))));
            }
        }
        for (int y = 0; y < batches.size(); y++) {
            svg.append(text(12, TOP + (y + 0.5) * HEIGHT + 5, "start", String.valueOf(batches.get(y))));
        }
        return svg
                + text(
                        12,
                        bottom + 22,
                        "start",
                        "The fastest other's time over flux4j's. Blue: flux4j is faster; orange: slower;")
                + text(12, bottom + 40, "start", "grey: not resolved, or the machine was too busy.") + "</svg>\n";
    }

    private static String cell(int x, int y, Question question, Results results, String workload) {
        return Answer.rivals(question, results, workload).stream()
                .findFirst()
                .map(row -> String.format(
                                Locale.ROOT,
                                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"><title>%s</title></rect>%n",
                                row.is(Verdict.SLOWER) ? "faster" : row.is(Verdict.FASTER) ? "slower" : "open",
                                LEFT + x * WIDTH + 2,
                                TOP + y * HEIGHT + 2,
                                WIDTH - 4,
                                HEIGHT - 4,
                                row.label())
                        + text(LEFT + (x + 0.5) * WIDTH, TOP + (y + 0.5) * HEIGHT + 5, "middle", row.timesText()))
                .orElse("");
    }
}
