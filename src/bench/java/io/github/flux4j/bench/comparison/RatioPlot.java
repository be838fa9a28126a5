package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Scale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** A picture of its own for the README: a line a problem, a dot a contender, at its time over flux4j's on a logarithmic axis. */
final class RatioPlot {

    private static final int LEFT = 210;
    private static final int WIDTH = 540;
    private static final int LINE = 30;
    private static final int TOP = 64;

    /** Told apart on light and on dark ground. */
    private static final Map<String, String> COLOURS = Map.of(
            "FLUX4J", "#1f7ae0",
            "HAND_ROLLED", "#c58a00",
            "HAND_ROLLED_TUNED", "#e0631f",
            "RAW_DL4J", "#d13f6a",
            "RAW_DL4J_TUNED", "#a05fd0",
            "DJL_PYTORCH", "#2f9e4f",
            "TENSORFLOW", "#7d8790");

    private static final String OTHER = "#7d8790";

    private RatioPlot() {}

    static String of(Results results) {
        List<String> problems = results.problems().stream()
                .filter(problem -> results.find(problem, "FLUX4J").isPresent())
                .toList();
        Scale scale = Scale.logarithmic(problems.stream().flatMapToDouble(problem -> ratios(results, problem)));
        int height = TOP + problems.size() * LINE;
        StringBuilder svg = new StringBuilder(String.format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">
                <style>.paper { fill: #ffffff } text { fill: #1b1f24 } line { stroke: #d4dae0 } .one { stroke: #1f7ae0 }
                @media (prefers-color-scheme: dark) { .paper { fill: #14171b } text { fill: #e6e9ec } line { stroke: #3a424b } }</style>
                <rect class="paper" width="100%%" height="100%%"/>
                """, LEFT + WIDTH + 36, height + 24));
        svg.append(legend(results)).append(axis(scale, height));
        for (int i = 0; i < problems.size(); i++) {
            svg.append(line(results, problems.get(i), scale, TOP + i * LINE + LINE / 2));
        }
        return svg.append("</svg>\n").toString();
    }

    private static DoubleStream ratios(Results results, String problem) {
        double ours = results.find(problem, "FLUX4J").orElseThrow().medianNanos();
        return ReadmeSection.CONTENDERS.stream()
                .flatMap(name -> results.find(problem, name).stream())
                .mapToDouble(row -> row.medianNanos() / ours);
    }

    private static String legend(Results results) {
        StringBuilder svg = new StringBuilder();
        int column = 0;
        for (String name : ReadmeSection.CONTENDERS) {
            if (results.rows().stream().anyMatch(row -> row.contender().equals(name))) {
                int x = 10 + column % 4 * 190;
                int y = 16 + column / 4 * 20;
                svg.append(String.format(
                        "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                        x, y, COLOURS.getOrDefault(name, OTHER), x + 12, y + 5, name));
                column++;
            }
        }
        return svg.toString();
    }

    private static String axis(Scale scale, int height) {
        StringBuilder svg = new StringBuilder();
        for (double decade : scale.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%4$.1f\" x2=\"%4$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>"
                            + "<text x=\"%4$.1f\" y=\"%5$d\" text-anchor=\"middle\">× %6$s</text>%n",
                    decade == 1 ? "one" : "",
                    TOP,
                    height,
                    x(scale, decade),
                    height + 17,
                    Units.tick(Units.count(decade))));
        }
        return svg.toString();
    }

    private static String line(Results results, String problem, Scale scale, int y) {
        double ours = results.find(problem, "FLUX4J").orElseThrow().medianNanos();
        StringBuilder svg = new StringBuilder(
                String.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 14, y + 5, problem));
        for (String name : ReadmeSection.CONTENDERS) {
            results.find(problem, name)
                    .ifPresent(row -> svg.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%d\" r=\"6\" fill=\"%s\" fill-opacity=\"0.85\"><title>%s %s</title></circle>%n",
                            x(scale, row.medianNanos() / ours),
                            y,
                            COLOURS.getOrDefault(name, OTHER),
                            name,
                            Units.time(row.medianNanos()))));
        }
        return svg.toString();
    }

    private static double x(Scale scale, double ratio) {
        return LEFT + WIDTH * scale.share(ratio);
    }
}
