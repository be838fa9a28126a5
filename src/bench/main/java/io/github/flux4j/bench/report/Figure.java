package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What explains a time: a column each, in tables where some row has it. */
enum Figure {
    P99("p99", "ns", Units::time, Measured::p99),
    P999("p99.9", "ns", Units::time, Measured::p999),
    TAIL("p99 / median", 1, row -> row.results().tail(row.question(), row.cell(), row.workload())),
    CLOCK("clock's own", "ns", Units::time, Measured::clock),
    FIRST("first", "ns", Units::time, Measured::firstNanos),
    STEPS("in the first second", "#", Units::digits, Measured::inTheFirstSecond),
    PROCESSOR("processor", "ns", Units::time, Measured::processorNanos),
    HEAP("heap", "B", Units::bytes, Measured::heapBytes),
    NATIVE("native", "B", Units::bytes, Measured::nativeBytes),
    DRIFT("late / early", "ratio", Units::digits, Measured::drift),
    FLOP("GFLOP/s", Figure::gigaflops),
    SHARE("% of its products' rate", 100, row -> row.results().share(row.question(), row.cell(), row.workload()));

    final String title;

    /** Of its numbers. */
    final String unit;

    private final Function<Measured, Double> number;
    private final Function<Row, Optional<String>> text;

    Figure(String title, Function<Row, Optional<String>> text) {
        this.title = title;
        this.unit = "";
        this.number = measured -> null;
        this.text = text;
    }

    Figure(String title, double factor, Function<Row, Optional<PairedRatio>> ratio) {
        this(title, row -> ratio.apply(row).map(one -> Units.digits(factor * one.value()) + interval(one, factor)));
    }

    Figure(String title, String unit, DoubleFunction<String> format, Function<Measured, Double> number) {
        this.title = title;
        this.unit = unit;
        this.number = number;
        this.text = row -> Results.median(all(row)).map(format::apply);
    }

    private static String interval(PairedRatio ratio, double factor) {
        return Row.hasInterval(ratio) ? " (" + Row.intervalText(ratio, factor) + ")" : "";
    }

    /** What the row's processes measured of it. */
    List<Double> all(Row row) {
        return row.all(number);
    }

    /** Empty if the row lacks it. */
    String of(Row row) {
        return text.apply(row).orElse("");
    }

    /** Whether some row has it. */
    boolean isOf(Collection<Row> rows) {
        return rows.stream().anyMatch(row -> !of(row).isEmpty());
    }

    /** Those that some row has. */
    static List<Figure> of(Collection<Row> rows) {
        return Arrays.stream(values()).filter(figure -> figure.isOf(rows)).toList();
    }

    private static Optional<String> gigaflops(Row row) {
        double flop = Workloads.named(row.workload()).flop();
        return flop > 0 ? Optional.of(Units.digits(flop / row.nanos())) : Optional.empty();
    }
}
