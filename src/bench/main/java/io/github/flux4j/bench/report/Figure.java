package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Workloads;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What explains a time: a column each, in tables where some row has it. */
enum Figure {
    P99("p99", Units::time, Measured::p99),
    P999("p99.9", Units::time, Measured::p999),
    TAIL("p99 / median", Figure::tail),
    CLOCK("clock's own", Units::time, Measured::clock),
    FIRST("first", Units::time, Measured::firstNanos),
    STEPS("in the first second", Units::digits, Measured::inTheFirstSecond),
    PROCESSOR("processor", Units::time, Measured::processorNanos),
    HEAP("heap", Units::bytes, Measured::heapBytes),
    FLOP("GFLOP/s", Figure::gigaflops);

    final String title;

    private final Function<Measured, Double> number;
    private final Function<Row, Optional<String>> text;

    Figure(String title, Function<Row, Optional<String>> text) {
        this.title = title;
        this.number = measured -> null;
        this.text = text;
    }

    Figure(String title, DoubleFunction<String> format, Function<Measured, Double> number) {
        this.title = title;
        this.number = number;
        this.text = row -> Results.median(all(row)).map(format::apply);
    }

    private static Optional<String> tail(Row row) {
        return row.results()
                .tail(row.question(), row.cell(), row.workload())
                .map(one ->
                        Units.digits(one.value()) + (Row.hasInterval(one) ? " (" + Row.intervalText(one) + ")" : ""));
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
