package io.github.flux4j.bench.comparison;

import com.google.gson.Gson;
import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who agrees with the baseline on what; proved for all cells before any is timed, each entrant in a process of its own. */
final class Proofs {

    private final List<Cell> cells;
    private final List<Agreement> agreements;

    private Proofs(List<Cell> cells, List<Agreement> agreements) {
        this.cells = cells;
        this.agreements = agreements;
    }

    /** Takes both references and proofs from as many processors as there are: nothing is timed yet. */
    static Proofs run(List<Cell> cells, Path folder, double mostFlop) {
        Path references = folder.resolve("references");
        List<String> problems = cells.stream().map(Cell::problem).distinct().toList();
        problems.parallelStream().forEach(problem -> write(problem, references.resolve(problem), mostFlop));
        Map<Entrant, List<String>> byEntrant = cells.stream()
                .collect(Collectors.groupingBy(Cell::entrant, Collectors.mapping(Cell::problem, Collectors.toList())));
        List<Agreement> agreements = byEntrant.entrySet().parallelStream()
                .flatMap(entry -> prove(entry.getKey(), entry.getValue(), references, folder).stream())
                .toList();
        return new Proofs(cells, agreements);
    }

    private static void write(String problem, Path file, double mostFlop) {
        try {
            Reference.of(Problems.named(problem), mostFlop).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Agreement> prove(Entrant entrant, List<String> problems, Path references, Path folder) {
        Path report = folder.resolve("agreement-" + entrant + ".json");
        Path log = folder.resolve("agreement-" + entrant + ".log");
        List<String> arguments = new ArrayList<>(List.of(entrant.name(), references.toString(), report.toString()));
        arguments.addAll(problems);
        try {
            Files.deleteIfExists(report);
            int exit = Jvm.command(entrant, Proof.class, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit == 0) {
                return Arrays.asList(new Gson().fromJson(Files.readString(report), Agreement[].class));
            }
            return failed(entrant, problems, "its process ended with code " + exit + "; see " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(entrant, problems, "interrupted");
        }
    }

    private static List<Agreement> failed(Entrant entrant, List<String> problems, String reason) {
        return problems.stream()
                .map(problem -> new Agreement(problem, entrant.name(), Agreement.Status.UNAVAILABLE, Map.of(), reason))
                .toList();
    }

    /** The cells that may be timed, in their order. */
    List<Cell> agreeing() {
        return cells.stream()
                .filter(cell -> of(cell).status() == Agreement.Status.AGREES)
                .toList();
    }

    List<Agreement> refused() {
        return cells.stream()
                .map(this::of)
                .filter(agreement -> agreement.status() != Agreement.Status.AGREES)
                .toList();
    }

    Map<Integer, Double> errors(Cell cell) {
        return of(cell).errors();
    }

    private Agreement of(Cell cell) {
        return agreements.stream()
                .filter(a -> a.problem().equals(cell.problem())
                        && a.contender().equals(cell.entrant().name()))
                .findFirst()
                .orElseThrow();
    }
}
