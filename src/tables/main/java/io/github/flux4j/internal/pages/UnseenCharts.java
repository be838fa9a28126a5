package io.github.flux4j.internal.pages;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.Unseen;
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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures of predictions for rows that no model saw. */
public record UnseenCharts(Unseen unseen) {

    private static final double Z90 = 1.645; // of the normal distribution, for 90 %
    private static final double Z95 = 1.96;
    private static final List<String> THIRDS = List.of("in the lowest third", "in the middle", "in the highest third");

    /** All that there are, numbers' or classes'. */
    public List<Part> all() {
        List<Part> charts = new ArrayList<>();
        unseen.numbers().forEach(numbers -> charts.addAll(of(numbers)));
        if (!unseen.labels().classes().isEmpty()) {
            charts.addAll(new LabelSheets(unseen.labels()).all());
            charts.add(calibration(
                    "Calibration",
                    "probability of the predicted class",
                    "share that was right",
                    unseen.labels().calibration()));
            if (!unseen.labels().curve().isEmpty()) {
                charts.add(curve(
                        Names.shown(unseen.labels().positive()), unseen.labels().curve()));
            }
            if (!unseen.labels().rarestCalibration().isEmpty()) {
                String rarest = Names.shown(unseen.labels().rarest());
                charts.add(calibration(
                        "Calibration of " + rarest + ", the rarest class",
                        "probability of " + rarest,
                        "share that was " + rarest,
                        unseen.labels().rarestCalibration()));
            }
        }
        return charts;
    }

    private static Chart curve(String name, List<Unseen.Point> curve) {
        double[] recall = curve.stream().mapToDouble(Unseen.Point::recall).toArray();
        double[] precision = curve.stream().mapToDouble(Unseen.Point::precision).toArray();
        AxisScale scale = AxisScale.linear(DoubleStream.of(0, 1));
        return new Chart(
                "Precision and recall of " + name,
                Axis.of("recall: share of " + name + " that is found", scale),
                Axis.of("precision: share of rows predicted as " + name + " that are right", scale),
                List.of(
                        new Mark.Line("", Hue.BLUE, false, recall, precision),
                        new Mark.Dots(
                                "",
                                Hue.BLUE,
                                recall,
                                precision,
                                i -> "threshold " + Digits.of(curve.get(i).threshold()) + ": precision "
                                        + Digits.of(precision[i]) + ", recall " + Digits.of(recall[i]))),
                "Each dot is a threshold; point at it for its value. Held-out rows.");
    }

    private static List<Part> of(Unseen.Numbers numbers) {
        List<Part> charts = new ArrayList<>(List.of(predicted(numbers), residuals(numbers), histogram(numbers)));
        if (!numbers.coverage().isEmpty()) {
            charts.add(coverage(numbers));
        }
        if (!numbers.coverageByThirds().isEmpty()) {
            charts.add(thirds(numbers));
        }
        return charts;
    }

    private static Mark points(Unseen.Numbers numbers, double[] x, double... y) {
        return new Mark.Dots(
                "",
                Hue.BLUE,
                x,
                y,
                i -> "predicted " + Digits.of(numbers.predicted().get(i)) + ", actual "
                        + Digits.of(numbers.actual().get(i)));
    }

    private static String shown(Unseen.Numbers numbers) {
        int dots = numbers.actual().size();
        return dots < numbers.rows()
                ? " Each dot is a row; " + dots + " of " + numbers.rows() + " were drawn at random."
                : " Each dot is a row.";
    }

    private static Chart predicted(Unseen.Numbers numbers) {
        double[] predicted = Spread.array(numbers.predicted());
        double[] actual = Spread.array(numbers.actual());
        AxisScale scale = AxisScale.linear(DoubleStream.concat(DoubleStream.of(predicted), DoubleStream.of(actual)));
        double[] ends = {scale.low(), scale.high()};
        return new Chart(
                "Predicted and actual " + Names.shown(numbers.target()),
                Axis.of("predicted " + Names.shown(numbers.target()), scale),
                Axis.of("actual " + Names.shown(numbers.target()), scale),
                List.of(new Mark.Line("no error", Hue.GREY, true, ends, ends), points(numbers, predicted, actual)),
                "Closer to the line is better." + shown(numbers));
    }

