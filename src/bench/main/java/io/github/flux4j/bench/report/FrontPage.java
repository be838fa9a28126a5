package io.github.flux4j.bench.report;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.charts.AxisScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The README's own comparison: few problems and contenders, by their names in words, and one picture of them. */
public final class FrontPage {

    /** The name of its plan and of its marks. */
    public static final String NAME = "front";

    /** The problems, and what they are to a visitor. */
    private static final Map<String, String> PROBLEMS = new LinkedHashMap<>();

    /** Beside flux4j, told apart on light and on dark ground and by the colour-blind (Okabe and Ito 2008). */
    private static final Map<Contenders, String> CONTENDERS = new LinkedHashMap<>();

    static {
        Stream.of("article", "mlp-8-64-64-1-adam", "digits", "mlp-784-512-256-10-sgd", "predict-8-64-64-1")
                .forEach(name -> PROBLEMS.put(name, words(Problems.named(name).orElseThrow())));
        CONTENDERS.put(Contenders.FLUX4J, "#0072b2");
        CONTENDERS.put(Contenders.HAND_ROLLED_TUNED, "#d55e00");
        CONTENDERS.put(Contenders.RAW_DL4J, "#cc79a7");
        CONTENDERS.put(Contenders.DJL_PYTORCH, "#009e73");
        CONTENDERS.put(Contenders.TENSORFLOW, "#8a8f94");
    }

    private static final int LEFT = 300;
    private static final int WIDTH = 460;
    private static final int LINE = 30;
    private static final int TOP = 70;

    private FrontPage() {}

    private static String words(Problem problem) {
        DenseNetwork network = problem.network();
        return (problem.task().predicts() ? "a prediction of " : "a step of ")
                + network.layers().stream().map(layer -> layer.inputs() + "-").collect(Collectors.joining())
                + network.outputs() + ", " + problem.batchSize() + (problem.batchSize() == 1 ? " row" : " rows")
                + (network.rule() instanceof DenseNetwork.Adam
                                && !problem.task().predicts()
                        ? ", Adam"
                        : "");
    }

    /** What is timed for it. */
    public static List<String> workloads() {
        return List.copyOf(PROBLEMS.keySet());
    }

    /** Who is timed for it. */
    public static List<Contenders> entrants() {
        return List.copyOf(CONTENDERS.keySet());
    }

    /**
     * Writes the table between the marks, and the picture.
     *
     * @throws IllegalStateException if the file lacks the marks, or nothing is published for it
     */
    public static void write(Path readme, Path folder) throws IOException {
        Results results = Publication.read(folder).stream()
                .filter(each -> each.run().plan().name().equals(NAME))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is published for the README in " + folder
                        + " yet; run scripts/compare --problems front --peers --publish"));
        Files.writeString(folder.resolve(NAME + ".svg"), picture(results));
        MarkedSection.replace(readme, NAME, table(results) + source(results));
    }

    private static String table(Results results) {
        return ReadmeSection.table(
                " ",
                "---",
                CONTENDERS.keySet().stream().map(one -> one.entrant().title()).toList(),
                PROBLEMS.entrySet().stream()
                        .map(problem -> ReadmeSection.line(
                                problem.getValue(),
                                CONTENDERS.keySet().stream().map(one -> row(results, problem.getKey(), one)))));
    }

    private static Optional<Row> row(Results results, String problem, Contenders contender) {
        return rows(results, problem)
                .filter(row -> contender(row.cell()) == contender)
                .findFirst();
    }

    /** Without flux4j's second row, which only shows how steady the machine was. */
    private static Stream<Row> rows(Results results, String problem) {
        return Row.of(results.run().plan().questions().get(0), results, problem).stream()
                .filter(row -> CONTENDERS.containsKey(contender(row.cell())))
                .filter(row -> row.ratio().isEmpty() || contender(row.cell()) != Contenders.FLUX4J);
    }

    private static Contenders contender(Cell cell) {
        return Contenders.valueOf(cell.get(CellAxis.CONTENDER));
    }

    private static String source(Results results) {
        String file = Publication.FOLDER + "/" + NAME;
        return "![Each contender's time over flux4j's](" + file + ".svg)\n\n"
                + "Medians of " + results.run().plan().rounds()
                + " processes each, in turns, and how many times flux4j's that is (≈ where the interval"
                + " allows no difference of 5 %); all were first shown to compute the same. "
                + ReadmeSection.where(results.run()) + "; [with intervals](" + file + ".html), [raw](" + file
                + ".jsonl).\n";
    }

    /** A line a problem, a dot a contender, at its time over flux4j's on a logarithmic axis. */
    private static String picture(Results results) {
        AxisScale scale = AxisScale.logarithmic(PROBLEMS.keySet().stream()
                .flatMap(problem -> rows(results, problem))
                .mapToDouble(FrontPage::ratio));
        int bottom = TOP + PROBLEMS.size() * LINE;
        return String.format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="14">
                <style>.paper { fill: #ffffff } text { fill: #1b1f24 } line { stroke: #d4dae0 } .one { stroke: #0072b2 }
                @media (prefers-color-scheme: dark) { .paper { fill: #14171b } text { fill: #e6e9ec } line { stroke: #3a424b } }</style>
                <rect class="paper" width="100%%" height="100%%"/>
                """, LEFT + WIDTH + 36, bottom + 44)
                + legend() + axis(scale, bottom) + lines(results, scale) + "</svg>\n";
    }

    private static double ratio(Row row) {
        return row.ratio().map(PairedRatio::value).orElse(1.0);
    }

    private static String legend() {
        StringBuilder svg = new StringBuilder();
        int place = 0;
        for (Contenders one : CONTENDERS.keySet()) {
            int x = 12 + place % 3 * 260;
            int y = 16 + place / 3 * 24;
            String title = one.entrant().title();
            svg.append(dot(x, y, one, title)).append(text(x + 12, y + 5, "start", title));
            place++;
        }
        return svg.toString();
    }

    private static String axis(AxisScale scale, int bottom) {
        StringBuilder svg = new StringBuilder();
        for (double decade : scale.ticks()) {
            String line = "<line class=\"%s\" x1=\"%4$.1f\" x2=\"%4$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>%n";
            svg.append(String.format(Locale.ROOT, line, decade == 1 ? "one" : "tick", TOP, bottom, x(scale, decade)))
                    .append(text(x(scale, decade), bottom + 17, "middle", "× " + Units.digits(decade)));
        }
        return svg + text(LEFT + WIDTH, bottom + 38, "end", "time, flux4j's is 1");
    }

    private static String lines(Results results, AxisScale scale) {
        StringBuilder svg = new StringBuilder();
        int y = TOP + LINE / 2;
        for (Map.Entry<String, String> problem : PROBLEMS.entrySet()) {
            svg.append(text(LEFT - 14, y + 5, "end", problem.getValue()));
            for (Row row : rows(results, problem.getKey()).toList()) {
                svg.append(dot(
                        x(scale, ratio(row)), y, contender(row.cell()), row.label() + ": " + Units.time(row.nanos())));
            }
            y += LINE;
        }
        return svg.toString();
    }

    private static double x(AxisScale scale, double ratio) {
        return LEFT + scale.share(ratio) * WIDTH;
    }

    private static String dot(double x, double y, Contenders contender, String tooltip) {
        String dot = "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"%s\"><title>%s</title></circle>%n";
        return String.format(Locale.ROOT, dot, x, y, CONTENDERS.get(contender), tooltip);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
