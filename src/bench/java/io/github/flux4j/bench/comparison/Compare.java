package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/compare}: proves that contenders agree, then times those that do. */
@Command(
        name = "compare",
        description =
                "Times one training step, or a prediction, of flux4j and of others, after proving that all compute the same.",
        sortOptions = false)
public final class Compare implements Callable<Integer> {

    private static final int SGEMM_SIZE = 1024;

    @Option(names = "--quick", description = "one short round: a first impression in three minutes")
    private boolean quick;

    @Option(names = "--problems", split = ",", paramLabel = "NAME", description = "names, or: standard, grid, all")
    private List<String> problems = List.of("standard");

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private List<Entrant> contenders;

    @Option(names = "--rounds", paramLabel = "N", description = "processes for each contender and problem")
    private Integer rounds;

    @Option(names = "--peers", description = "with other libraries too, which Maven fetches first (120 MB)")
    private boolean peers;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes the rows there, as a list")
    private Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    private final Path folder = Path.of("target", "compare");

    public static void main(String[] args) {
        System.exit(new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        Files.createDirectories(folder);
        List<Cell> cells = cells();
        Proofs proofs = Proofs.run(cells, folder);
        Results results = time(proofs);
        System.out.println(TextTable.of(results));
        results.write(folder.resolve("comparison.json"));
        System.out.println("raw results: " + folder.resolve("comparison.json"));
        if (json != null) {
            results.writeRows(json);
        }
        return results.rows().isEmpty() ? 1 : 0;
    }

    private List<Cell> cells() {
        List<Entrant> entrants = contenders == null ? entrants() : contenders;
        return problems.stream()
                .flatMap(name -> expand(name).stream())
                .distinct()
                .flatMap(problem -> entrants.stream().map(entrant -> new Cell(problem, entrant)))
                .toList();
    }

    private List<Entrant> entrants() {
        return Arrays.stream(Entrant.values())
                .filter(entrant -> peers || entrant != Entrant.DJL_PYTORCH)
                .toList();
    }

    private static List<String> expand(String name) {
        return switch (name) {
            case "standard" -> Problems.STANDARD;
            case "grid" -> Problems.grid();
            case "all" ->
                java.util.stream.Stream.of(Problems.STANDARD, Problems.WHOLE_RUNS, Problems.grid())
                        .flatMap(List::stream)
                        .toList();
            default -> List.of(Problems.named(name).name());
        };
    }

    private Results time(Proofs proofs) throws IOException, RunnerException {
        Pace pace = quick ? Pace.QUICK : Pace.THOROUGH;
        pace = rounds == null ? pace : pace.withRounds(rounds);
        Stopwatch stopwatch = new Stopwatch(pace, folder);
        Map<Cell, List<Fork>> forks = new LinkedHashMap<>();
        List<Fork> sgemm = new ArrayList<>();
        List<Fork> sgemmOneThread = new ArrayList<>();
        List<Cell> agreeing = proofs.agreeing();
        // round by round, so that a slow spell of the machine meets all contenders
        for (int round = 0; round < pace.rounds(); round++) {
            sgemm.add(stopwatch.sgemm(0));
            sgemmOneThread.add(stopwatch.sgemm(1));
            for (Cell cell : agreeing) {
                Fork fork = stopwatch.measure(cell);
                forks.computeIfAbsent(cell, key -> new ArrayList<>()).add(fork);
                System.err.printf(
                        "round %d of %d, %s, %s: %s%n",
                        round + 1, pace.rounds(), cell.problem(), cell.entrant(), Units.time(fork.nanos()));
            }
        }
        double rate = gflops(sgemm);
        List<Measurement> rows = forks.entrySet().stream()
                .map(entry -> Measurement.of(entry.getKey(), entry.getValue(), rate, proofs.errors(entry.getKey())))
                .toList();
        return new Results(Environment.now(pace), rate, gflops(sgemmOneThread), rows, proofs.refused());
    }

    private static double gflops(List<Fork> sgemm) {
        double nanos =
                Measurement.median(sgemm.stream().mapToDouble(Fork::nanos).toArray());
        return 2.0 * SGEMM_SIZE * SGEMM_SIZE * SGEMM_SIZE / nanos;
    }
}
