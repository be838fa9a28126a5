package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** All of a run, so far. */
public record Results(Run run, List<Proof> proofs, List<Sample> samples) {

    /** Of a line of the journal; what is null isn't added. */
    void add(Proof proof, Sample sample) {
        if (proof != null) {
            proofs.removeIf(old -> old.cell().equals(proof.cell()));
            proofs.add(proof);
        }
        if (sample != null) {
            samples.add(sample);
        }
    }

    /** The proof of a cell, which is that of the same cell timed again. */
    public Optional<Proof> proof(Cell cell) {
        Cell once = cell.with(Axis.AGAIN, "no");
        return proofs.stream().filter(proof -> proof.cell().equals(once)).findFirst();
    }

    public Optional<Check> check(Cell cell, String workload) {
        return proof(cell).map(proof -> proof.checks().get(workload));
    }

    boolean isProved(Cell cell, Iterable<String> workloads) {
        Proof proof = proof(cell).orElse(null);
        if (proof == null) {
            return false;
        }
        for (String workload : workloads) {
            if (proof.failure() == null && !proof.checks().containsKey(workload)) {
                return false;
            }
        }
        return true;
    }

    private Stream<Sample> samples(Question question, Cell cell, String workload) {
        return samples.stream().filter(sample -> sample.isOf(question.name(), cell, workload));
    }

    boolean isTimed(Question question, Cell cell, String workload, int round) {
        return samples(question, cell, workload).anyMatch(sample -> sample.round() == round);
    }

    /** Why a workload was not timed in a cell; null if it was, or will be. */
    public String refusal(Cell cell, String workload) {
        Proof proof = proof(cell).orElse(null);
        if (proof != null && proof.refusal(workload) != null) {
            return proof.refusal(workload);
        }
        return samples.stream()
                .filter(sample ->
                        sample.cell().equals(cell) && sample.workload().equals(workload))
                .map(Sample::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Times by round; none if it was not timed, or a process failed. */
    public TreeMap<Integer, Double> nanos(Question question, Cell cell, String workload) {
        return by(question, cell, workload, Measured::nanos);
    }

    /** Something that processes measured, by round; only of those that did. */
    public TreeMap<Integer, Double> by(
            Question question, Cell cell, String workload, Function<Measured, Double> number) {
        TreeMap<Integer, Double> numbers = new TreeMap<>();
        if (refusal(cell, workload) == null) {
            samples(question, cell, workload)
                    .filter(sample -> number.apply(sample.measured()) != null)
                    .forEach(sample -> numbers.put(sample.round(), number.apply(sample.measured())));
        }
        return numbers;
    }

    /** The median over the processes of something that they measured. */
    public Optional<Double> median(Question question, Cell cell, String workload, Function<Measured, Double> number) {
        return median(by(question, cell, workload, number).values());
    }

    /** None of nothing. */
    public static Optional<Double> median(Collection<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Over the question's reference, in the rounds that both have. */
    public Optional<PairedRatio> ratio(Question question, Cell cell, String workload) {
        return cell.equals(question.reference())
                ? Optional.empty()
                : paired(
                        nanos(question, cell, workload),
                        nanos(question, question.reference(), workload),
                        question.alternatives());
    }

    /** Of a step, the time of its products alone, in the reference, over its own: its share of their rate. */
    public Optional<PairedRatio> share(Question question, Cell cell, String workload) {
        return paired(
                nanos(question, question.reference(), Workloads.productsOf(workload)),
                nanos(question, cell, workload),
                1);
    }

    /** Of runs that were timed one by one, the 99th percentile over the median. */
    public Optional<PairedRatio> tail(Question question, Cell cell, String workload) {
        return paired(by(question, cell, workload, Measured::p99), nanos(question, cell, workload), 1);
    }

    private static Optional<PairedRatio> paired(
            TreeMap<Integer, Double> times, TreeMap<Integer, Double> others, int alternatives) {
        times.keySet().retainAll(others.keySet());
        others.keySet().retainAll(times.keySet());
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(PairedRatio.of(array(times), array(others), alternatives));
    }

    private static double[] array(TreeMap<Integer, Double> numbers) {
        return numbers.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What may be concluded of a cell; nothing where the same thing, timed twice, seems to differ, or wasn't timed twice. */
    public Optional<Verdict> verdict(Question question, Cell cell, String workload) {
        Optional<PairedRatio> again = ratio(question, question.again(), workload);
        return ratio(question, cell, workload).map(ratio -> verdict(ratio, again));
    }

    private static Verdict verdict(PairedRatio ratio, Optional<PairedRatio> again) {
        if (again.isEmpty()) {
            return Verdict.TOO_FEW;
        }
        return again.get().holdsOne() ? ratio.verdict() : Verdict.TOO_BUSY;
    }
}
