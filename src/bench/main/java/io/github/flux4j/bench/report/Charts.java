package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.report.Page.Part;
import java.util.List;
import java.util.stream.DoubleStream;

/** The charts of a report. */
final class Charts {

    private Charts() {}

    /** One workload: a line a cell, fastest first, with how many times the reference's time it takes, and the interval. */
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
                rows.stream().map(Charts::row).toList(),
                Workloads.named(workload).about() + ". Blue: " + reference
                        + ", green: faster, orange: slower, grey: not resolved, or alike within 5 %; bar: 95 % interval");
    }

    private static RowChart.Row row(Row row) {
        return new RowChart.Row(
                row.label(),
                row.ratio().map(PairedRatio::low).orElse(Double.NaN),
                row.ratio().map(PairedRatio::value).orElse(1.0),
                row.ratio().map(PairedRatio::high).orElse(Double.NaN),
                List.of(Units.time(row.nanos()), row.ratio().isPresent() ? "× " + row.ratioText() : ""),
                hue(row));
    }

    private static Hue hue(Row row) {
        if (row.ratio().isEmpty()) {
            return Hue.BLUE;
        }
        return row.is(PairedRatio.Verdict.FASTER)
                ? Hue.GREEN
                : row.is(PairedRatio.Verdict.SLOWER) ? Hue.ORANGE : Hue.GREY;
    }

    /** Those of which the question times a cell. */
    static List<Integer> widths(Question question) {
        return Problems.GRID_WIDTHS.stream()
                .filter(width -> Problems.GRID_BATCHES.stream()
                        .anyMatch(batch -> question.workloads().contains(Problems.grid(batch, width))))
                .toList();
    }
}
