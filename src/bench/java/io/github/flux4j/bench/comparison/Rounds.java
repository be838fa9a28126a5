package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Times the cells round by round, so that a slow spell of the machine meets all contenders alike. Every second round goes backwards, so
 * that nobody always comes first.
 */
final class Rounds {

    private final Stopwatch stopwatch;
    private final PrintStream progress;
    private final Map<Cell, List<Fork>> forks = new HashMap<>();
    private final Map<Cell, String> failures = new HashMap<>();
    private final List<Fork> sgemm = new ArrayList<>();
    private final List<Fork> sgemmOneThread = new ArrayList<>();

    Rounds(Stopwatch stopwatch, PrintStream progress) {
        this.stopwatch = stopwatch;
        this.progress = progress;
    }

    /** With OpenBLAS's product before each round. */
    void runWithFloor(List<Cell> cells, int rounds) throws RunnerException {
        run(cells, rounds, true);
    }

    void run(List<Cell> cells, int rounds) throws RunnerException {
        run(cells, rounds, false);
    }

    private void run(List<Cell> cells, int rounds, boolean floor) throws RunnerException {
        List<Cell> order = new ArrayList<>(cells);
        long start = System.nanoTime();
        int total = rounds * cells.size();
        int done = 0;
        while (done < total) {
            if (floor) {
                sgemm.add(stopwatch.sgemm(0));
                sgemmOneThread.add(stopwatch.sgemm(1));
            }
            for (Cell cell : order) {
                measure(cell);
                done++;
                double left = (System.nanoTime() - start) / 1e9 / done * (total - done);
                tell(cell, done, total, left);
            }
            Collections.reverse(order);
        }
    }

    private void measure(Cell cell) {
        if (failures.containsKey(cell)) {
            return;
        }
        try {
            forks.computeIfAbsent(cell, key -> new ArrayList<>()).add(stopwatch.measure(cell));
        } catch (IOException | RunnerException failure) {
            failures.put(cell, "it failed while it was timed: " + failure.getMessage());
        }
    }

    private void tell(Cell cell, int done, int total, double secondsLeft) {
        List<Fork> measured = forks.get(cell);
        String result = failures.containsKey(cell)
                ? failures.get(cell)
                : Units.time(measured.get(measured.size() - 1).nanos());
        progress.printf(
                "%4d of %d, %.0f s left  %s %s: %s%n",
                done, total, secondsLeft, cell.problem(), cell.contender(), result);
    }

    /** What was measured, a fork a round; empty if it failed. */
    List<Fork> of(Cell cell) {
        return failures.containsKey(cell) ? List.of() : forks.getOrDefault(cell, List.of());
    }

    /** Cells whose processes failed, with the reason. */
    Stream<Agreement> failed() {
        return failures.entrySet().stream().map(failure -> Agreement.unavailable(failure.getKey(), failure.getValue()));
    }

    /** OpenBLAS's product, with all threads or one. */
    double sgemmGflops(boolean oneThread) {
        double[] nanos = (oneThread ? sgemmOneThread : sgemm)
                .stream().mapToDouble(Fork::nanos).toArray();
        return SgemmBenchmark.FLOP / Measurement.median(nanos);
    }
}
