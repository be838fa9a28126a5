package io.github.flux4j.report;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.Unseen.Histogram;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.learn.Classifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.HistoryPage;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.learn.LearningCurve;
import io.github.flux4j.learn.Regressor;
import io.github.flux4j.learn.Tuned;
import io.github.flux4j.report.Page.Part;
import io.github.flux4j.table.Table;
import io.github.flux4j.train.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Pages as people get them, and such as no one should. */
public final class SamplePages {

    /** A name that would do harm, if it could. */
    public static final String NAME = "<script>hacked=1</script>\"'><img src=x onerror=hacked=1>\u0000\u202E\uD800 & ";

    private static final Path DATA = Path.of("src/site/data");

    private SamplePages() {}

    /** By the name of a file. */
    public static Map<String, String> all() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("regressor.html", cars(Learn.regressor().seed(1).epochs(60)));
        pages.put("one-network.html", cars(Learn.regressor().seed(1).epochs(1).networks(1)));
        pages.put(
                "classifier.html",
                Learn.classifier()
                        .seed(1)
                        .epochs(60)
                        .fit(Table.read(DATA.resolve("iris.csv")), "species")
                        .report()
                        .page()
                        .html());
        pages.put(
                "targets.html",
                Learn.regressor()
                        .seed(1)
                        .epochs(20)
                        .fit(Table.read(DATA.resolve("diabetes.csv")), "bmi", "bp")
                        .report()
                        .page()
                        .html());
        pages.put(
                "folds.html",
                Learn.crossValidate(
                                Learn.regressor().seed(1).epochs(20),
                                Table.read(DATA.resolve("diabetes.csv")),
                                "progression",
                                Learn.kfold(5))
                        .page()
                        .html());
        pages.put("tuning.html", tuning().page().html());
        pages.put("curve.html", curve().page().html());
        pages.put("history.html", history());
        pages.put("many-classes.html", manyClasses());
        pages.put("hostile.html", hostile());
        pages.put("charts.html", charts());
        return pages;
    }

    private static String cars(Regressor regressor) throws IOException {
        return regressor
                .fit(Table.read(DATA.resolve("auto-mpg.csv")), "Miles_per_Gallon")
                .report()
                .page()
                .html();
    }

    private static Tuned<Regressor, FittedRegressor> tuning() throws IOException {
        return Learn.tune(Learn.regressor().epochs(10).networks(3))
                .over("eta=1e-4..1000 log")
                .over("hidden=4,16,64")
                .folds(Learn.kfold(3))
                .random(12)
                .seed(1)
                .fit(Table.read(DATA.resolve("auto-mpg.csv")), "Miles_per_Gallon");
    }

    private static LearningCurve curve() throws IOException {
        return Learn.learningCurve(
                Learn.regressor().seed(1).epochs(20),
                Table.read(DATA.resolve("auto-mpg.csv")),
                "Miles_per_Gallon",
                Learn.kfold(3),
                Metrics.RMS);
    }

    private static String history() {
        return HistoryPage.of(new History(
                        List.of(3.0, 0.5, 0.1, 0.02, 0.01),
                        List.of(2.0, 0.6, 0.2, 0.15, 0.16),
                        Map.of("accuracy", List.of(0.3, 0.7, 0.9, 0.95, 0.94)),
                        List.of(2_000_000L, 1_000_000L, 1_100_000L, 900_000L, 1_000_000L),
                        4,
                        false))
                .html();
    }

    private static String manyClasses() {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int label = (int) (40 * Math.pow(random.nextDouble(), 2));
            rows.add(Map.of("x", label + random.nextDouble(), "class", "the class number " + label));
        }
        return Learn.classifier()
                .seed(1)
                .epochs(10)
                .fit(Table.ofMaps(rows), "class")
                .report()
                .page()
                .html();
    }

    /** Made of a table whose names and values would do harm. */
    public static String hostile() {
        return Learn.classifier()
                .seed(1)
                .epochs(3)
                .fit(hostileTable(), NAME)
                .report()
                .page()
                .html();
    }

    /** Every other page that says a user's names, of that table. */
    public static Map<String, String> hostilePages() {
        Map<String, String> pages = new LinkedHashMap<>();
        Classifier quick = Learn.classifier().seed(1).epochs(1).networks(1);
        Table table = hostileTable();
        pages.put("report", hostile());
        pages.put("card", quick.fit(table, NAME).cardPage("Used by " + NAME).html());
        pages.put(
                "targets",
                Learn.regressor()
                        .seed(1)
                        .epochs(1)
                        .networks(2)
                        .fit(table, "<b>" + NAME, "long".repeat(1000))
                        .report()
                        .page()
                        .html());
        pages.put(
                "folds",
                Learn.crossValidate(quick, table, NAME, Learn.kfold(2)).page().html());
        pages.put(
                "tuning",
                Learn.tune(quick)
                        .over("<script>\u202E", Classifier::epochs, 1, 2)
                        .folds(Learn.kfold(2))
                        .fit(table, NAME)
                        .page()
                        .html());
        pages.put(
                "curve",
                Learn.learningCurve(quick, table, NAME, Learn.kfold(2), Metrics.ACCURACY)
                        .page()
                        .html());
        return pages;
    }

    private static Table hostileTable() {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("<b>" + NAME, random.nextDouble());
            row.put("long".repeat(1000), random.nextDouble());
            row.put("constant", NAME);
            row.put(NAME, i % 3 == 0 ? NAME + i % 2 : "x".repeat(300) + i % 2);
            rows.add(row);
        }
        return Table.ofMaps(rows);
    }

    /** Every chart, of usual numbers and of impossible ones. */
    static String charts() {
        Page page = Page.of("Charts", "Of usual numbers, and of others.");
        for (Map.Entry<String, double[]> numbers : numbers().entrySet()) {
            page = page.with(numbers.getKey(), charts(numbers.getValue()));
        }
        return page.html();
    }

    /** What an axis may be asked to show. */
    static Map<String, double[]> numbers() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put("Usual", random.doubles(200).map(x -> 5 * x - 1).toArray());
        numbers.put("None", new double[0]);
        numbers.put("One", new double[] {3});
        numbers.put("Constant", DoubleStream.generate(() -> 1234.5).limit(20).toArray());
        numbers.put("Zeros", new double[20]);
        numbers.put("Not numbers", new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        numbers.put("With gaps", new double[] {1, Double.NaN, 3, 4, Double.NEGATIVE_INFINITY, 2, Double.NaN});
        numbers.put("Tiny", new double[] {1e-300, 2e-300, 5e-300, Double.MIN_VALUE});
        numbers.put("From tiny to huge", new double[] {1e-300, 1, 1e300, 1e10, 1e-10});
        numbers.put("Greatest", new double[] {-Double.MAX_VALUE, Double.MAX_VALUE, 0});
        numbers.put("Large with small differences", new double[] {1e9 + 1, 1e9 + 2, 1e9 + 5, 1e9 + 3});
        numbers.put("Years", new double[] {1970, 1975, 1982, 1979});
        numbers.put("Many", random.doubles(1_000_000).map(x -> x * x * x).toArray());
        return numbers;
    }

    private static List<Part> charts(double... values) {
        double[] x = IntStream.range(0, values.length).asDoubleStream().toArray();
        return List.of(
                chart(AxisScale.linear(DoubleStream.of(values)), x, values),
                chart(AxisScale.logarithmic(DoubleStream.of(values)), x, values),
                histogram(Histogram.of(values)),
                rows(values));
    }

    private static Chart chart(AxisScale scale, double[] x, double... values) {
        return new Chart(
                scale instanceof AxisScale.Linear ? "Linear" : "Logarithmic",
                Axis.of("number", AxisScale.linear(DoubleStream.of(x))),
                Axis.of("value, units", scale),
                List.of(
                        new Mark.Line("line", Hue.BLUE, false, x, values),
                        new Mark.Line("dashed", Hue.GREY, true, x, shifted(values)),
                        new Mark.Dots("dots", Hue.ORANGE, x, values, i -> x[i] + ", " + values[i])),
                "");
    }

    private static double[] shifted(double... values) {
        List<Double> list = new ArrayList<>(DoubleStream.of(values).boxed().toList());
        Collections.rotate(list, 1);
        return list.stream().mapToDouble(v -> v).toArray();
    }

    private static Chart histogram(Histogram histogram) {
        double[] edges = histogram.edges().stream().mapToDouble(e -> e).toArray();
        double[] counts = histogram.counts().stream().mapToDouble(c -> c).toArray();
        return new Chart(
                "Histogram",
                Axis.of("value", AxisScale.linear(DoubleStream.of(edges))),
                Axis.of("count", AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(counts)))),
                List.of(new Mark.Columns(
                        "",
                        Hue.GREEN,
                        DoubleStream.of(edges).limit(counts.length).toArray(),
                        DoubleStream.of(edges).skip(1).toArray(),
                        counts,
                        i -> counts[i] + " in " + edges[i])),
                "");
    }

    private static RowChart rows(double... values) {
        return new RowChart(
                "Bars",
                Axis.of("value", AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(values)))),
                true,
                IntStream.range(0, Math.min(8, values.length))
                        .mapToObj(i -> new RowChart.Row(
                                "row number " + i,
                                values[i] / 2,
                                values[i],
                                values[i],
                                List.of(Digits.of(values[i]), "× 2"),
                                i == 2))
                        .toList(),
                "");
    }
}
