package io.github.flux4j.learn;

import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.Tiles;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import io.github.flux4j.train.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The HTML page of a training history: charts of losses, metrics and time. Safe for any thread. */
public final class HistoryPage {

    private static final double LOGARITHMIC = 30; // greatest over least loss
    private static final double NANOS = 1e9;

    private final History history;

    private HistoryPage(History history) {
        this.history = history;
    }

    /** The page of a training history; {@code writeTo(file)} writes it. */
    public static Page of(History history) {
        return new HistoryPage(Objects.requireNonNull(history, "history is null")).page();
    }

    private Page page() {
        List<Part> charts = new ArrayList<>(List.of(losses()));
        history.metrics().forEach((name, values) -> charts.add(metric(name, Spread.array(values))));
        charts.add(time());
        return Page.of("A training run", "").with("", List.of(tiles())).with("Epoch by epoch", charts);
    }

    private Tiles tiles() {
        List<Tiles.Tile> tiles = new ArrayList<>();
        int epochs = history.epochs();
        tiles.add(
                new Tiles.Tile("epochs", String.valueOf(epochs), history.stopped() ? "stopped early" : "all of them"));
        if (epochs > 0) {
            tiles.add(new Tiles.Tile("last loss", Digits.of(history.lastLoss()), ""));
        }
        if (history.bestEpoch() > 0) {
            tiles.add(new Tiles.Tile(
                    "best validation loss",
                    Digits.of(history.validationLosses().get(history.bestEpoch() - 1)),
                    "after epoch " + history.bestEpoch()));
        }
        tiles.add(new Tiles.Tile("time", Digits.of(DoubleStream.of(seconds()).sum()) + " s", "without validation"));
        return new Tiles(tiles);
    }

    private Chart losses() {
        double[] losses = Spread.array(history.losses());
        double[] validation = Spread.array(history.validationLosses());
        double[] all = DoubleStream.concat(DoubleStream.of(losses), DoubleStream.of(validation))
                .toArray();
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Line("training, before each update", Hue.BLUE, false, epochs(losses), losses));
        if (validation.length > 0) {
            marks.add(new Mark.Line("validation", Hue.ORANGE, false, epochs(validation), validation));
        }
        return new Chart("Loss", x(), Axis.of("loss", AxisScale.fitting(LOGARITHMIC, all)), marks, "");
    }

    private Chart metric(String name, double... values) {
        AxisScale scale = AxisScale.linear(DoubleStream.of(values));
        Mark line = new Mark.Line("", Hue.ORANGE, false, epochs(values), values);
        return new Chart(name + " of the validation data", x(), Axis.of(name, scale), List.of(line), "");
    }

    private Chart time() {
        double[] seconds = seconds();
        AxisScale scale = AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(seconds)));
        Mark line = new Mark.Line("", Hue.GREY, false, epochs(seconds), seconds);
        return new Chart("Time of each epoch", x(), Axis.of("seconds", scale), List.of(line), "");
    }

    private Axis x() {
        return Axis.of("epoch", AxisScale.whole(DoubleStream.of(1, Math.max(2, history.epochs()))));
    }

    private double[] seconds() {
        return history.elapsedNanos().stream()
                .mapToDouble(nanos -> nanos / NANOS)
                .toArray();
    }

    private static double[] epochs(double... values) {
        return IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    }
}
