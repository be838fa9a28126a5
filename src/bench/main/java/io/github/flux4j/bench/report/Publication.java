package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.Journal;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.cli.PairedRatio;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The results that are kept with the sources: for each plan all runs as they were measured, one after the other, and the last one's page. */
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

    /**
     * After it was measured.
     *
     * @throws IllegalStateException if the machine was too busy at more than one problem in ten
     */
    static void requireSteady(Results results) {
        List<Question> questions = results.run().plan().questions();
        List<String> busy = questions.stream()
                .flatMap(question ->
                        question.workloads().stream().filter(workload -> results.isBusy(question, workload)))
                .toList();
        if (10 * busy.size()
                > questions.stream()
                        .mapToInt(question -> question.workloads().size())
                        .sum()) {
            throw new IllegalStateException(
                    "this run isn't published: the same thing, timed twice, didn't come out alike"
                            + " within 20 % at " + String.join(", ", busy)
                            + "; on a quieter machine, the same command with more --rounds goes on with this run");
        }
    }

    /** Adds the run to those published, and writes its page. */
    public static void write(Results results, Path folder) throws IOException {
        requireSteady(results);
        String name = results.run().plan().name();
        new Journal(folder.resolve(name + ".jsonl")).add(results);
        writePage(results, folder);
    }

    private static void writePage(Results results, Path folder) throws IOException {
        HtmlReport.page(results).writeTo(folder.resolve(results.run().plan().name() + ".html"));
    }

    /** Writes the pages of what is published once more, as reports look now. */
    public static List<Results> renew(Path folder) throws IOException {
        List<Results> published = last(all(folder));
        for (Results results : published) {
            writePage(results, folder);
        }
        return published;
    }

    /** All runs, each plan's in their order. */
    public static List<Results> all(Path folder) throws IOException {
        List<Results> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
                for (Path file : files) {
                    all.addAll(Journal.read(file));
                }
            }
        }
        return all;
    }

    /** Of all runs the last of each plan, that of most rounds and longest measurement first. */
    public static List<Results> last(List<Results> all) {
        Map<String, Results> last = new HashMap<>();
        all.forEach(results -> last.put(results.run().plan().name(), results));
        List<Results> published = new ArrayList<>(last.values());
        published.sort(Comparator.<Results>comparingInt(results ->
                        -results.run().plan().rounds() * results.run().plan().measureMillis())
                .thenComparing(results -> results.run().plan().name()));
        return published;
    }
}
