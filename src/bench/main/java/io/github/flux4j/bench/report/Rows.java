package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import io.github.flux4j.report.Axis;
import io.github.flux4j.report.AxisScale;
import io.github.flux4j.report.Hue;
import io.github.flux4j.report.Part;
import io.github.flux4j.report.RowChart;
import java.util.List;
import java.util.stream.DoubleStream;

/** One workload: a line a cell, fastest first, with how many times the reference's time it takes, and the interval. */
final class Rows {

    private Rows() {}

    static Part of(Question question, Results results, String workload) {
        List<Row> rows = Row.of(question, results, workload);
        String reference = question.label(question.reference());
        double[] shown = rows.stream()
                .flatMapToDouble(row -> row.ratio()
                        .map(ratio -> DoubleStream.of(ratio.low(), ratio.value(), ratio.high()))
                        .orElse(DoubleStream.of(1)))
                .filter(value -> value > 1e-9 && value < 1e9)
                .toArray();
        return new RowChart(
                "What is faster at " + workload + "?",
                Axis.of(
                        "times the time of " + reference + " (logarithmic)",
                        AxisScale.logarithmic(DoubleStream.of(shown))),
                false,
                rows.stream().map(Rows::row).toList(),
                Workloads.named(workload).about() + ". Blue: " + reference
                        + ", green: faster, orange: slower, grey: no difference seen, or no verdict; bar: 95 % interval");
    }

    private static RowChart.Row row(Row row) {
        double at = row.ratio().map(PairedRatio::value).orElse(1.0);
        return new RowChart.Row(
                row.label(),
                row.ratio().map(PairedRatio::low).orElse(Double.NaN),
                at,
                row.ratio().map(PairedRatio::high).orElse(Double.NaN),
                List.of(Units.time(row.nanos()), row.ratio().isPresent() ? "× " + row.ratioText() : ""),
                hue(row));
    }

    private static Hue hue(Row row) {
        if (row.ratio().isEmpty()) {
            return Hue.BLUE;
        }
        return row.is(Verdict.FASTER) ? Hue.GREEN : row.is(Verdict.SLOWER) ? Hue.ORANGE : Hue.GREY;
    }
}
