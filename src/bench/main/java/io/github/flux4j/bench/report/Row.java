package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is known of a cell on a workload. */
record Row(Question question, Results results, String workload, Cell cell) {

    /** Of rows that aren't the reference's. */
    static final Comparator<Row> BY_RATIO =
            Comparator.comparingDouble(row -> row.takes().value());

    /** Those that were timed, fastest first. */
    static List<Row> of(Question question, Results results, String workload) {
        return question.timed(workload).stream()
                .map(cell -> new Row(question, results, workload, cell))
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

    /** The median over its processes. */
    double nanos() {
        return Results.median(all()).orElseThrow();
    }

    /** Over the reference's; none of the reference. */
    Optional<PairedRatio> ratio() {
        return results.ratio(question, cell, workload);
    }

    /** Of a row that isn't the reference's. */
    PairedRatio takes() {
        return ratio().orElseThrow();
    }

    Optional<Verdict> verdict() {
        return results.verdict(question, cell, workload);
    }

    boolean is(Verdict other) {
        return verdict().filter(own -> own == other).isPresent();
    }

    /** For a table of Markdown: the reference's time in bold, another's with how many times as long that is. */
    String markdown() {
        String time = Units.time(nanos());
        return ratio().isEmpty() ? "**" + time + "**" : time + " (" + timesText() + ")";
    }

    /** Of a row that isn't the reference's: × 1.23; ≈ × 1.23 where no difference was seen. */
    String timesText() {
        return (verdict().filter(Verdict::isDifference).isPresent() ? "× " : "≈ × ") + ratioText();
    }

    String ratioText() {
        return ratio().map(one -> Units.digits(one.value())).orElse("");
    }

    /** Empty if there are too few rounds for one. */
    String intervalText() {
        return ratio().map(one -> intervalText(one, 1)).orElse("");
    }

    /** Of so many times a ratio. */
    static String intervalText(PairedRatio ratio, double factor) {
        return hasInterval(ratio)
                ? Units.digits(factor * ratio.low()) + " … " + Units.digits(factor * ratio.high())
                : "";
    }

    static boolean hasInterval(PairedRatio ratio) {
        return Double.isFinite(ratio.high());
    }
}
