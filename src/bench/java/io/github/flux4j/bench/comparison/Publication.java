package io.github.flux4j.bench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results that are kept with the sources: the grid in one file, since it takes long and is run apart, all else in another. */
final class Publication {

    static final String FOLDER = "src/site/resources/compare";

    private static final Path COMPARISON = Path.of(FOLDER, "comparison.json");
    private static final Path GRID = Path.of(FOLDER, "grid.json");
    private static final Path PICTURE = Path.of(FOLDER, "comparison.svg");
    private static final Path REPORT = Path.of(FOLDER, "report.html");

    private Publication() {}

    /** Writes the results in place of those published, and picture and report anew. */
    static void write(Results results) throws IOException {
        Results plain = results.only(problem -> !isGrid(problem));
        write(plain, COMPARISON);
        if (!plain.rows().isEmpty()) {
            Files.writeString(PICTURE, RatioPlot.of(plain));
        }
        write(results.only(Publication::isGrid), GRID);
        HtmlReport.write(read(), REPORT);
    }

    private static void write(Results results, Path file) throws IOException {
        if (!results.rows().isEmpty()) {
            results.write(file);
        }
    }

    /** Whatever is published. */
    static List<Results> read() throws IOException {
        List<Results> published = new ArrayList<>();
        for (Path file : List.of(COMPARISON, GRID)) {
            if (Files.exists(file)) {
                published.add(Results.read(file));
            }
        }
        return published;
    }

    static boolean isGrid(String problem) {
        return problem.startsWith("grid-");
    }
}
