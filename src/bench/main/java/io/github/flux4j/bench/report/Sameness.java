package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Axis;
import io.github.flux4j.bench.harness.Proof;
import io.github.flux4j.bench.harness.Results;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How exact the numbers are, and which are flux4j's own to the last bit. Cells of another type of numbers can't be. */
final class Sameness {

    /** By workload, of the cell with the fewest settings of its own. */
    private final Map<String, String> standard = new HashMap<>();

    private int all;
    private int same;
    private double largest;

    private Sameness() {}

    static String of(Results results) {
        List<Proof> floats = results.proofs().stream()
                .filter(proof -> proof.cell().has(Axis.TYPE, "float"))
                .sorted(Comparator.comparingInt(proof -> proof.cell().settings().size()))
                .toList();
        Sameness sameness = new Sameness();
        floats.forEach(sameness::add);
        return String.format(
                Locale.ROOT,
                "Of %d results in float, %d are the standard cell's to the last bit; the largest error against double"
                        + " precision is %.1e.",
                sameness.all,
                sameness.same,
                sameness.largest);
    }

    private void add(Proof proof) {
        proof.checks().forEach((workload, check) -> {
            if (check.bits() != null && check.refusal() == null) {
                standard.putIfAbsent(workload, check.bits());
                all++;
                same += check.bits().equals(standard.get(workload)) ? 1 : 0;
                check.errors().values().forEach(error -> largest = Math.max(largest, error));
            }
        });
    }
}
