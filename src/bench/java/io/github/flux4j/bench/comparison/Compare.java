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
                "Times one training step, or a prediction, of flux4j and of others, or of another commit of flux4j, after proving"
                        + " that all compute the same.",
        sortOptions = false)
public final class Compare implements Callable<Integer> {

    @Option(
            names = "--against",
            paramLabel = "COMMIT",
            description =
                    "instead of others: flux4j here, changes not committed included, over flux4j at that commit, with an interval")
    private String against;

    @Option(
            names = "--quick",
            description = "one short round: a first impression in three minutes; with --against five short ones")
    private boolean quick;

    @Option(
            names = "--problems",
            split = ",",
            paramLabel = "NAME",
            description = "names, or: standard, whole-runs, grid, all")
    private List<String> problems = List.of("standard");

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private List<Entrant> contenders;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "processes for each contender and problem; with --against 5 or more")
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
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(PlainErrors::refuse)
                .setExecutionExceptionHandler(PlainErrors::print);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        requireAtLeast(1, "--rounds");
        if (against != null) {
            return callAgainst();
        }
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

    private int callAgainst() throws IOException, InterruptedException, RunnerException {
        requireOptionsFitAgainst();
        List<Entrant> entrants = contenders == null
                ? List.of(Entrant.FLUX4J)
                : entrants().distinct().toList();
        List<String> names = problemNames().toList();
        Commit commit = Commit.named(against);
        Files.createDirectories(folder);
        Differences differences = new Against(pace(Ratio.FEWEST), folder, System.err).run(commit, names, entrants);
        System.out.print("\n" + differences.text());
        Path file = folder.resolve("against-" + commit.name() + ".json");
        Results.write(file, differences);
        System.out.println("raw results: " + file);
        if (json != null) {
            Results.write(json, differences.rows());
        }
        return differences.rows().isEmpty() ? 1 : 0;
    }

    private void requireOptionsFitAgainst() {
        requireAtLeast(Ratio.FEWEST, "an interval needs five processes on either side: with --against, --rounds");
        if (peers || publish || readme || html != null) {
            throw new IllegalArgumentException(
                    "--against times flux4j alone and prints a table: no --peers, --html, --publish or --readme");
        }
        if (contenders != null && !contenders.stream().allMatch(Entrant::isFlux4j)) {
            throw new IllegalArgumentException(
                    "--against times flux4j alone: --contenders can be FLUX4J, FLUX4J_DL4J, FLUX4J_LEAN, but were "
                            + contenders);
        }
    }

    private void requireAtLeast(int fewest, String what) {
        if (rounds != null && rounds < fewest) {
            throw new IllegalArgumentException(what + " must be " + fewest + " or more, but was " + rounds);
        }
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
        Pace pace = pace(quick ? 1 : 5);
        Proofs proofs = Proofs.run(cells(), folder, pace.mostFlop());
        proofs.refused().forEach(refused -> System.err.println("not timed: " + refused.line()));
        Rounds measured = new Rounds(new Stopwatch(pace, folder), System.err);
        measured.runWithFloor(proofs.agreeing(), pace.rounds());
        return results(pace, proofs, measured);
    }

    private Pace pace(int usualRounds) {
        return (quick ? Pace.QUICK : Pace.THOROUGH).withRounds(rounds == null ? usualRounds : rounds);
    }

    private static Results results(Pace pace, Proofs proofs, Rounds measured) throws IOException {
        double rate = measured.sgemmGflops(false);
        List<Measurement> rows = proofs.agreeing().stream()
                .filter(cell -> !measured.of(cell).isEmpty())
                .map(cell -> Measurement.of(cell, measured.of(cell), rate, proofs.errors(cell)))
                .toList();
        return new Results(
                Environment.now(pace),
                rate,
                measured.sgemmGflops(true),
                rows,
                Stream.concat(proofs.refused().stream(), measured.failed()).toList());
    }

    private List<Cell> cells() {
        return problemNames()
                .flatMap(problem -> entrants().map(entrant -> new Cell(problem, entrant)))
                .filter(this::isWorthIt)
                .toList();
    }

    private Stream<String> problemNames() {
        return problems.stream().flatMap(name -> expand(name).stream()).distinct();
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
