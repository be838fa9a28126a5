package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Axis;
import io.github.flux4j.report.RowChart;
import io.github.flux4j.report.Scale;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** One problem: a line a contender, fastest first, with its median and the range of its processes on a logarithmic axis. */
final class DotPlot {

    private DotPlot() {}

    static RowChart of(String title, String about, List<Measurement> all) {
        List<Measurement> rows = all.stream()
                .filter(row -> !row.contender().equals("NULL"))
                .sorted(Comparator.comparingDouble(Measurement::medianNanos))
                .toList();
        double ours = rows.stream()
                .filter(row -> row.contender().equals("FLUX4J"))
                .mapToDouble(Measurement::medianNanos)
                .findFirst()
                .orElse(Double.NaN);
        Scale scale = Scale.logarithmic(
                rows.stream().flatMapToDouble(row -> DoubleStream.of(row.minNanos(), row.maxNanos())));
        return new RowChart(
                title,
                new Axis("time; dot: median, line: all processes", scale, nanos -> Units.tick(Units.time(nanos))),
                false,
                rows.stream().map(row -> line(row, ours)).toList(),
                about);
    }

    private static RowChart.Row line(Measurement row, double ours) {
        String ratio = Double.isNaN(ours) ? "" : "× " + Units.digits(row.medianNanos() / ours);
        return new RowChart.Row(
                row.contender(),
                row.minNanos(),
                row.medianNanos(),
                row.maxNanos(),
                List.of(Units.time(row.medianNanos()), ratio),
                row.contender().startsWith("FLUX4J"));
    }
}
