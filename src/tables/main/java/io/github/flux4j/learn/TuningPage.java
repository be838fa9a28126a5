package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.internal.charts.Tiles;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.learn.Tuned.Trial;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A tuning as a page. */
record TuningPage<E extends Estimator<E, ?>>(Tuned<E, ?> tuned) {

    private static final double LOGARITHMIC = 30; // greatest over least value
    private static final int FEWEST_DOTS = 3;

    Page page() {
        return Page.of(
                        Words.count(tuned.trials().size(), "trial"),
                        "Each combination of values was judged on " + Words.count(tuned.folds(), "fold")
                                + " that its models did not train on. As the best of many, the first score is somewhat optimistic.")
                .with("", List.of(tiles()))
                .with("All trials", ranking());
    }

    private List<Part> ranking() {
        List<Part> parts = new ArrayList<>(List.of(ranked()));
        tuned.best().values().keySet().forEach(name -> addOverValues(name, parts));
        parts.add(Part.folded("In numbers", new TrialTable<>(tuned.trials(), tuned.metrics()).sheet()));
        return parts;
    }

    private Tiles tiles() {
        List<Tiles.Tile> tiles = new ArrayList<>();
        if (!tuned.best().failed()) {
            tuned.metrics().forEach(metric -> tiles.add(tile(metric)));
        }
        tuned.best()
                .values()
                .forEach((name, value) ->
                        tiles.add(new Tiles.Tile(Names.shown(name), TrialTable.shown(value), "in the best trial")));
        tiles.add(new Tiles.Tile(
                "trials",
                String.valueOf(tuned.trials().size()),
                tuned.trials().size() < tuned.planned() ? "of " + tuned.planned() + ", interrupted" : "all of them"));
        tiles.add(new Tiles.Tile("time", Figures.seconds(tuned.elapsed()), Words.count(tuned.folds(), "fold")));
        return new Tiles(tiles);
    }

    private Tiles.Tile tile(Metric metric) {
        double std = tuned.best().std(metric);
        return new Tiles.Tile(
                metric.label(),
                Digits.of(tuned.best().mean(metric)),
                "the best" + (Double.isNaN(std) ? "" : "\nstd " + Figures.short2(std) + " over folds"));
    }

    private RowChart ranked() {
        Metric metric = tuned.metric();
        DoubleStream ends = tuned.trials().stream()
                .flatMapToDouble(trial -> DoubleStream.of(low(trial), trial.mean(metric), high(trial)))
                .filter(Double::isFinite);
        return new RowChart(
                "The best first",
                Axis.of(metric.label(), AxisScale.linear(ends)),
                false,
                tuned.trials().stream().map(this::row).toList(),
                "Lines: one standard deviation over folds."
                        + (isHalved() ? " Trials with more epochs come first." : ""));
    }

    private boolean isHalved() {
        return tuned.trials().stream().mapToInt(Trial::epochs).distinct().count() > 1;
    }

    private RowChart.Row row(Trial<E> trial) {
        double mean = trial.mean(tuned.metric());
        return new RowChart.Row(
                trial.number() + ": " + values(trial.values()),
                low(trial),
                mean,
                high(trial),
                List.of(trial.failed() ? "failed" : Digits.of(mean)),
                trial == tuned.best());
    }

    private static String values(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(value -> Names.shown(value.getKey()) + " " + TrialTable.shown(value.getValue()))
                .collect(Collectors.joining(", "));
    }

    private double low(Trial<E> trial) {
        return trial.mean(tuned.metric()) - trial.std(tuned.metric());
    }

    private double high(Trial<E> trial) {
        return trial.mean(tuned.metric()) + trial.std(tuned.metric());
    }

    /** Of numbers; of texts, and of a number that hardly varies, there is nothing to be drawn. */
    private void addOverValues(String name, List<Part> parts) {
        List<Trial<E>> shown = tuned.trials().stream()
                .filter(trial -> !trial.failed() && trial.values().get(name) instanceof Number)
                .toList();
        double[] x = shown.stream()
                .mapToDouble(trial -> ((Number) trial.values().get(name)).doubleValue())
                .toArray();
        if (DoubleStream.of(x).distinct().count() >= FEWEST_DOTS) {
            parts.add(overValues(name, shown, x));
        }
    }

    private Chart overValues(String name, List<Trial<E>> shown, double... x) {
        Metric metric = tuned.metric();
        double[] y = shown.stream().mapToDouble(trial -> trial.mean(metric)).toArray();
        return new Chart(
                Names.shown(name),
                Axis.of(Names.shown(name), AxisScale.fitting(LOGARITHMIC, x)),
                Axis.of(metric.label(), AxisScale.fitting(LOGARITHMIC, y)),
                List.of(new Mark.Dots(
                        "", Hue.BLUE, x, y, i -> values(shown.get(i).values()) + ": " + Digits.of(y[i]))),
                "Each dot is a trial's mean over folds.");
    }
}
