package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.report.Axis;
import io.github.flux4j.report.AxisScale;
import io.github.flux4j.report.Chart;
import io.github.flux4j.report.Hue;
import io.github.flux4j.report.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The grid of batch sizes and widths: a chart a width, a line a contender. */
final class GridCharts {

    private static final Hue[] HUES = {Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.PURPLE, Hue.GREY};

    private GridCharts() {}

    static List<Chart> of(Question question, Results results) {
        return widths(question).stream()
                .map(width -> chart(question, results, width))
                .toList();
    }

    /** Those of which the question times a cell. */
    static List<Integer> widths(Question question) {
        return Problems.GRID_WIDTHS.stream()
                .filter(width -> Problems.GRID_BATCHES.stream()
                        .anyMatch(batch -> question.workloads().contains(Problems.grid(batch, width))))
                .toList();
    }

    private static Chart chart(Question question, Results results, int width) {
        double[] batches =
                Problems.GRID_BATCHES.stream().mapToDouble(batch -> batch).toArray();
        List<Mark> lines = new ArrayList<>();
        List<Cell> cells = question.cells();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            double[] millis = Problems.GRID_BATCHES.stream()
                    .mapToDouble(batch -> results.median(question, cell, Problems.grid(batch, width), Measured::nanos)
                                    .orElse(Double.NaN)
                            / 1e6)
                    .toArray();
            lines.add(new Mark.Line(question.label(cell), HUES[i % HUES.length], i >= HUES.length, batches, millis));
        }
        DoubleStream all = lines.stream().flatMapToDouble(line -> DoubleStream.of(((Mark.Line) line).y()));
        return new Chart(
                "How long does a step of " + width + " => " + width + " => " + width + " => 1 take?",
                Axis.of(
                        "examples in a batch",
                        AxisScale.logarithmic(IntStream.of(1, 2048).asDoubleStream())),
                Axis.of("milliseconds", AxisScale.logarithmic(all)),
                lines,
                "");
    }
}
