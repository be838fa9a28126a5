package io.github.flux4j.bench.comparison;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who agrees with the baseline on what; proved for all cells before any is timed, each entrant of a build in a process of its own. */
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
        Map<String, List<Cell>> byContender = cells.stream().collect(Collectors.groupingBy(Cell::contender));
        List<Agreement> agreements = byContender.values().parallelStream()
                .flatMap(ofOne -> prove(ofOne, references, folder))
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

    /** Proves cells of one contender. */
    private static Stream<Agreement> prove(List<Cell> cells, Path references, Path folder) {
        Cell one = cells.get(0);
        String name = one.contender().replace(' ', '-');
        Path report = folder.resolve("agreement-" + name + ".json");
        Path log = folder.resolve("agreement-" + name + ".log");
        List<String> arguments =
                new ArrayList<>(List.of(one.entrant().name(), references.toString(), report.toString()));
        cells.forEach(cell -> arguments.add(cell.problem()));
        try {
            Files.deleteIfExists(report);
            int exit = Jvm.command(one.entrant(), one.build(), Proof.class, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit == 0) {
                return Arrays.stream(new Gson().fromJson(Files.readString(report), Agreement[].class))
                        .map(agreement -> agreement.withContender(one.contender()));
            }
            return failed(cells, "its process ended with code " + exit + "; see " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(cells, "interrupted");
        }
    }

    private static Stream<Agreement> failed(List<Cell> cells, String reason) {
        return cells.stream().map(cell -> Agreement.unavailable(cell, reason));
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
                .filter(a -> a.problem().equals(cell.problem()) && a.contender().equals(cell.contender()))
                .findFirst()
                .orElseThrow();
    }
}
