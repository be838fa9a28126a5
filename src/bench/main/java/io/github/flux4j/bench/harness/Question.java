package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.workload.Workload;
import io.github.flux4j.bench.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One experiment: one axis, or the product of two, varied around a cell.
 *
 * @param name short, unique in a plan
 * @param asks for people
 * @param base what the others are compared with
 * @param vary one or two axes with their values, in order
 * @param workloads what is timed in each cell
 */
public record Question(String name, String asks, Cell base, List<Variation> vary, List<String> workloads) {

    /** An axis with the values it takes. */
    public record Variation(CellAxis axis, List<String> values) {

        /** From {@code axis: value, value}. */
        public static Variation parse(String text) {
            String[] parts = text.split("[:=]", 2);
            List<String> values = parts.length < 2 ? List.of() : ExperimentPlan.list(parts[1]);
            if (values.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + text.strip() + "\" says no values; expected an axis and its values, such as omp: 1, 2");
            }
            CellAxis axis = CellAxis.named(parts[0].strip());
            return new Variation(
                    axis, values.stream().map(axis::checked).distinct().toList());
        }
    }

    public Question {
        if (vary.isEmpty() || vary.size() > 2) {
            throw new IllegalArgumentException(
                    "the question " + name + " varies " + vary.size() + " axes; expected one or two");
        }
        if (vary.size() == 2 && vary.get(0).axis() == vary.get(1).axis()) {
            throw new IllegalArgumentException("the question " + name + " varies "
                    + vary.get(0).axis().key() + " twice; name all its values once");
        }
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("the question " + name + " times no workloads");
        }
    }

    /** The cell compared with: the base, with the first value of an axis if it lacks the base's own. */
    public Cell reference() {
        Cell cell = base;
        for (Variation variation : vary) {
            if (!variation.values().contains(base.get(variation.axis()))) {
                cell = cell.with(variation.axis(), variation.values().get(0));
            }
        }
        return cell;
    }

    /** All of them, in order. */
    public List<Cell> cells() {
        List<Cell> cells = List.of(base);
        for (Variation variation : vary) {
            cells = cells.stream()
                    .flatMap(cell -> variation.values().stream().map(value -> cell.with(variation.axis(), value)))
                    .toList();
        }
        return cells;
    }

    /** The reference once more: nothing differs, so whatever difference shows is the machine's. */
    public Cell again() {
        return reference().with(CellAxis.AGAIN, "yes");
    }

    /** What is timed for a workload, the reference and once more that first. */
    public List<Cell> timed(String workload) {
        Workload what = Workloads.named(workload);
        List<Cell> timed = new ArrayList<>(List.of(reference()));
        timed.add(again());
        cells().stream().filter(cell -> !cell.equals(reference())).forEach(timed::add);
        timed.removeIf(cell -> !what.suits(Contenders.valueOf(cell.get(CellAxis.CONTENDER))));
        return timed;
    }

    /** What holds in all its cells beyond the standard, as text; empty for nothing. */
    public String given() {
        Cell given = base;
        for (Variation variation : vary) {
            given = given.with(variation.axis(), variation.axis().standard());
        }
        return given.equals(Cell.STANDARD) ? "" : "With " + given.label() + ".";
    }

    /** Whether it asks who is faster. */
    public boolean isOfContenders() {
        return vary.get(0).axis() == CellAxis.CONTENDER;
    }

    /** What this question calls the cell: its values on the axes varied. */
    public String label(Cell cell) {
        if (cell.has(CellAxis.AGAIN, "yes")) {
            return label(cell.with(CellAxis.AGAIN, "no")) + ", again";
        }
        return vary.stream()
                .map(variation -> label(variation.axis(), cell.get(variation.axis())))
                .collect(Collectors.joining(", "));
    }

    /** The value alone where it speaks for itself. */
    private String label(CellAxis axis, String value) {
        return switch (axis) {
            case JVM -> value.equals("this") ? "this Java" : "Java " + value;
            case CONTENDER -> Contenders.valueOf(value).entrant().title();
            case COMMIT -> value;
            case BINARY, BLAS, TYPE, ENGINE -> vary.size() == 2 ? axis.key() + " " + value : value;
            default -> axis.key() + " " + value;
        };
    }

    public Question around(Map<CellAxis, String> settings) {
        return new Question(name, asks, base.with(settings), vary, workloads);
    }

    public Question timing(List<String> others) {
        others.forEach(Workloads::named);
        return new Question(name, asks, base, vary, others);
    }
}
