package io.github.flux4j.learn;

import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.report.Page;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A learning curve as a page. */
record CurvePage(LearningCurve curve) {

    Page page() {
        return Page.of(
                        "How the error falls with the number of rows",
                        "If the lines end far apart, more rows will help; if not, a larger network may.")
                .with("", List.of(chart(), sheet()));
    }

    private double[] of(ToDoubleFunction<LearningCurve.Point> value) {
        return curve.points().stream().mapToDouble(value).toArray();
    }

    private Chart chart() {
        double[] rows = of(LearningCurve.Point::rows);
        double[] train = of(LearningCurve.Point::trainMean);
        double[] leftOut = of(LearningCurve.Point::leftOutMean);
        double[] low = of(point -> point.leftOutMean() - point.leftOutStd());
        double[] high = of(point -> point.leftOutMean() + point.leftOutStd());
        return new Chart(
                curve.metric().label(),
                Axis.of(
                        "training rows",
                        AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(rows)))),
                Axis.of(
                        curve.metric().label(),
                        AxisScale.linear(Stream.of(train, leftOut, low, high).flatMapToDouble(DoubleStream::of))),
                List.of(
                        new Mark.Ranges("", Hue.ORANGE, rows, low, high),
                        new Mark.Line("training rows", Hue.BLUE, false, rows, train),
                        new Mark.Line("held-out rows", Hue.ORANGE, false, rows, leftOut)),
                "Means over folds, with one standard deviation of the held-out rows.");
    }

    private Sheet sheet() {
        return new Sheet(
                "In numbers",
                List.of("rows", "on these", "held out"),
                curve.points().stream().map(CurvePage::row).toList(),
                "With the standard deviation over folds.");
    }

    private static List<Sheet.Cell> row(LearningCurve.Point point) {
        return Sheet.row(
                String.valueOf(Math.round(point.rows())),
                Spread.text(point.trainMean(), point.trainStd()),
                Spread.text(point.leftOutMean(), point.leftOutStd()));
    }
}
