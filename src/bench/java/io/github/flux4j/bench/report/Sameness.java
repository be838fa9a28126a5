package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Axis;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Check;
import io.github.flux4j.bench.harness.Results;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How exact the numbers are, and which are flux4j's own to the last bit. Cells of another type of numbers can't be. */
final class Sameness {

    private Sameness() {}

    static String of(Results results) {
        List<Map.Entry<Cell, Map<String, Check>>> floats = results.proofs().stream()
                .filter(proof -> proof.cell().has(Axis.TYPE, "float"))
                .sorted(Comparator.comparingInt(proof -> proof.cell().settings().size()))
                .map(proof -> Map.entry(proof.cell(), proof.checks()))
                .toList();
        List<Check> checks = floats.stream()
                .map(Map.Entry::getValue)
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(check -> check.bits() != null && check.refusal() == null)
                .toList();
        long same = floats.stream()
                .flatMap(entry -> entry.getValue().entrySet().stream())
                .filter(entry -> entry.getValue().bits() != null
                        && entry.getValue().bits().equals(first(floats, entry.getKey())))
                .count();
        double largest = checks.stream()
                .flatMap(check -> check.errors().values().stream())
                .max(Double::compare)
                .orElse(0.0);
        return String.format(
                Locale.ROOT,
                "Of %d results in float, %d are the standard cell's to the last bit; the largest error against double"
                        + " precision is %.1e.",
                checks.size(),
                same,
                largest);
    }

    /** Of the standard cell or, where it has none, of the first that was proved. */
    private static String first(List<Map.Entry<Cell, Map<String, Check>>> cells, String workload) {
        return cells.stream()
                .map(entry -> entry.getValue().get(workload))
                .filter(Objects::nonNull)
                .map(Check::bits)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
