package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.report.PlainErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    @Option(names = "--quick", description = "one short round: a first impression in three minutes")
    private boolean quick;

    @Option(
            names = "--problems",
            split = ",",
            paramLabel = "NAME",
            description = "names, or: standard, whole-runs, grid, all")
    private List<String> problems = List.of("standard");

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private List<Entrant> contenders;

    @Option(names = "--rounds", paramLabel = "N", description = "processes for each contender and problem")
    private Integer rounds;

    @Option(names = "--peers", description = "with other libraries too, which Maven fetches first (280 MB)")
    private boolean peers;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes the rows there, as a list")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "also writes the report there")
    private Path html;

    @Option(names = "--publish", description = "also writes results and report to " + Publication.FOLDER)
    private boolean publish;

    @Option(names = "--readme", description = "only writes the README's section, from the published results")
    private boolean readme;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    private final Path folder = Path.of("target", "compare");

    public static void main(String[] args) {
        System.exit(new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(PlainErrors::print)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (readme) {
            ReadmeSection.write(Path.of("README.md"), Publication.read());
            return 0;
        }
        Files.createDirectories(folder);
        Results results = compare();
        System.out.println(TextTable.of(results));
        results.write(folder.resolve("comparison.json"));
        HtmlReport.write(List.of(results), folder.resolve("comparison.html"));
        System.out.println("raw results and report: " + folder.resolve("comparison.json") + ", "
                + folder.resolve("comparison.html"));
        writeCopies(results);
        return results.rows().isEmpty() ? 1 : 0;
    }

    private void writeCopies(Results results) throws IOException {
        if (json != null) {
            results.writeRows(json);
        }
        if (html != null) {
            HtmlReport.write(List.of(results), html);
        }
        if (publish) {
            Publication.write(results);
        }
    }

    private Results compare() throws IOException, RunnerException {
        Pace pace = quick ? Pace.QUICK : Pace.THOROUGH;
        pace = rounds == null ? pace : pace.withRounds(rounds);
        Proofs proofs = Proofs.run(cells(), folder, pace.mostFlop());
        proofs.refused().forEach(refused -> System.err.println("not timed: " + refused.line()));
        Rounds measured = new Rounds(new Stopwatch(pace, folder), System.err);
        measured.run(proofs.agreeing(), pace.rounds());
        return results(pace, proofs, measured);
    }

    private static Results results(Pace pace, Proofs proofs, Rounds measured) throws IOException {
        double rate = measured.sgemmGflops(false);
        List<Measurement> rows = proofs.agreeing().stream()
                .filter(cell -> !measured.of(cell).isEmpty())
                .map(cell -> Measurement.of(cell, measured.of(cell), rate, proofs.errors(cell)))
                .toList();
        Stream<Agreement> failed = measured.failures().entrySet().stream()
                .map(failure -> Agreement.unavailable(failure.getKey(), failure.getValue()));
        return new Results(
                Environment.now(pace),
                rate,
                measured.sgemmGflops(true),
                rows,
                Stream.concat(proofs.refused().stream(), failed).toList());
    }

    private List<Cell> cells() {
        return problems.stream()
                .flatMap(name -> expand(name).stream())
                .distinct()
                .flatMap(problem -> entrants().map(entrant -> new Cell(problem, entrant)))
                .filter(this::isWorthIt)
                .toList();
    }

    private Stream<Entrant> entrants() {
        if (contenders != null) {
            return contenders.stream();
        }
        return Arrays.stream(Entrant.values()).filter(entrant -> peers || !entrant.isPeer());
    }

    /**
     * Doing nothing reaches no goal, and only flux4j is asked to endure. A quick comparison has nothing once, and leaves out what
     * another contender stands for.
     */
    private boolean isWorthIt(Cell cell) {
        if (Problems.WHOLE_RUNS.contains(cell.problem())
                && (cell.entrant() == Entrant.NULL
                        || cell.problem().startsWith("endurance")
                                && !cell.entrant().isFlux4j())) {
            return false;
        }
        if (!quick || contenders != null) {
            return true;
        }
        return switch (cell.entrant()) {
            case NULL -> cell.problem().equals("article");
            case RAW_ND4J, FLUX4J_LEAN -> false;
            default -> true;
        };
    }

    private static List<String> expand(String name) {
        return switch (name) {
            case "standard" -> Problems.STANDARD;
            case "whole-runs" -> Problems.WHOLE_RUNS;
            case "grid" -> Problems.grid();
            case "all" ->
                Stream.of(Problems.STANDARD, Problems.WHOLE_RUNS, Problems.grid())
                        .flatMap(List::stream)
                        .toList();
            default -> List.of(Problems.named(name).name());
        };
    }
}