    private static Chart residuals(Unseen.Numbers numbers) {
        double[] predicted = Spread.array(numbers.predicted());
        double[] residuals = IntStream.range(0, predicted.length)
                .mapToDouble(i -> numbers.actual().get(i) - predicted[i])
                .toArray();
        AxisScale x = AxisScale.linear(DoubleStream.of(predicted));
        AxisScale y = AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(residuals)));
        return new Chart(
                "Residuals of " + Names.shown(numbers.target()),
                Axis.of("predicted " + Names.shown(numbers.target()), x),
                Axis.of("actual minus predicted", y),
                List.of(
                        new Mark.Line("", Hue.GREY, true, new double[] {x.low(), x.high()}, new double[] {0, 0}),
                        points(numbers, predicted, residuals)),
                "A shapeless cloud is good; a bend or a fan shows something left to learn.");
    }

    private static Chart histogram(Unseen.Numbers numbers) {
        double[] edges = Spread.array(numbers.residuals().edges());
        double[] counts = numbers.residuals().counts().stream()
                .mapToDouble(Integer::doubleValue)
                .toArray();
        double[] from =
                IntStream.range(0, counts.length).mapToDouble(i -> edges[i]).toArray();
        double[] to =
                IntStream.range(0, counts.length).mapToDouble(i -> edges[i + 1]).toArray();
        return new Chart(
                "Distribution of the residuals",
                Axis.of(
                        "actual minus predicted " + Names.shown(numbers.target()),
                        AxisScale.linear(DoubleStream.of(edges))),
                Axis.of("rows", AxisScale.whole(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(counts)))),
                List.of(new Mark.Columns(
                        "",
                        Hue.BLUE,
                        from,
                        to,
                        counts,
                        i -> Digits.of(from[i]) + " to " + Digits.of(to[i]) + ": "
                                + Words.count((long) counts[i], "row"))),
                "All " + numbers.rows() + " held-out rows.");
    }

    private static Chart coverage(Unseen.Numbers numbers) {
        double[] levels = Spread.array(Unseen.LEVELS);
        double[] covered = Spread.array(numbers.coverage());
        AxisScale x = AxisScale.linear(DoubleStream.of(0.4, 1));
        AxisScale y = AxisScale.linear(DoubleStream.concat(DoubleStream.of(0.4, 1), DoubleStream.of(covered)));
        double[] ends = {x.low(), x.high()};
        return new Chart(
                "Coverage of intervals",
                Axis.of("level of the interval", x),
                Axis.of("share of held-out rows inside it", y),
                List.of(
                        new Mark.Line("nominal", Hue.GREY, true, ends, ends),
                        new Mark.Line("", Hue.BLUE, false, levels, covered),
                        new Mark.Dots(
                                "",
                                Hue.BLUE,
                                levels,
                                covered,
                                i -> Digits.of(100 * levels[i]) + " % intervals cover " + Digits.of(100 * covered[i])
                                        + " %")),
                "Each row is judged by intervals from the rows of other networks.");
    }

    private static Sheet thirds(Unseen.Numbers numbers) {
        int rows = numbers.rows() / THIRDS.size();
        return new Sheet(
                "Coverage of 90 % intervals by thirds of the prediction",
                List.of("rows with a prediction", "in their interval", "95 % interval of that share"),
                IntStream.range(0, THIRDS.size())
                        .mapToObj(k -> {
                            Unseen.Bin third =
                                    new Unseen.Bin(0, numbers.coverageByThirds().get(k), rows);
                            return Sheet.row(
                                    THIRDS.get(k),
                                    percent(third.right()),
                                    percent(wilson(third, -Z95)) + " to " + percent(wilson(third, Z95)));
                        })
                        .toList(),
                "Intervals are wider where rows are harder to predict. Each row is judged by intervals from other rows.");
    }

    private static String percent(double share) {
        return Digits.of(100 * share) + "\u00A0%";
    }

    private static Chart calibration(String title, String probabilityOf, String shareOf, List<Unseen.Bin> bins) {
        double[] probability =
                bins.stream().mapToDouble(Unseen.Bin::probability).toArray();
        double[] right = bins.stream().mapToDouble(Unseen.Bin::right).toArray();
        AxisScale scale = AxisScale.linear(DoubleStream.concat(
                DoubleStream.of(0), bins.stream().mapToDouble(bin -> Math.max(bin.probability(), wilson(bin, Z90)))));
        double[] ends = {scale.low(), scale.high()};
        return new Chart(
                title,
                Axis.of(probabilityOf, scale),
                Axis.of(shareOf, scale),
                List.of(
                        new Mark.Line("perfect calibration", Hue.GREY, true, ends, ends),
                        new Mark.Ranges(
                                "",
                                Hue.BLUE,
                                probability,
                                bins.stream()
                                        .mapToDouble(bin -> wilson(bin, -Z90))
                                        .toArray(),
                                bins.stream()
                                        .mapToDouble(bin -> wilson(bin, Z90))
                                        .toArray()),
                        new Mark.Dots(
                                "",
                                Hue.BLUE,
                                probability,
                                right,
                                i -> Words.count(bins.get(i).rows(), "row") + ", " + Digits.of(100 * right[i])
                                        + " % right")),
                "Below the line, probabilities are too large; above it, too small. Lines: 90 % intervals (Wilson 1927), long for few rows.");
    }

    private static double wilson(Unseen.Bin bin, double z) {
        return Spread.wilson(bin.right(), bin.rows(), z);
    }

    /** A metric's name in words, with a target's name before it where there are several. */
    public static String label(String metric) {
        int at = metric.lastIndexOf(' ') + 1;
        String name = metric.substring(at);
        return metric.substring(0, at)
                + (Metrics.names().contains(name) ? Metrics.named(name).label() : name);
    }

    /** The metric of all rows, of a linear model, and of each part, in lines one below the other. */
    public RowChart parts(String metric, double ofAll, String yardstick, double linear, String part) {
        List<Double> values = unseen.parts().getOrDefault(metric, List.of());
        List<RowChart.Row> rows = new ArrayList<>();
        double[] finite =
                values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
        rows.add(row(
                "the model",
                DoubleStream.of(finite).min().orElse(ofAll),
                ofAll,
                DoubleStream.of(finite).max().orElse(ofAll),
                true));
        if (!yardstick.isEmpty()) {
            rows.add(row(yardstick, Double.NaN, linear, Double.NaN, false));
        }
        for (int k = 0; k < values.size(); k++) {
            rows.add(row(part + " " + (k + 1), Double.NaN, values.get(k), Double.NaN, false));
        }
        AxisScale scale = AxisScale.linear(Stream.of(DoubleStream.of(ofAll, linear), DoubleStream.of(finite))
                .flatMapToDouble(each -> each));
        return new RowChart(
                "Each " + part + "'s " + label(metric),
                Axis.of(label(metric), scale),
                false,
                rows,
                "Each on its held-out rows. The line reaches from the lowest to the highest.");
    }

    private static RowChart.Row row(String name, double low, double at, double high, boolean strong) {
        return new RowChart.Row(name, low, at, high, List.of(Digits.of(at)), strong);
    }
}
