package io.github.flux4j.bench.comparison;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All of a comparison, as it is kept.
 *
 * @param sgemmGflops OpenBLAS's product of two 1024 × 1024 matrices, with the threads it takes by itself
 * @param sgemmGflopsOneThread the same on one thread
 * @param refused contenders that don't agree or can't run here, with the reason; these are not timed
 */
record Results(
        Environment environment,
        double sgemmGflops,
        double sgemmGflopsOneThread,
        List<Measurement> rows,
        List<Agreement> refused) {

    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    void write(Path file) throws IOException {
        write(file, this);
    }

    /** The rows alone, a list. */
    void writeRows(Path file) throws IOException {
        write(file, rows);
    }

    /** As JSON. */
    static void write(Path file, Object value) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.writeString(file, JSON.toJson(value) + "\n");
    }

    static Results read(Path file) throws IOException {
        return JSON.fromJson(Files.readString(file), Results.class);
    }

    /** The part about some of the problems. */
    Results only(Predicate<String> problem) {
        return new Results(
                environment,
                sgemmGflops,
                sgemmGflopsOneThread,
                rows.stream().filter(row -> problem.test(row.problem())).toList(),
                refused.stream().filter(one -> problem.test(one.problem())).toList());
    }

    List<String> problems() {
        return rows.stream().map(Measurement::problem).distinct().toList();
    }

    Optional<Measurement> find(String problem, String contender) {
        return rows.stream()
                .filter(row -> row.problem().equals(problem) && row.contender().equals(contender))
                .findFirst();
    }

    List<Measurement> of(String problem) {
        return rows.stream().filter(row -> row.problem().equals(problem)).toList();
    }
}
