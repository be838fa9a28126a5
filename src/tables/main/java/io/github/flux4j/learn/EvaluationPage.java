package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Tiles;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.judge.Evidence;
import io.github.flux4j.internal.pages.UnseenCharts;
import io.github.flux4j.learn.Evaluation.OutOfFold;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** A cross-validation as a page. */
record EvaluationPage(Evaluation evaluation) {

    Page page() {
        return Page.of(
                        "A model of " + Names.shown(evaluation.judge().target()) + ", cross-validated",
                        Words.count(evaluation.folds(), "model") + ", each judged on a fold that it did not train on.")
                .with("", List.of(tiles()))
                .with("On held-out rows", charts());
    }

    private Tiles tiles() {
        List<Tiles.Tile> tiles = new ArrayList<>();
        evaluation.metrics().forEach(metric -> tiles.add(tile(metric)));
        tiles.add(new Tiles.Tile(
                "rows",
                String.valueOf(evaluation.predictions().rows().length),
                evaluation.rowsLeftOut() == 0 ? "" : evaluation.rowsLeftOut() + " without target dropped"));
        tiles.add(
                new Tiles.Tile("time", Figures.seconds(evaluation.elapsed()), Words.count(evaluation.folds(), "fold")));
        return new Tiles(tiles);
    }

    private Tiles.Tile tile(Metric metric) {
        double std = evaluation.std(metric);
        String spread = Double.isNaN(std) ? "" : "std " + Figures.short2(std) + " over folds";
        String linear = evaluation.yardstick().isEmpty()
                ? ""
                : evaluation.yardstick() + " regression: " + Digits.of(evaluation.yardstick(metric)) + "\n";
        double value = Double.isNaN(std) ? evaluation.pooled(metric) : evaluation.mean(metric);
        return new Tiles.Tile(metric.label(), Digits.of(value), linear + spread);
    }

    private List<Part> charts() {
        OutOfFold all = evaluation.predictions();
        Metric first = evaluation.metrics().get(0);
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        parts.put(
                first.name(), DoubleStream.of(evaluation.perFold(first)).boxed().toList());
        Unseen unseen = new Unseen(parts, numbers(all), labels(all), Importance.NONE, Unseen.Reasons.NONE);
        UnseenCharts charts = new UnseenCharts(unseen);
        List<Part> shown = new ArrayList<>(charts.all());
        boolean linear = !evaluation.yardstick().isEmpty();
        shown.add(charts.parts(
                first.name(),
                evaluation.mean(first),
                evaluation.yardstick(),
                linear ? evaluation.yardstick(first) : Double.NaN,
                "fold"));
        return shown;
    }

    private List<Unseen.Numbers> numbers(OutOfFold all) {
        double[][] actual = Arrays.stream(all.targets())
                .mapToObj(target -> new double[] {target})
                .toArray(double[][]::new);
        return all.classes().isEmpty()
                ? Evidence.numbers(List.of(evaluation.judge().target()), actual, all.predictions())
                : List.of();
    }

    private static Unseen.Labels labels(OutOfFold all) {
        int[] actual = Arrays.stream(all.targets()).mapToInt(k -> (int) k).toArray();
        return all.classes().isEmpty() ? Unseen.Labels.NONE : Evidence.labels(all.classes(), actual, all.predictions());
    }
}
