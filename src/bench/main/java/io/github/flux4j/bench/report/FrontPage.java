package io.github.flux4j.bench.report;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import io.github.flux4j.internal.charts.AxisScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The README's own comparison: few problems, of each library the fastest variant and the one as it comes, for each machine; and one picture. */
public final class FrontPage {

    /** The name of its plan and of its marks. */
    public static final String NAME = "front";

    /** The problems, and what they are to a visitor. */
    private static final Map<String, String> PROBLEMS = new LinkedHashMap<>();

    static {
        Stream.of("article", "mlp-8-64-64-1-adam", "digits", "mlp-784-512-256-10-sgd", "predict-8-64-64-1")
                .forEach(name -> PROBLEMS.put(name, words(Problems.named(name).orElseThrow())));
    }

    /**
     * A column.
     *
     * @param colour told apart on light and on dark ground and by the colour-blind (Okabe and Ito 2008)
     * @param variants the one as it comes first
     */
    private record Library(String title, String colour, List<Contenders> variants) {

        Library(String title, String colour, Contenders... variants) {
            this(title, colour, List.of(variants));
        }
    }

    /** What was measured on one, by problem. */
    private record Machine(Results results, Map<String, List<Row>> rows) {

        static Machine of(Results results) {
            Map<String, List<Row>> rows = new HashMap<>();
            PROBLEMS.keySet().forEach(problem -> rows.put(problem, Row.of(question(results), results, problem)));
            return new Machine(results, rows);
        }

        String name() {
            return results.run().machine().cpu();
        }
    }

