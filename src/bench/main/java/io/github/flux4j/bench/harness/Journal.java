package io.github.flux4j.bench.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.harness.Results.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results in a file to which lines of JSON are only ever added: runs, and proofs and samples with the number of their run. A run that was interrupted goes
 * on where it stopped; one of another commit, machine or pace begins after it.
 */
public final class Journal {

    private static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    /** Of a line: a run, or the number of one with one of the others, which else are null. */
    private record Line(ExperimentRun run, Integer of, Proof proof, Sample sample) {}

    private final Path file;
    private int id;

    public Journal(Path file) {
        this.file = file;
    }

    /** When a run that fits is taken up. */
    public enum Resume {
        /** If machine, commit, Java and pace are the same. */
        SAME,
        /** The last, whatever it is of. */
        ANY,
        /** Never. */
        NONE
    }

    /** What there is of a run, and from now on the results to be added to. */
    public Results open(ExperimentRun wanted, Resume resume) throws IOException {
        List<Results> all = read(file);
        Results found = all.stream()
                .filter(one -> resume == Resume.ANY
                        || resume == Resume.SAME && one.run().isSameAs(wanted))
                .reduce((first, second) -> second)
                .orElse(null);
        ExperimentRun run =
                wanted.withId(found == null ? lastId(all) + 1 : found.run().id());
        beginRun(run);
        return found == null
                ? new Results(run, new ArrayList<>(), new ArrayList<>())
                : new Results(run, found.proofs(), found.samples());
    }

    private static int lastId(List<Results> all) {
        return all.stream().mapToInt(one -> one.run().id()).max().orElse(0);
    }

    /** All runs, in their order. A line that was cut off is left out. */
    public static List<Results> read(Path file) throws IOException {
        Map<Integer, Results> runs = new LinkedHashMap<>();
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            Line line = parse(text);
            if (line != null && line.run() != null) {
                Results before = runs.get(line.run().id());
                runs.put(
                        line.run().id(),
                        new Results(
                                line.run().known(),
                                before == null ? new ArrayList<>() : before.proofs(),
                                before == null ? new ArrayList<>() : before.samples()));
            } else if (line != null && runs.containsKey(line.of())) {
                runs.get(line.of()).add(line.proof(), line.sample());
            }
        }
        return new ArrayList<>(runs.values());
    }

    /** Null if it was cut off. */
    private static Line parse(String text) {
        try {
            return JSON.fromJson(text, Line.class);
        } catch (JsonParseException cutOff) {
            return null;
        }
    }

    void add(Proof proof) throws IOException {
        append(new Line(null, id, proof, null));
    }

    void add(Sample sample) throws IOException {
        append(new Line(null, id, null, sample));
    }

    /** Adds a whole run of another journal. */
    public void add(Results results) throws IOException {
        beginRun(results.run().withId(1 + lastId(read(file))));
        for (Proof proof : results.proofs()) {
            add(proof);
        }
        for (Sample sample : results.samples()) {
            add(sample);
        }
    }

    private void append(Line line) throws IOException {
        Files.writeString(file, JSON.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** After a process that was killed while it wrote, the next line begins on its own. */
    private void beginRun(ExperimentRun run) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)
                && Files.size(file) > 0
                && !Files.readString(file).endsWith("\n")) {
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
        }
        id = run.id();
        append(new Line(run, null, null, null));
    }
}
