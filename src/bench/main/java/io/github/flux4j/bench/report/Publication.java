package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.Journal;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.cli.PairedRatio;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The results that are kept with the sources: for each plan all runs as they were measured, one after the other, and the last one's page and JMH's file. */
public final class Publication {

    public static final String FOLDER = "src/site/resources/experiments";

    private Publication() {}

    /**
     * Before anything is measured for it.
     *
     * @throws IllegalStateException if a run of this plan, on these sources, could not be published
     */
    public static void requireFit(ExperimentPlan plan, boolean changed) {
        if (plan.rounds() < PairedRatio.FEWEST) {
            throw new IllegalStateException(
                    "--publish needs " + PairedRatio.FEWEST + " rounds or more, since fewer carry no"
                            + " verdict, but there are " + plan.rounds() + "; give --rounds " + PairedRatio.FEWEST);
        }
        if (changed) {
            throw new IllegalStateException(
                    "--publish needs sources that others can have, but some are not committed; commit or stash them");
        }
    }

    /** Adds the run to those published, and writes its page. */
    public static void write(Results results, Path folder) throws IOException {
        String name = results.run().plan().name();
        new Journal(folder.resolve(name + ".jsonl")).add(results);
        writePage(results, folder);
        JmhJson.write(results, folder.resolve(name + ".json"));
    }

    private static void writePage(Results results, Path folder) throws IOException {
        HtmlReport.page(results).writeTo(folder.resolve(results.run().plan().name() + ".html"));
    }

    /** Writes the pages of what is published once more, as reports look now. */
    public static List<Results> renew(Path folder) throws IOException {
        List<Results> published = read(folder);
        for (Results results : published) {
            writePage(results, folder);
        }
        return published;
    }

    /** The last run of each plan that is published, that of most rounds and longest measurement first. */
    public static List<Results> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Results> published = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : files) {
                List<Results> runs = Journal.read(file);
                published.addAll(runs.subList(Math.max(0, runs.size() - 1), runs.size()));
            }
        }
        published.sort(Comparator.<Results>comparingInt(results ->
                        -results.run().plan().rounds() * results.run().plan().measureMillis())
                .thenComparing(results -> results.run().plan().name()));
        return published;
    }
}
