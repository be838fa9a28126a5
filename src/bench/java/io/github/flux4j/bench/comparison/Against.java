package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** Times flux4j as it is here against flux4j as it was at another commit, alternately, after proving both. */
final class Against {

    private final Pace pace;
    private final Path folder;
    private final PrintStream progress;

    /**
     * A comparison of this pace.
     *
     * @param folder for its own files and for other commits
     */
    Against(Pace pace, Path folder, PrintStream progress) {
        this.pace = pace;
        this.folder = folder;
        this.progress = progress;
    }

    Differences run(Commit there, List<String> problems, List<Entrant> entrants)
            throws IOException, InterruptedException, RunnerException {
        Commit here = Commit.here();
        Builds builds = new Builds(folder, progress);
        Build that = builds.of(there);
        List<Pair> pairs = pairs(problems, entrants, builds.here(), that);
        Proofs proofs = Proofs.run(pairs.stream().flatMap(Pair::cells).toList(), folder, pace.mostFlop());
        proofs.refused().forEach(refused -> progress.println("not timed: " + refused.line()));
        List<Cell> agreeing = pairs.stream()
                .filter(pair -> proofs.agreeing().containsAll(pair.cells().toList()))
                .flatMap(Pair::cells)
                .toList();
        Rounds measured = new Rounds(new Stopwatch(pace, folder), progress);
        measured.run(agreeing, pace.rounds());
        return new Differences(
                Environment.now(pace),
                here,
                there,
                Environment.libraryVersions(that.classPath()),
                pairs.stream()
                        .flatMap(pair -> pair.difference(measured, proofs))
                        .toList(),
                Stream.concat(proofs.refused().stream(), measured.failed()).toList());
    }

    private static List<Pair> pairs(List<String> problems, List<Entrant> entrants, Build here, Build there) {
        List<Pair> pairs = new ArrayList<>();
        for (String problem : problems) {
            for (Entrant entrant : entrants) {
                pairs.add(new Pair(new Cell(problem, entrant, here), new Cell(problem, entrant, there)));
            }
        }
        return pairs;
    }

    /** The same here and there. */
    private record Pair(Cell here, Cell there) {

        Stream<Cell> cells() {
            return Stream.of(here, there);
        }

        /** None if one of them wasn't timed. */
        Stream<Difference> difference(Rounds measured, Proofs proofs) {
            return cells().anyMatch(cell -> measured.of(cell).isEmpty())
                    ? Stream.empty()
                    : Stream.of(Difference.of(row(here, measured, proofs), row(there, measured, proofs)));
        }

        private static Measurement row(Cell cell, Rounds measured, Proofs proofs) {
            return Measurement.of(cell, measured.of(cell), Double.NaN, proofs.errors(cell));
        }
    }
}
