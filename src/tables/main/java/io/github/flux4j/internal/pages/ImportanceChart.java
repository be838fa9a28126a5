package io.github.flux4j.internal.pages;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.judge.LeftOutImportance;
import io.github.flux4j.report.Page.Part;
import java.util.List;
import java.util.stream.DoubleStream;

/** Which columns predictions lean on, as a bar for each. */
public record ImportanceChart(Importance importance) {

    /** A chart; for too many columns a sentence; nothing if there is nothing to be said. */
    public List<Part> parts(int columns, int heldOut) {
        if (!importance.columns().isEmpty()) {
            return List.of(chart(heldOut));
        }
        return columns <= LeftOutImportance.MOST_COLUMNS
                ? List.of()
                : List.of(Part.text("With more than " + LeftOutImportance.MOST_COLUMNS
                        + " columns, the importance of each isn't measured; Learn.permutationImportance does it."));
    }

    private RowChart chart(int heldOut) {
        DoubleStream ends = importance.columns().stream()
                .flatMapToDouble(column -> DoubleStream.of(low(column), column.mean(), high(column)))
                .filter(Double::isFinite);
        String metric = importance.metric().label();
        return new RowChart(
                "Which columns predictions rely on",
                Axis.of(metric + " worse by", AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), ends))),
                true,
                importance.columns().stream().map(this::row).toList(),
                "The effect of shuffling a column's values among " + rows(heldOut)
                        + "held-out rows, each predicted by a network that did not train on it. Without shuffling, the "
                        + metric + " is " + Digits.of(importance.score())
                        + ". Lines: one standard deviation over shuffles. Two columns with the same information each look less"
                        + " important than they are together.");
    }

    private String rows(int heldOut) {
        return importance.rows() == 0 || importance.rows() >= heldOut ? "" : importance.rows() + " of " + heldOut + " ";
    }

    private RowChart.Row row(Importance.OfColumn column) {
        return new RowChart.Row(
                Names.shown(column.name()),
                low(column),
                column.mean(),
                high(column),
                List.of(Digits.of(column.mean())),
                Hue.GREEN);
    }

    private static double low(Importance.OfColumn column) {
        return column.mean() - column.std();
    }

    private static double high(Importance.OfColumn column) {
        return column.mean() + column.std();
    }
}