    private static final List<Library> LIBRARIES = List.of(
            new Library("flux4j", "#0072b2", Contenders.FLUX4J),
            new Library("tuned Java loops", "#d55e00", Contenders.HAND_ROLLED_TUNED),
            new Library("DL4J", "#cc79a7", Contenders.RAW_DL4J, Contenders.RAW_DL4J_TUNED),
            new Library("DJL on PyTorch", "#009e73", Contenders.DJL_PYTORCH, Contenders.DJL_PYTORCH_ONE_THREAD),
            new Library("TensorFlow Java", "#8a8f94", Contenders.TENSORFLOW, Contenders.TENSORFLOW_ONE_THREAD),
            new Library(
                    "PyTorch in Python",
                    "#56b4e9",
                    Contenders.PYTORCH,
                    Contenders.PYTORCH_FUSED,
                    Contenders.PYTORCH_ONE_THREAD),
            new Library("scikit-learn in Python", "#e69f00", Contenders.SCIKIT_LEARN),
            new Library("ONNX Runtime", "#a09000", Contenders.ONNX_RUNTIME, Contenders.ONNX_RUNTIME_TUNED));

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
        return LIBRARIES.stream().flatMap(one -> one.variants().stream()).toList();
    }

    /**
     * Writes the tables between the marks, and the picture.
     *
     * @param folder of the picture
     * @param all that is published
     * @throws IllegalStateException if the file lacks the marks, or nothing is published for it
     */
    public static void write(Path readme, Path folder, List<Results> all) throws IOException {
        List<Machine> machines = machines(all);
        if (machines.isEmpty()) {
            throw new IllegalStateException("nothing is published for the README in " + folder
                    + " yet; run scripts/compare --problems front --peers --publish");
        }
        Files.writeString(folder.resolve(NAME + ".svg"), picture(machines.get(0)));
        MarkedSection.replace(
                readme,
                NAME,
                machines.stream().map(FrontPage::table).collect(Collectors.joining())
                        + slower(machines, Publication.last(all))
                        + EXPLANATION);
    }

    /** The last run of each kind of processor that has all of the problems, the newest first. */
    private static List<Machine> machines(List<Results> all) {
        Map<String, Results> machines = new LinkedHashMap<>();
        all.stream()
                .filter(results -> ReadmeSection.isOf("comparison", results))
                .filter(results -> question(results).workloads().containsAll(PROBLEMS.keySet()))
                .sorted(Comparator.comparing((Results results) -> results.run().date())
                        .reversed())
                .forEach(results -> machines.putIfAbsent(results.run().machine().cpu(), results));
        return machines.values().stream().map(Machine::of).toList();
    }

    private static Question question(Results results) {
        return results.run().plan().questions().get(0);
    }

    private static String table(Machine machine) {
        Results results = machine.results();
        String file = Publication.FOLDER + "/" + results.run().plan().name();
        List<Library> timed = LIBRARIES.stream()
                .filter(one -> PROBLEMS.keySet().stream()
                        .anyMatch(problem -> best(machine, problem, one).isPresent()))
                .toList();
        return ReadmeSection.where(results.run()) + ", " + results.run().plan().rounds() + " rounds ([report](" + file
                + ".html), [raw](" + file + ".jsonl)):\n\n"
                + ReadmeSection.table(
                        " ",
                        "---",
                        timed.stream().map(Library::title).toList(),
                        PROBLEMS.entrySet().stream()
                                .map(problem -> Stream.concat(
                                                Stream.of(problem.getValue()),
                                                timed.stream().map(one -> cell(machine, problem.getKey(), one)))
                                        .toList()));
    }

    /** The fastest variant, and the one as it comes if that is another. */
    private static String cell(Machine machine, String problem, Library library) {
        Optional<Row> plain = row(machine, problem, library.variants().get(0));
        return best(machine, problem, library)
                .map(best -> (best.ratio().isEmpty() ? best.markdown() : best.timesText())
                        + plain.filter(row -> !row.equals(best))
                                .map(row -> " (defaults " + row.timesText() + ")")
                                .orElse(""))
                .orElse("–");
    }

    private static Optional<Row> best(Machine machine, String problem, Library library) {
        return library.variants().stream()
                .flatMap(one -> row(machine, problem, one).stream())
                .min(Comparator.comparingDouble(Row::nanos));
    }

    /** Without flux4j's second row, which only shows how steady the machine was. */
    private static Optional<Row> row(Machine machine, String problem, Contenders contender) {
        return machine.rows().get(problem).stream()
                .filter(row -> row.cell().get(CellAxis.CONTENDER).equals(contender.name()))
                .filter(row -> row.cell().has(CellAxis.AGAIN, "no"))
                .findFirst();
    }

    /** Where somebody is ahead, here and on the grid. */
    private static String slower(List<Machine> machines, List<Results> published) {
        Map<String, List<String>> slower = new LinkedHashMap<>();
        for (Machine machine : machines) {
            PROBLEMS.forEach((problem, words) -> LIBRARIES.forEach(one -> best(machine, problem, one)
                    .filter(row -> row.is(Verdict.FASTER))
                    .ifPresent(row -> slower.computeIfAbsent(one.title() + " at " + words, key -> new ArrayList<>())
                            .add(row.timesText() + " on the " + machine.name()))));
        }
        String all = slower.entrySet().stream()
                .map(one -> one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                .collect(Collectors.joining(", and than "));
        return "flux4j is slower than " + (all.isEmpty() ? "none of these" : all) + ". "
                + published.stream()
                        .filter(results -> question(results).name().equals("grid"))
                        .map(results -> "On the grid of batch sizes and widths ("
                                + results.run().machine().cpu() + "): " + Answer.ahead(question(results), results))
                        .collect(Collectors.joining())
                + "\n\n";
    }

    private static final String EXPLANATION = "![Each library's time over flux4j's](" + Publication.FOLDER + "/" + NAME
            + ".svg)\n\nThe first column is flux4j's time. The others say how many times as long each library takes in its"
            + " fastest variant, and in brackets with its defaults. An interval means that the ratio could not be told from 1."
            + " Figures are geometric means over alternating processes, all of which first proved that they compute the same.\n";

    /** A line a problem, a dot a contender, at its time over flux4j's on a logarithmic axis. */
    private static String picture(Machine machine) {
        AxisScale scale = AxisScale.logarithmic(PROBLEMS.keySet().stream()
                .flatMap(problem -> dots(machine, problem).values().stream())
                .mapToDouble(FrontPage::ratio));
        int bottom = TOP + PROBLEMS.size() * LINE;
        return String.format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="14">
                <style>.paper { fill: #ffffff } text { fill: #1b1f24 } line { stroke: #d4dae0 } .one { stroke: #0072b2 }
                @media (prefers-color-scheme: dark) { .paper { fill: #14171b } text { fill: #e6e9ec } line { stroke: #3a424b } }</style>
                <rect class="paper" width="100%%" height="100%%"/>
                """, LEFT + WIDTH + 36, bottom + 44)
                + legend() + axis(scale, bottom) + lines(machine, scale) + "</svg>\n";
    }

    private static double ratio(Row row) {
        return row.ratio().map(PairedRatio::value).orElse(1.0);
    }

    /** Of a problem, the fastest variant of each that was timed. */
    private static Map<Library, Row> dots(Machine machine, String problem) {
        Map<Library, Row> dots = new LinkedHashMap<>();
        LIBRARIES.forEach(one -> best(machine, problem, one).ifPresent(row -> dots.put(one, row)));
        return dots;
    }

    private static String legend() {
        StringBuilder svg = new StringBuilder();
        for (int place = 0; place < LIBRARIES.size(); place++) {
            Library one = LIBRARIES.get(place);
            int x = 12 + place % 4 * 195;
            int y = 16 + place / 4 * 24;
            svg.append(dot(x, y, one, one.title())).append(text(x + 12, y + 5, "start", one.title()));
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

    private static String lines(Machine machine, AxisScale scale) {
        StringBuilder svg = new StringBuilder();
        int y = TOP + LINE / 2;
        for (Map.Entry<String, String> problem : PROBLEMS.entrySet()) {
            svg.append(text(LEFT - 14, y + 5, "end", problem.getValue()));
            int middle = y;
            dots(machine, problem.getKey())
                    .forEach((library, row) -> svg.append(
                            dot(x(scale, ratio(row)), middle, library, row.label() + ": " + Units.time(row.nanos()))));
            y += LINE;
        }
        return svg.toString();
    }

    private static double x(AxisScale scale, double ratio) {
        return LEFT + scale.share(ratio) * WIDTH;
    }

    private static String dot(double x, double y, Library library, String tooltip) {
        String dot = "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"%s\"><title>%s</title></circle>%n";
        return String.format(Locale.ROOT, dot, x, y, library.colour(), tooltip);
    }

    static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
