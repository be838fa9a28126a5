package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.threads.Load;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All of a run, so far. */
public record Results(ExperimentRun run, List<Proof> proofs, List<Sample> samples) {

    /**
     * What became of a cell before anything was timed.
     *
     * @param failure why there is nothing of it, in a line; else null
     * @param checks by workload
     * @param facts null if it has no ND4J in it
     */
    public record Proof(Cell cell, String failure, Map<String, Agreement> checks, Facts facts) {

        static Proof failed(Cell cell, String reason) {
            return new Proof(cell, reason, Map.of(), null);
        }

        /** Why this workload is not timed; null if it is. */
        String refusal(String workload) {
            if (failure != null) {
                return failure;
            }
            Agreement check = checks.get(workload);
            return check == null ? "it gave no result" : check.refusal();
        }
    }

    /**
     * What became of one process.
     *
     * @param question for which it ran
     * @param measured null if it failed
     * @param load before it, and while it ran
     * @param failure why nothing was measured, else null
     */
    public record Sample(
            String question, Cell cell, String workload, int round, Measured measured, Load load, String failure) {}

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
        Cell once = cell.with(CellAxis.AGAIN, "no");
        return proofs.stream().filter(proof -> proof.cell().equals(once)).findFirst();
    }

    boolean isProved(Cell cell, Collection<String> workloads) {
        return proof(cell)
                .filter(proof ->
                        proof.failure() != null || proof.checks().keySet().containsAll(workloads))
                .isPresent();
    }

    private Stream<Sample> samples(Question question, Cell cell, String workload) {
        return samples.stream()
                .filter(sample -> sample.workload().equals(workload)
                        && sample.question().equals(question.name())
                        && sample.cell().equals(cell));
    }

    boolean isTimed(Question question, Cell cell, String workload, int round) {
        return samples(question, cell, workload).anyMatch(sample -> sample.round() == round);
    }

    /** Why a workload was not timed in a cell; null if it was, or will be. */
    public String refusal(Cell cell, String workload) {
        return Stream.concat(
                        proof(cell).map(proof -> proof.refusal(workload)).stream(),
                        samples.stream()
                                .filter(sample -> sample.failure() != null
                                        && sample.workload().equals(workload)
                                        && sample.cell().equals(cell))
                                .map(Sample::failure))
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

    /** The median; none of nothing. */
    public static Optional<Double> median(Collection<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Whose logarithm is the logarithms' mean: the quotient of two such is the mean of the rounds' ratios. None of nothing. */
    public static Optional<Double> geometricMean(Collection<Double> numbers) {
        return numbers.stream()
                .collect(Collectors.teeing(
                        Collectors.averagingDouble(Math::log),
                        Collectors.counting(),
                        (mean, count) -> count == 0 ? Optional.empty() : Optional.of(Math.exp(mean))));
    }

    /**
     * Of each cell but the reference, over the reference, in the rounds that both have. Intervals hold together for those alternatives that aren't told
     * apart from the reference; the others have been before, at a stricter level (Holm 1979, A simple sequentially rejective multiple test procedure).
     */
    public Map<Cell, PairedRatio> ratios(Question question, String workload) {
        TreeMap<Integer, Double> reference = nanos(question, question.reference(), workload);
        Map<Cell, TreeMap<Integer, Double>> others = new HashMap<>();
        question.timed(workload).forEach(cell -> others.put(cell, nanos(question, cell, workload)));
        others.keySet().removeAll(List.of(question.reference(), question.again()));
        Map<Cell, PairedRatio> ratios = new HashMap<>();
        int left = others.size();
        for (int before = -1; left != before; ) {
            before = left;
            int alternatives = Math.max(1, left);
            others.forEach((cell, times) ->
                    paired(times, reference, alternatives).ifPresent(ratio -> ratios.put(cell, ratio)));
            left = (int) ratios.values().stream()
                    .filter(ratio -> !ratio.verdict().isDifference())
                    .count();
        }
        return ratios;
    }

    /** Of the reference timed again, over itself. */
    public Optional<PairedRatio> again(Question question, String workload) {
        return paired(nanos(question, question.again(), workload), nanos(question, question.reference(), workload), 1);
    }

    /** Whether the same thing, timed twice, didn't come out alike, so that nothing may be concluded. */
    public boolean isBusy(Question question, String workload) {
        return again(question, workload).filter(ratio -> !ratio.isSteady()).isPresent();
    }

    /** The smallest ratio that would have been seen four times in five, for the alternative of middling scatter. */
    public Optional<Double> visible(Question question, String workload) {
        return median(ratios(question, workload).values().stream()
                .map(PairedRatio::visible)
                .filter(Double::isFinite)
                .toList());
    }

    /** Of runs that were timed one by one, the 99th percentile over the median. */
    public Optional<PairedRatio> tail(Question question, Cell cell, String workload) {
        return paired(by(question, cell, workload, Measured::p99), nanos(question, cell, workload), 1);
    }

    private static Optional<PairedRatio> paired(
            TreeMap<Integer, Double> times, TreeMap<Integer, Double> others, int alternatives) {
        List<Integer> rounds =
                times.keySet().stream().filter(others::containsKey).toList();
        return rounds.isEmpty()
                ? Optional.empty()
                : Optional.of(PairedRatio.of(array(times, rounds), array(others, rounds), alternatives));
    }

    private static double[] array(TreeMap<Integer, Double> numbers, List<Integer> rounds) {
        return rounds.stream().mapToDouble(numbers::get).toArray();
    }
}
