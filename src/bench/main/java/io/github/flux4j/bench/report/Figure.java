package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What explains a time: a column each, in tables where some row has it. */
enum Figure {
    P99("p99", "ns", Units::time, Measured::p99),
    P999("p99.9", "ns", Units::time, Measured::p999),
    TAIL("p99 / median", row -> row.tail().map(ratio -> interval(ratio, 1))),
    CLOCK("clock's own", "ns", Units::time, Measured::clock),
    FIRST("first", "ns", Units::time, Measured::firstNanos),
    STEPS("in the first second", "#", Units::digits, Measured::inTheFirstSecond),
    PROCESSOR("processor", "ns", Units::time, Measured::processorNanos),
    HEAP("heap", "B", Units::bytes, Measured::heapBytes),
    NATIVE("native", "B", Units::bytes, Measured::nativeBytes),
    DRIFT("late / early", "ratio", Units::digits, Measured::drift),
    FLOP("GFLOP/s", Figure::gigaflops),
    SHARE("% of its products' rate", row -> row.share().map(ratio -> interval(ratio, 100)));

    private final String title;
    private final String unit;
    private final Function<Measured, Double> number;
    private final Function<Row, Optional<String>> text;

    Figure(String title, Function<Row, Optional<String>> text) {
        this.title = title;
        this.unit = "";
        this.number = measured -> null;
        this.text = text;
    }

    Figure(String title, String unit, DoubleFunction<String> format, Function<Measured, Double> number) {
        this.title = title;
        this.unit = unit;
        this.number = number;
        this.text = row ->
                Results.median(row.figures().getOrDefault(this, List.of())).map(format::apply);
    }

    String title() {
        return title;
    }

    /** Of its numbers. */
    String unit() {
        return unit;
    }

    /** Empty if the row lacks it. */
    String of(Row row) {
        return text.apply(row).orElse("");
    }

    /** Those that some row has. */
    static List<Figure> of(Collection<Row> rows) {
        return Arrays.stream(values())
                .filter(figure -> rows.stream().anyMatch(row -> !figure.of(row).isEmpty()))
                .toList();
    }

    /** The numbers of each that is measured, of which there are some. */
    static Map<Figure, List<Double>> measured(Function<Function<Measured, Double>, List<Double>> numbers) {
        Map<Figure, List<Double>> measured = new EnumMap<>(Figure.class);
        for (Figure figure : values()) {
            List<Double> all = numbers.apply(figure.number);
            if (!all.isEmpty()) {
                measured.put(figure, all);
            }
        }
        return measured;
    }

    private static Optional<String> gigaflops(Row row) {
        double flop = Workloads.named(row.workload()).flop();
        return flop > 0 ? Optional.of(Units.digits(flop / row.nanos())) : Optional.empty();
    }

    private static String interval(PairedRatio ratio, double factor) {
        return Units.digits(factor * ratio.value())
                + (Row.hasInterval(ratio)
                        ? " (" + Units.digits(factor * ratio.low()) + " … " + Units.digits(factor * ratio.high()) + ")"
                        : "");
    }
}
