package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Columns;
import io.github.flux4j.bench.report.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The results as text: a block a problem, a line a contender. */
final class TextTable {

    private static final List<String> HEADER =
            List.of("", "median", "of the forks", "× FLUX4J", "examples/s", "GFLOP/s", "of sgemm", "heap/step");

    private TextTable() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        for (String problem : results.problems()) {
            text.append('\n').append(block(problem, results.of(problem)));
        }
        for (Agreement refused : results.refused()) {
            text.append("\nnot timed: ").append(refused.line());
        }
        return text.append('\n').toString();
    }

    private static String block(String problem, List<Measurement> rows) {
        double unit = rows.stream()
                .filter(row -> row.contender().equals("FLUX4J"))
                .mapToDouble(Measurement::medianNanos)
                .findFirst()
                .orElse(Double.NaN);
        List<List<String>> lines = new ArrayList<>(List.of(new ArrayList<>(HEADER)));
        lines.get(0).set(0, problem);
        rows.stream()
                .sorted(Comparator.comparingDouble(Measurement::medianNanos))
                .forEach(row -> lines.add(line(row, unit)));
        return Columns.aligned(lines);
    }

    private static List<String> line(Measurement row, double unit) {
        return List.of(
                "  " + row.contender(),
                Units.time(row.medianNanos()),
                Units.time(row.minNanos()) + " … " + Units.time(row.maxNanos()),
                Double.isNaN(unit) ? "" : Units.digits(row.medianNanos() / unit),
                row.examplesPerSecond() == null ? "" : Units.count(row.examplesPerSecond()),
                row.gflops() == null ? "" : Units.digits(row.gflops()),
                row.sgemmShare() == null ? "" : Units.percent(row.sgemmShare()),
                row.heapBytesPerStep() == null ? "" : Units.bytes(row.heapBytesPerStep()));
    }
}
