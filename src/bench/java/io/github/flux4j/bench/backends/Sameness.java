package io.github.flux4j.bench.backends;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which cells compute the standard cell's numbers to the last bit. Cells of another type of numbers can't. */
record Sameness(Results results, List<String> workloads) {

    static Sameness of(Results results) {
        Set<String> workloads = new LinkedHashSet<>();
        results.header().plan().work().values().forEach(workloads::addAll);
        return new Sameness(results, List.copyOf(workloads));
    }

    boolean isSame(Cell cell, String workload) {
        Optional<String> bits = results.verdict(cell, workload).map(Verdict::bits);
        return bits.isPresent() && bits.equals(standard(workload));
    }

    /** Of the standard cell or, in a plan without it, of the first that was proved. */
    private Optional<String> standard(String workload) {
        return results.proofs().stream()
                .filter(proof -> proof.cell().has(Axis.TYPE, "float"))
                .filter(proof -> proof.verdicts().containsKey(workload))
                .min((a, b) -> Integer.compare(
                        a.cell().settings().size(), b.cell().settings().size()))
                .map(proof -> proof.verdicts().get(workload).bits());
    }

    String finding() {
        int all = 0;
        int same = 0;
        double largest = 0;
        for (Map.Entry<Cell, Set<String>> entry : results.header().plan().work().entrySet()) {
            for (String workload : entry.getValue()) {
                Verdict verdict = results.verdict(entry.getKey(), workload).orElse(null);
                if (verdict != null && verdict.error() != null && entry.getKey().has(Axis.TYPE, "float")) {
                    all++;
                    same += isSame(entry.getKey(), workload) ? 1 : 0;
                    largest = Math.max(largest, verdict.error());
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "Of %d results in float, %d are the standard cell's to the last bit; the largest error against double"
                        + " precision is %.1e.",
                all,
                same,
                largest);
    }
}
