package io.github.flux4j.bench.report;

import io.github.flux4j.bench.harness.Agreement;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Facts;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.harness.Results.Sample;
import io.github.flux4j.bench.workload.Problems;
import io.github.flux4j.cli.PairedRatio.Verdict;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.threads.Load;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as one page. */
public final class HtmlReport {

    private static final String METHOD =
            "Each combination of settings has processes of its own for each workload, since ND4J, BLAS and Java choose most of"
                    + " this once, when they start. Before anything is timed, a first process of each computes with the numbers of a plain Java program in"
                    + " double precision beside it; what is wrong by more than rounding explains is not timed, and each job that was timed is checked too, after steps that were drawn."
                    + " All are timed round by round, every second round backwards.";

    private static final String VERDICTS =
            "A time is the geometric mean of the rounds, a ratio that of the rounds' own ratios, so that times and ratio agree. 95 % intervals hold together"
                    + " for all alternatives of a workload that aren't told apart from the reference (Holm). Faster or slower is said only from five rounds on, and"
                    + " only if the interval leaves out 1 ± 5 %; all else is grey. The reference is timed twice in each round: where its second time isn't its first"
                    + " within 20 %, only what differs by more than that is told apart, and the machine was too busy for the rest.";

    private HtmlReport() {}

    public static Page page(Results results) {
        ExperimentRun run = results.run();
        Page page = Page.of("flux4j: " + run.plan().title(), setUp(run))
                .with(
                        "In short",
                        run.plan().questions().stream()
                                .flatMap(question -> Stream.of(
                                        Part.text(question.asks()), Part.remark(Answer.of(question, results))))
                                .toList());
        for (Question question : run.plan().questions()) {
            page = page.with(question.asks(), parts(question, results));
        }
        return page.with(
                        "Not timed",
                        TextReport.refused(results).stream().map(Part::remark).toList())
                .with(
                        "How it was done",
                        List.of(
                                Part.text(METHOD),
                                Part.text(VERDICTS),
                                Part.text(exactness(results)),
                                Part.text(load(results))))
                .with("All numbers", List.of(Part.folded("every process's time", numbers(results))))
                .with("What was loaded", List.of(Part.folded("by each cell's process", loaded(results))));
    }

    private static String setUp(ExperimentRun run) {
        return run.date() + ", commit " + run.machine().commit() + ". "
                + run.machine().cpu() + ", "
                + run.machine().cores() + " cores, " + run.machine().os() + ", " + run.java() + ". "
                + run.plan().rounds() + (run.plan().rounds() == 1 ? " round" : " rounds") + ", in each process "
                + run.plan().warmupMillis() + " ms of warm-up and " + run.plan().measureMillis()
                + " ms of measurement.";
    }

    private static List<Part> parts(Question question, Results results) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.text(Answer.of(question, results)));
        if (!question.given().isEmpty()) {
            parts.add(Part.remark(question.given()));
        }
        question.workloads().stream()
                .filter(workload -> !Problems.isGrid(workload))
                .map(workload -> Charts.of(question, results, workload))
                .forEach(parts::add);
        return parts;
    }

    private static Stream<Row> rows(Question question, Results results) {
        return question.workloads().stream().flatMap(workload -> Row.of(question, results, workload).stream());
    }

    private static String name(Row row) {
        return row.workload() + ", " + row.label();
    }

    /** Of the machine, by whatever else ran. */
    static String load(Results results) {
        return "Before the processes started, " + range(results, Load::average, "processes", 1)
                + " wanted a core, this measurement's among them; "
                + range(results, Load::stolen, "% of the cores' time", 100)
                + " was taken by other virtual machines.";
    }

    private static String range(Results results, Function<Load, Double> number, String unit, double factor) {
        List<Double> sorted = results.samples().stream()
                .map(Sample::load)
                .map(number)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? "an unknown number of " + unit
                : Units.digits(factor * sorted.get(sorted.size() / 2)) + " (at most "
                        + Units.digits(factor * sorted.get(sorted.size() - 1)) + ") " + unit;
    }

    /** How exact the numbers of those that were timed are, in float: of other types errors are others. */
    private static String exactness(Results results) {
        double largest = results.proofs().stream()
                .filter(proof -> proof.cell().has(CellAxis.TYPE, "float"))
                .flatMap(proof -> proof.checks().values().stream())
                .filter(check -> check.refusal() == null)
                .flatMap(check -> check.errors().values().stream())
                .reduce(0.0, Math::max);
        return String.format(Locale.ROOT, "In float the largest error against double precision is %.1e.", largest);
    }

    private static Part numbers(Results results) {
        List<Row> rows = results.run().plan().questions().stream()
                .flatMap(question -> rows(question, results))
                .toList();
        List<Figure> figures = Figure.of(rows);
        return new Sheet(
                "",
                TextReport.line(
                        List.of("", "mean", "of processes", "ratio", "95 % interval", "verdict"),
                        figures.stream().map(figure -> figure.title),
                        "all"),
                rows.stream().map(row -> numbers(row, figures)).toList(),
                "");
    }

    private static List<Sheet.Cell> numbers(Row row, List<Figure> figures) {
        return cells(TextReport.line(
                List.of(
                        name(row),
                        Units.time(row.nanos()),
                        row.spread(),
                        row.ratioText(),
                        row.intervalText(),
                        row.verdict().map(Verdict::words).orElse("")),
                figures.stream().map(figure -> figure.of(row)),
                row.all().stream().map(Units::time).collect(Collectors.joining(", "))));
    }

    private static Part loaded(Results results) {
        return new Sheet(
                "",
                List.of("", "nd4j-native", "BLAS", "", "BLAS threads", "libnd4j threads", "Java", "says of itself"),
                results.proofs().stream().map(HtmlReport::loaded).toList(),
                results.run().machine().cpuFlags().stream().collect(Collectors.joining(" ")));
    }

    private static List<Sheet.Cell> loaded(Proof proof) {
        String about = proof.checks().values().stream()
                .map(Agreement::about)
                .filter(text -> text != null && !text.isEmpty())
                .findFirst()
                .orElse("");
        Facts facts = proof.facts() == null ? new Facts("", "", "", 0, "", 0, 0) : proof.facts();
        return cells(List.of(
                proof.cell().label(),
                facts.binary(),
                facts.blas(),
                facts.blasDetail(),
                proof.facts() == null ? "" : String.valueOf(facts.blasThreads()),
                proof.facts() == null ? "" : String.valueOf(facts.ompThreads()),
                facts.java(),
                about));
    }

    private static List<Sheet.Cell> cells(List<String> texts) {
        return texts.stream().map(Sheet.Cell::of).toList();
    }
}
