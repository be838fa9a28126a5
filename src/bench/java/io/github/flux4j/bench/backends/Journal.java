package io.github.flux4j.bench.backends;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Results in a file, a line of JSON each, the header first, so that a run that was interrupted goes on where it stopped. */
final class Journal {

    private static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    /** Of a line: one of the three, the others null. */
    private record Line(Header header, Proof proof, Sample sample) {}

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    /**
     * What there is, and from now on the results to be added to.
     *
     * @param keep whether results of another environment, commit or plan are kept too
     */
    Results open(Header header, boolean keep) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            Results found = read(file);
            if (found != null && (keep || found.header().isSameAs(header))) {
                return rewritten(new Results(header, found.proofs(), found.samples()));
            }
        }
        return rewritten(new Results(header, new ArrayList<>(), new ArrayList<>()));
    }

    /** Without a line that was cut off. */
    private Results rewritten(Results results) throws IOException {
        write(results, file);
        return results;
    }

    static void write(Results results, Path file) throws IOException {
        StringBuilder text = new StringBuilder(line(new Line(results.header(), null, null)));
        results.proofs().forEach(proof -> text.append(line(new Line(null, proof, null))));
        results.samples().forEach(sample -> text.append(line(new Line(null, null, sample))));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    /** Null if the file has no header. */
    static Results read(Path file) throws IOException {
        Header header = null;
        List<Proof> proofs = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            Line line = parse(text);
            if (line == null) {
                break;
            }
            header = line.header() == null ? header : line.header();
            if (line.proof() != null) {
                proofs.add(line.proof());
            }
            if (line.sample() != null) {
                samples.add(line.sample());
            }
        }
        return header == null ? null : new Results(header, proofs, samples);
    }

    /** Null if it was cut off. */
    private static Line parse(String text) {
        try {
            return JSON.fromJson(text, Line.class);
        } catch (JsonSyntaxException cutOff) {
            return null;
        }
    }

    void add(Proof proof) throws IOException {
        append(new Line(null, proof, null));
    }

    void add(Sample sample) throws IOException {
        append(new Line(null, null, sample));
    }

    private void append(Line line) throws IOException {
        Files.writeString(file, line(line), StandardOpenOption.APPEND);
    }

    private static String line(Line line) {
        return JSON.toJson(line) + "\n";
    }
}
