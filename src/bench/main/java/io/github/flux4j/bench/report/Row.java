package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a cell on a workload.
 *
 * @param ratio of its time over the reference's; none of the reference, nor a verdict
 */
record Row(
        Question question,
        Results results,
        String workload,
        Cell cell,
        Optional<PairedRatio> ratio,
        Optional<Verdict> verdict) {

    /** Those that were timed, fastest first. */
    static List<Row> of(Question question, Results results, String workload) {
        Map<Cell, PairedRatio> ratios = new HashMap<>(results.ratios(question, workload));
        Optional<PairedRatio> again = results.again(question, workload);
        again.ifPresent(ratio -> ratios.put(question.again(), ratio));
        return question.timed(workload).stream()
                .map(cell -> {
                    Optional<PairedRatio> ratio = Optional.ofNullable(ratios.get(cell));
                    Optional<Verdict> verdict =
                            ratio.map(one -> again.map(one::verdict).orElse(Verdict.TOO_FEW));
                    return new Row(question, results, workload, cell, ratio, verdict);
                })
                .filter(row -> !row.all().isEmpty())
                .sorted(Comparator.comparingDouble(Row::nanos))
                .toList();
    }

    String label() {
        return question.label(cell);
    }

    /** Something that its processes measured. */
    List<Double> all(Function<Measured, Double> number) {
        return List.copyOf(results.by(question, cell, workload, number).values());
    }

    /** The time of each process. */
    List<Double> all() {
        return all(Measured::nanos);
    }

    /** The geometric mean of its processes, so that two rows' quotient is the ratio. */
    double nanos() {
        return Results.geometricMean(all()).orElseThrow();
    }

    /** From the fastest process to the slowest. */
    String spread() {
        List<Double> sorted = all().stream().sorted().toList();
        return Units.time(sorted.get(0)) + " … " + Units.time(sorted.get(sorted.size() - 1));
    }

    /** Of a row that isn't the reference's. */
    PairedRatio takes() {
        return ratio().orElseThrow();
    }

    boolean is(Verdict other) {
        return verdict.filter(own -> own == other).isPresent();
    }

    /** For a table of Markdown: the reference's time in bold, another's with how many times as long that is. */
    String markdown() {
        String time = Units.time(nanos());
        return ratio.isEmpty() ? "**" + time + "**" : time + " (" + timesText() + ")";
    }

    /** Of a row that isn't the reference's: × 1.23, or the interval where that says nothing, or a question mark where there is none to be trusted. */
    String timesText() {
        return switch (verdict.orElseThrow()) {
            case FASTER, SLOWER, ALIKE -> "× " + ratioText();
            case NOT_RESOLVED -> "× " + intervalText();
            case TOO_FEW -> "× " + ratioText() + "?";
            case TOO_BUSY -> "?";
        };
    }

    String ratioText() {
        return ratio.map(one -> Units.digits(one.value())).orElse("");
    }

    /** Empty if there are too few rounds for one. */
    String intervalText() {
        return ratio.map(Row::intervalText).orElse("");
    }

    static String intervalText(PairedRatio ratio) {
        return hasInterval(ratio) ? Units.digits(ratio.low()) + " … " + Units.digits(ratio.high()) : "";
    }

    static boolean hasInterval(PairedRatio ratio) {
        return Double.isFinite(ratio.high());
    }
}
