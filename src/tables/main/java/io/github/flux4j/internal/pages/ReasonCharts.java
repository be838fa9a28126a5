package io.github.flux4j.internal.pages;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Where a model fails, and why it predicts what it does.
 *
 * @param areClasses whether explanations are log odds
 * @param error of all held-out rows
 */
public record ReasonCharts(Unseen.Reasons reasons, boolean areClasses, double error) {

    private static final int GROUPS = 12;
    private static final int MOVED = 3;
    private static final List<String> PLACES = List.of("Lowest", "Middle", "Highest");

    /** The groups of rows with the largest errors, and the worst rows. */
    public List<Part> failing() {
        List<Part> parts = new ArrayList<>();
        if (!reasons.groups().isEmpty()) {
            parts.add(groups());
        }
        if (reasons.rows().size() > PLACES.size()) {
            parts.add(worst());
        }
        return parts;
    }

    private Part groups() {
        String metric = areClasses ? "share of wrong classes" : "mean absolute error";
        List<RowChart.Row> rows = new ArrayList<>();
        rows.add(bar("all held-out rows", error, List.of(Digits.of(error), ""), Hue.BLUE));
        reasons.groups().stream()
                .limit(GROUPS)
                .forEach(group -> rows.add(new RowChart.Row(
                        Names.shown(group.column()) + " " + group.name(),
                        group.low(),
                        group.error(),
                        group.high(),
                        List.of(Digits.of(group.error()), Words.count(group.rows(), "row")),
                        Hue.ORANGE)));
        AxisScale scale = AxisScale.linear(Stream.concat(
                        Stream.of(0.0, error), rows.stream().flatMap(row -> Stream.of(row.low(), row.high())))
                .mapToDouble(value -> value));
        return new RowChart(
                "Groups with the largest errors",
                Axis.of(metric, scale),
                false,
                rows,
                "Sorted by the lower end of the 95 % interval, which the line shows. Groups are texts, or quarters of numbers, with at least ten held-out rows. Of the "
                        + reasons.groups().size() + " groups compared, a few look bad by chance.");
    }

    private static RowChart.Row bar(String name, double at, List<String> texts, Hue hue) {
        return new RowChart.Row(name, Double.NaN, at, Double.NaN, texts, hue);
    }

    private Part worst() {
        return new Sheet(
                "Held-out rows with the largest errors",
                List.of(
                        "row",
                        "actual",
                        "predicted",
                        areClasses ? "largest contributions, in log odds" : "largest contributions"),
                reasons.rows().stream()
                        .skip(PLACES.size())
                        .map(row -> Sheet.row(String.valueOf(row.number()), row.actual(), row.predicted(), moved(row)))
                        .toList(),
                "Rows count from 1, as in explain --row. The predictions explained are those of the network that did not train on the row."
                        + (reasons.rows().get(0).values().isEmpty()
                                ? " keepRows(true), or train --keep-rows, shows their values here."
                                : ""));
    }

    private static String moved(Unseen.Row row) {
        return row.columns().entrySet().stream()
                .limit(MOVED)
                .map(column -> name(row, column.getKey()) + " " + signed(column.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** With the row's value where that is kept. */
    private static String name(Unseen.Row row, String column) {
        return Names.shown(column)
                + (row.values().isEmpty() ? "" : " " + row.values().get(column));
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Digits.of(value);
    }

    /** Three rows explained, and what predictions depend on. */
    public List<Part> moving() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(PLACES.size(), reasons.rows().size()); i++) {
            parts.add(explained(PLACES.get(i), reasons.rows().get(i)));
        }
        reasons.curves().forEach(curve -> parts.add(curve.at().isEmpty() ? texts(curve) : numbers(curve)));
        return parts;
    }

    private Part explained(String place, Unseen.Row row) {
        List<RowChart.Row> bars = new ArrayList<>();
        row.columns()
                .forEach((column, value) -> bars.add(
                        bar(name(row, column), value, List.of(signed(value)), value < 0 ? Hue.ORANGE : Hue.GREEN)));
        AxisScale scale = AxisScale.linear(DoubleStream.concat(
                DoubleStream.of(0), row.columns().values().stream().mapToDouble(v -> v)));
        return new RowChart(
                place + " prediction: row " + row.number() + ", "
                        + (areClasses
                                ? "probability " + Digits.of(Explanation.probability(row.prediction())) + " of "
                                        + Names.shown(row.name())
                                : Digits.of(row.prediction())),
                Axis.of(
                        "added to " + Digits.of(row.background()) + ", the mean of the background"
                                + (areClasses ? ", in log odds" : ""),
                        scale),
                true,
                bars,
                "Actual: " + row.actual()
                        + ". The largest contributions, as Shapley values. Columns that depend on each other share theirs.");
    }

    private static String depends(Unseen.Curve curve) {
        return Names.shown(curve.name()) + " by " + Names.shown(curve.column());
    }

    private Axis predicted(Unseen.Curve curve) {
        DoubleStream all = Stream.concat(Stream.of(curve.mean()), curve.rows().stream())
                .flatMap(List::stream)
                .mapToDouble(value -> value);
        return Axis.of(
                (areClasses ? "probability of " : "predicted ") + Names.shown(curve.name()), AxisScale.linear(all));
    }

    private Part numbers(Unseen.Curve curve) {
        double[] at = Spread.array(curve.at());
        List<Mark> marks = new ArrayList<>();
        curve.rows().forEach(row -> marks.add(new Mark.Line("", Hue.GREY, false, at, Spread.array(row))));
        marks.add(new Mark.Line("mean", Hue.BLUE, false, at, Spread.array(curve.mean())));
        return new Chart(
                depends(curve),
                Axis.of(Names.shown(curve.column()), AxisScale.linear(DoubleStream.of(at))),
                predicted(curve),
                marks,
                "Grey: single held-out rows with only this column changed; some of these may be impossible in reality.");
    }

    private Part texts(Unseen.Curve curve) {
        List<RowChart.Row> rows = new ArrayList<>();
        for (int k = 0; k < curve.values().size(); k++) {
            int place = k;
            double[] each =
                    curve.rows().stream().mapToDouble(row -> row.get(place)).toArray();
            rows.add(new RowChart.Row(
                    curve.values().get(k),
                    DoubleStream.of(each).min().orElse(Double.NaN),
                    curve.mean().get(k),
                    DoubleStream.of(each).max().orElse(Double.NaN),
                    List.of(Digits.of(curve.mean().get(k))),
                    Hue.BLUE));
        }
        return new RowChart(
                depends(curve),
                predicted(curve),
                false,
                rows,
                "The mean over held-out rows with only this column changed; lines reach from the lowest to the highest of some of them.");
    }
}
