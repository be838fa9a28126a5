package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tables whose cells are the bluer the faster and the more orange the slower they are than the reference. */
final class HeatMap {

    /** The ratio that has the full colour. */
    private static final double FULL = 4;

    private final Results results;
    private final Question question;

    private HeatMap(Results results, Question question) {
        this.results = results;
        this.question = question;
    }

    static List<Sheet> of(Results results, Question question) {
        HeatMap map = new HeatMap(results, question);
        return question.isProduct() ? map.products() : List.of(map.oneAxis());
    }

    /** A row a value, a column a workload. */
    private Sheet oneAxis() {
        List<String> header = new ArrayList<>(List.of(question.first().axis().key()));
        header.addAll(question.workloads());
        return new Sheet(
                "",
                header,
                question.cells().stream()
                        .map(cell -> row(
                                question.label(cell),
                                question.workloads().stream().map(workload -> square(cell, workload))))
                        .toList(),
                "");
    }

    private static List<Sheet.Cell> row(String name, Stream<Sheet.Cell> cells) {
        return Stream.concat(Stream.of(Sheet.Cell.of(name)), cells).toList();
    }

    /** A table a workload; rows and columns are the two axes. */
    private List<Sheet> products() {
        return question.workloads().stream().map(this::product).toList();
    }

    private Sheet product(String workload) {
        Axis across = question.second().axis();
        List<String> header = new ArrayList<>(List.of(question.first().axis().key() + " ↓ " + across.key() + " →"));
        header.addAll(question.second().values());
        return new Sheet(
                workload,
                header,
                question.first().values().stream()
                        .map(value -> row(
                                value,
                                question.second().values().stream()
                                        .map(column -> square(
                                                question.base()
                                                        .with(question.first().axis(), value)
                                                        .with(across, column),
                                                workload))))
                        .toList(),
                Workloads.about(workload));
    }

    private Sheet.Cell square(Cell cell, String workload) {
        Optional<Figure> figure = results.figure(question, cell, workload);
        if (figure.isEmpty()) {
            String reason = results.refusal(cell, workload);
            return Sheet.Cell.tinted("–", 0, reason == null ? "not run" : reason);
        }
        double median = figure.get().median();
        double ratio = results.overReference(question, cell, workload).orElse(1.0);
        boolean isReference = cell.equals(question.reference());
        double flop = Workloads.named(workload).flop();
        return new Sheet.Cell(
                Units.time(median),
                -Math.log(ratio) / Math.log(FULL),
                String.join(" · ", details(figure.get(), isReference ? 1 : ratio))
                        + (flop > 0 ? "\n" + Units.digits(flop / median) + " GFLOP/s" : ""),
                "",
                isReference);
    }

    private static List<String> details(Figure figure, double ratio) {
        List<String> details = new ArrayList<>();
        if (ratio != 1) {
            details.add("× " + Units.digits(ratio));
        }
        if (figure.processes() > 1) {
            details.add("± " + Math.round(100 * figure.spread()) + " %");
        }
        return details;
    }
}
