package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a cell on a workload.
 *
 * @param nanos the median over its processes
 * @param figures what else they measured, of each process
 * @param ratio none of the reference
 * @param tail the 99th percentile over the median, where runs were timed one by one
 * @param share of its products' rate, where those were timed
 */
record Row(
        String workload,
        Cell cell,
        String label,
        double nanos,
        List<Double> all,
        Map<Figure, List<Double>> figures,
        Optional<PairedRatio> ratio,
        Optional<PairedRatio> tail,
        Optional<PairedRatio> share,
        Optional<Verdict> verdict) {

    /** Of rows that aren't the reference's. */
    static final Comparator<Row> BY_RATIO =
            Comparator.comparingDouble(row -> row.takes().value());

    /** Those that were timed, fastest first. */
    static List<Row> of(Question question, Results results, String workload) {
        return question.timed(workload).stream()
                .flatMap(cell -> of(question, results, workload, cell).stream())
                .sorted(Comparator.comparingDouble(Row::nanos))
                .toList();
    }

    private static Optional<Row> of(Question question, Results results, String workload, Cell cell) {
        return results.median(question, cell, workload, Measured::nanos)
                .map(nanos -> new Row(
                        workload,
                        cell,
                        question.label(cell),
                        nanos,
                        List.copyOf(results.nanos(question, cell, workload).values()),
                        Figure.measured(number -> List.copyOf(
                                results.by(question, cell, workload, number).values())),
                        results.ratio(question, cell, workload),
                        results.tail(question, cell, workload),
                        results.share(question, cell, workload),
                        results.verdict(question, cell, workload)));
    }

    /** Of a row that isn't the reference's. */
    PairedRatio takes() {
        return ratio.orElseThrow();
    }

    boolean is(Verdict other) {
        return verdict.filter(own -> own == other).isPresent();
    }

    /** For a table of Markdown: the reference's time in bold, another's with how many times as long that is. */
    String markdown() {
        String time = Units.time(nanos);
        return ratio.isEmpty() ? "**" + time + "**" : time + " (" + timesText() + ")";
    }

    /** Of a row that isn't the reference's: × 1.23; ≈ × 1.23 where no difference was seen. */
    String timesText() {
        return (verdict.filter(Verdict::isDifference).isPresent() ? "× " : "≈ × ") + ratioText();
    }

    String ratioText() {
        return ratio.map(one -> Units.digits(one.value())).orElse("");
    }

    /** Empty if there are too few rounds for one. */
    String intervalText() {
        return ratio.filter(Row::hasInterval)
                .map(one -> Units.digits(one.low()) + " … " + Units.digits(one.high()))
                .orElse("");
    }

    static boolean hasInterval(PairedRatio ratio) {
        return Double.isFinite(ratio.high());
    }
}
