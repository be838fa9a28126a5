package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One problem: a line a contender, fastest first, with its median and the range of its processes on a logarithmic axis. */
final class DotPlot {

    private DotPlot() {}

    static String of(List<Measurement> all) {
        List<Measurement> rows = all.stream()
                .filter(row -> !row.contender().equals("NULL"))
                .sorted(Comparator.comparingDouble(Measurement::medianNanos))
                .toList();
        LogScale scale = LogScale.around(
                rows.stream()
                        .flatMap(row -> Stream.of(row.minNanos(), row.maxNanos()))
                        .toList(),
                10,
                false);
        double ours = rows.stream()
                .filter(row -> row.contender().equals("FLUX4J"))
                .mapToDouble(Measurement::medianNanos)
                .findFirst()
                .orElse(Double.NaN);
        StringBuilder html = new StringBuilder("<figure>\n");
        rows.forEach(row -> html.append(line(row, scale, ours)));
        return html.append("<figcaption>")
                .append(Units.tick(Units.time(scale.low())))
                .append(" to ")
                .append(Units.tick(Units.time(scale.high())))
                .append(", a line at each power of ten; dot: median, bar: all processes</figcaption>\n</figure>\n")
                .toString();
    }

    private static String line(Measurement row, LogScale scale, double ours) {
        StringBuilder svg = new StringBuilder("<svg height=\"16\" role=\"img\" aria-label=\"on a logarithmic axis\">");
        for (double decade : scale.decades()) {
            String x = scale.at(decade);
            svg.append(String.format("<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"0\" y2=\"16\"/>", x, x));
        }
        svg.append(String.format(
                "<line class=\"range\" x1=\"%s\" x2=\"%s\" y1=\"8\" y2=\"8\"/><circle cx=\"%s\" cy=\"8\" r=\"5\"/></svg>",
                scale.at(row.minNanos()), scale.at(row.maxNanos()), scale.at(row.medianNanos())));
        return String.format(
                "<div class=\"row%s\"><span>%s</span>%s<span class=\"value\">%s</span><span class=\"ratio\">%s</span></div>%n",
                row.contender().startsWith("FLUX4J") ? " ours" : "",
                row.contender(),
                svg,
                Units.time(row.medianNanos()),
                Double.isNaN(ours) ? "" : "× " + Units.digits(row.medianNanos() / ours));
    }
}
