package io.github.flux4j.bench.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The results that are kept with the sources: for each plan the lines as they were measured, a table and a report. */
final class Publication {

    static final String FOLDER = "src/site/resources/backends";

    private Publication() {}

    /** Writes the plan's results in place of those published. */
    static void write(Results results, Path folder) throws IOException {
        String name = results.header().plan().name();
        Journal.write(results, folder.resolve(name + ".jsonl"));
        CsvTable.write(results, folder.resolve(name + ".csv"));
        HtmlReport.write(results, folder.resolve(name + ".html"));
    }

    /** Whatever is published, that of most rounds first. */
    static List<Results> read(Path folder) throws IOException {
        List<Results> published = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(name -> name.toString().endsWith(".jsonl"))
                        .sorted()
                        .toList()) {
                    published.add(Journal.read(file));
                }
            }
        }
        published.sort(Comparator.comparing(results ->
                -results.header().plan().rounds() * results.header().plan().measureMillis()));
        return published;
    }
}
