package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.charts.Tiles;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.judge.Evidence;
import io.github.flux4j.internal.pages.ImportanceChart;
import io.github.flux4j.internal.pages.ReasonCharts;
import io.github.flux4j.internal.pages.UnseenCharts;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A fit's report as a page. */
record FitPage(Report report) {

    private static final double LOGARITHMIC = 30; // greatest over least loss

    Page page() {
        String targets = report.targets().stream().map(Names::shown).collect(Collectors.joining(", "));
        String verdict = report.verdict().isEmpty() ? "" : Words.sentence(report.verdict()) + " ";
        boolean areClasses = report.leftOut().containsKey("accuracy");
        double error = areClasses
                ? 1 - report.leftOut().get("accuracy")
                : report.leftOut().getOrDefault("mae", Double.NaN);
        ReasonCharts reasons = new ReasonCharts(report.unseen().reasons(), areClasses, error);
        return Page.of("A model of " + targets, verdict + lead())
                .with("", summary())
                .with(
                        "Equation",
                        report.equations().stream().map(Report.Equation::sheet).toList())
                .with("On held-out rows", unseen())
                .with("Where it fails", reasons.failing())
                .with("What drives its predictions", reasons.moving())
                .with("Training", training())
                .with("Data", data())
                .with("Settings and environment", circumstances());
    }

    private String lead() {
        boolean isLine = report.training().bestEpoch() == 0;
        String learnt = (isLine ? "A line" : Words.count(report.training().networks(), "network")) + " learnt from "
                + Words.count(report.data().rows(), "row");
        if (report.leftOut().isEmpty()) {
            return learnt + ". No row was held out, so the error on new rows is unknown.";
        }
        if (isLine) {
            return learnt + ". Each held-out row was judged by a line that had not seen it.";
        }
        return learnt
                + (report.training().networks() == 1
                        ? "; it was judged on the held-out part of them."
                        : "; each was judged on the share that it held out. The model averages the networks, so it is somewhat better than these figures for single networks.");
    }

    private List<Part> summary() {
        List<Tiles.Tile> tiles = new ArrayList<>();
        report.leftOut().forEach((metric, value) -> tiles.add(tile(metric, value)));
        if (Double.isFinite(report.quality().width())) {
            tiles.add(new Tiles.Tile(
                    "90 % intervals",
                    "±\u00A0" + Digits.of(report.quality().width() / 2),
                    "on average\ncover " + Digits.of(100 * report.quality().coverage())
                            + "\u00A0% of the held-out rows"));
        }
        int without = report.data().rowsLeftOut().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        tiles.add(new Tiles.Tile(
                "rows", String.valueOf(report.data().rows()), without == 0 ? "all of them" : without + " dropped"));
        tiles.add(new Tiles.Tile(
                "training",
                Figures.seconds(report.elapsed()),
                report.training().bestEpoch() == 0
                        ? "a line"
                        : Words.count(report.training().bestEpoch(), "epoch") + "\n" + ending()));
        List<Part> parts = new ArrayList<>(List.of(new Tiles(tiles)));
        if (!report.training().division().isEmpty()) {
            parts.add(Part.text(Words.sentence(report.training().division())));
        }
        report.notes().forEach(note -> parts.add(Part.text("Note: " + note + ".")));
        return parts;
    }

    private String ending() {
        return switch (report.training().ending()) {
            case LAST_EPOCH -> "the maximum";
            case PATIENCE -> "then the loss stopped falling";
            case TIME_LIMIT -> "then the time limit was reached";
            case INTERRUPTED -> "then it was interrupted";
            case DIVERGED -> "then it diverged";
        };
    }

    private Tiles.Tile tile(String metric, double value) {
        double spread = Evidence.deviation(report.unseen().parts().getOrDefault(metric, List.of()));
        Double linear = report.quality().yardsticks().get(metric);
        String note = (linear == null ? "" : report.quality().yardstick() + " regression: " + Digits.of(linear) + "\n")
                + (Double.isNaN(spread) ? "" : "std " + Figures.short2(spread) + " over networks");
        return new Tiles.Tile(UnseenCharts.label(metric), Digits.of(value), note);
    }

    private List<Part> unseen() {
        UnseenCharts charts = new UnseenCharts(report.unseen());
        List<Part> parts = new ArrayList<>(charts.all());
        report.unseen().parts().keySet().stream()
                .limit(1)
                .forEach(metric -> parts.add(charts.parts(
                        metric,
                        report.leftOut().getOrDefault(metric, Double.NaN),
                        report.quality().yardstick(),
                        report.quality().yardsticks().getOrDefault(metric, Double.NaN),
                        "network")));
        return parts;
    }

    private List<Part> training() {
        if (report.training().losses().isEmpty()) {
            return List.of();
        }
        double[] losses = Spread.array(report.training().losses());
        double[] leftOut = Spread.array(report.training().leftOutLosses());
        double[] all = DoubleStream.concat(DoubleStream.of(losses), DoubleStream.of(leftOut))
                .toArray();
        AxisScale y = AxisScale.fitting(LOGARITHMIC, all);
        AxisScale x = AxisScale.whole(DoubleStream.of(0, Math.max(1, Math.max(losses.length, leftOut.length) - 1)));
        List<Mark> marks = new ArrayList<>();
        double[] best = {report.training().bestEpoch(), report.training().bestEpoch()};
        marks.add(new Mark.Line("chosen epoch", Hue.GREY, true, best, new double[] {y.low(), y.high()}));
        marks.add(new Mark.Line("training rows", Hue.BLUE, false, epochs(losses), losses));
        if (leftOut.length > 0) {
            marks.add(new Mark.Line("held-out rows", Hue.ORANGE, false, epochs(leftOut), leftOut));
        }
        return List.of(new Chart(
                "Loss",
                Axis.of("epoch", x),
                Axis.of("loss, mean over networks", y),
                marks,
                "Before training and after each epoch. For numbers, it is the loss on the scaled target." + dropout()));
    }

    private String dropout() {
        return report.settings()
                        .getOrDefault("network", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("dropout")
                ? " The held-out loss may be lower, because the training loss is measured with dropout and before each batch's update."
                : "";
    }

    private static double[] epochs(double... losses) {
        return IntStream.range(0, losses.length).asDoubleStream().toArray();
    }

    private List<Part> data() {
        List<Part> parts = new ArrayList<>();
        parts.addAll(new ImportanceChart(report.unseen().importance())
                .parts(report.data().columns().size(), heldOut()));
        parts.add(Sheet.of(
                "How each column is used", "column", "use", report.data().columns()));
        if (!report.data().rowsLeftOut().isEmpty()) {
            parts.add(Sheet.of(
                    "Dropped rows",
                    "reason",
                    "rows",
                    report.data().rowsLeftOut().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())))));
        }
        return parts;
    }

    /** How many rows judged the model. */
    private int heldOut() {
        Unseen unseen = report.unseen();
        return unseen.numbers().isEmpty()
                ? unseen.labels().confusion().stream()
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .sum()
                : unseen.numbers().get(0).rows();
    }

    private List<Part> circumstances() {
        List<Part> parts = new ArrayList<>(List.of(Sheet.of("Settings", "setting", "value", report.settings())));
        if (!report.environment().isEmpty()) {
            parts.add(Sheet.of("Environment", "item", "value", report.environment()));
        }
        return parts;
    }
}
