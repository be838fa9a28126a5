package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.holdout;
import static io.github.flux4j.learn.Learn.regressor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether the error that a fit reports is the one on rows that it never saw, with the usual settings: on data made for it, and on tables of a folder, of
 * which a third is kept aside. {@code scripts/held-out-study RESULT.json [FOLDER]}; the folder has {@link StudyTable}s. What the result has already isn't
 * measured again.
 */
public final class HeldOutStudy {

    private static final int SEEDS = 5;
    private static final int PATHS = 20;
    private static final int DAYS = 400;

    /** As long as a block that is held out, so that the horizon is the same. */
    private static final int AHEAD = DAYS / 10;

    private static final int FUTURES = 100;
    private static final double THIRD = 1 / 3.0;

    /** Of a normal distribution: 90 % lie within. */
    private static final double WITHIN = 1.645;

    private final Map<String, Object> result = new LinkedHashMap<>();

    /**
     * What is learnt from, how, and thousands of new rows of the same kind.
     *
     * @param luck by how much the mean square of the noise that was drawn is above that of all noise, in the table; 0 if that isn't looked at
     * @param freshLuck the same in the new rows
     */
    private record Case(Table table, Regressor estimator, Table fresh, double luck, double freshLuck) {

        Case(Table table, Regressor estimator, Table fresh) {
            this(table, estimator, fresh, 0, 0);
        }
    }

    private HeldOutStudy() {}

    @SuppressWarnings("unchecked") // a JSON object has names
    public static void main(String[] arguments) throws IOException {
        HeldOutStudy study = new HeldOutStudy();
        Path file = Path.of(arguments[0]);
        if (Files.exists(file)) {
            study.result.putAll(new Gson().fromJson(Files.readString(file), Map.class));
        }
        study.made(file);
        if (arguments.length > 1) {
            study.tables(Path.of(arguments[1]), file);
        }
    }

    private void write(Path file) throws IOException {
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(result) + "\n");
    }

    private void made(Path file) throws IOException {
        made("groups", PATHS, HeldOutStudy::groups, file);
        made("groups, held out by chance", SEEDS, seed -> byChance(groups(seed)), file);
        made("trend", SEEDS, seed -> days(seed, 0.02, 0, 0), file);
        made("season", SEEDS, seed -> days(seed, 0, 2, 0), file);
        made("walk", PATHS, seed -> days(seed, 0, 0, 0.3), file);
        made("walk, held out by chance", SEEDS, seed -> byChance(days(seed, 0, 0, 0.3)), file);
        made("copies", SEEDS, HeldOutStudy::copies, file);
        made("random target", 2 * SEEDS, seed -> plain(seed, 500, 0), file);
        made("plain, 200 rows", PATHS, seed -> plain(seed, 200, 1), file);
        made("plain, 1000 rows", SEEDS, seed -> plain(seed, 1000, 1), file);
    }

    private static Case byChance(Case divided) {
        return new Case(divided.table(), regressor(), divided.fresh());
    }

    private void made(String name, int seeds, LongFunction<Case> made, Path file) throws IOException {
        if (result.containsKey(name)) {
            return;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Case one = made.apply(seed);
            String target = "y";
            FittedRegressor model = one.estimator().fit(one.table(), target);
            double[] actual = ((Numbers) one.fresh().column(target)).values();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("reportedRms", model.report().leftOut().get("rms"));
            row.put("freshRms", Metrics.RMS.of(actual, model.predict(one.fresh())));
            row.put("freshRmsOfSingleNetworks", Math.sqrt(mean(squares(model, one.fresh(), target))));
            row.put("reportedRmsLessLuck", Math.sqrt(square(row, "reportedRms") - one.luck()));
            row.put("freshRmsLessLuck", Math.sqrt(square(row, "freshRmsOfSingleNetworks") - one.freshLuck()));
            row.put("reportedR2", model.report().leftOut().get("r2"));
            row.put("coverage", coverage(model, one.fresh(), actual));
            row.put("epochs", model.report().training().bestEpoch());
            row.put("notes", model.report().notes());
            all.add(row);
        }
        double[] ratios = all.stream()
                .mapToDouble(row -> (double) row.get("reportedRms") / (double) row.get("freshRms"))
                .toArray();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "meanRatio",
                Math.exp(DoubleStream.of(ratios).map(Math::log).average().orElseThrow()));
        summary.put("pooledRatio", pooled(all, "reportedRms") / pooled(all, "freshRms"));
        summary.put(
                "pooledRatioToSingleNetworks", pooled(all, "reportedRms") / pooled(all, "freshRmsOfSingleNetworks"));
        double[] lessLuck = all.stream()
                .mapToDouble(
                        row -> Math.log((double) row.get("reportedRmsLessLuck") / (double) row.get("freshRmsLessLuck")))
                .toArray();
        summary.put("meanRatioToSingleNetworksLessLuck", Math.exp(mean(lessLuck)));
        summary.put("standardErrorOfIt", Math.sqrt(variance(lessLuck) / lessLuck.length));
        summary.put(
                "withinAFactorOf1.5",
                DoubleStream.of(ratios)
                        .filter(ratio -> ratio < 1.5 && ratio > 1 / 1.5)
                        .count());
        summary.put("ratios", ratios);
        summary.put("each", all);
        result.put(name, summary);
        System.out.printf(
                "%s: reported over fresh rms %.3f (pooled %.3f, of single networks %.3f), from %.2f to %.2f; r2 at most %.3f%n",
                name,
                (double) summary.get("meanRatio"),
                (double) summary.get("pooledRatio"),
                (double) summary.get("pooledRatioToSingleNetworks"),
                DoubleStream.of(ratios).min().orElseThrow(),
                DoubleStream.of(ratios).max().orElseThrow(),
                all.stream()
                        .mapToDouble(row -> (double) row.get("reportedR2"))
                        .max()
                        .orElseThrow());
        write(file);
    }

    private static double square(Map<String, Object> row, String key) {
        return (double) row.get(key) * (double) row.get(key);
    }

    private static double pooled(List<Map<String, Object>> all, String key) {
        return Math.sqrt(
                all.stream().mapToDouble(row -> square(row, key)).average().orElseThrow());
    }

    /** Of the rows that have an interval, those outside the range of training having none; null if no row has one. */
    private static Double coverage(FittedRegressor model, Table fresh, double... actual) {
        double[][] bounds = model.intervals(fresh, LEVEL);
        int[] rows = IntStream.range(0, actual.length)
                .filter(i -> Double.isFinite(bounds[i][0]) && Double.isFinite(bounds[i][1]))
                .toArray();
        return rows.length == 0 ? null : (Double) covered(rows, bounds, actual);
    }

    /** 80 customers of ten rows, with five columns that are constant for each and an effect of their own; 400 new ones. */
    private static Case groups(long seed) {
        return new Case(customers(seed, 80), regressor().groupedBy("customer"), customers(seed + 1000, 400));
    }

    private static Table customers(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 10 * count;
        double[][] cells = new double[7][rows];
        for (int customer = 0; customer < count; customer++) {
            double[] constant = random.doubles(5).toArray();
            double effect = 2 * random.nextGaussian();
            for (int row = 10 * customer; row < 10 * customer + 10; row++) {
                for (int k = 0; k < 5; k++) {
                    cells[k][row] = constant[k];
                }
                cells[5][row] = random.nextDouble();
                cells[6][row] = effect + constant[0] + cells[5][row] + 0.3 * random.nextGaussian();
            }
        }
        return Table.of(
                Texts.of(
                        "customer",
                        IntStream.range(0, rows).mapToObj(row -> "c" + row / 10).toList()),
                Numbers.of("a", cells[0]),
                Numbers.of("b", cells[1]),
                Numbers.of("c", cells[2]),
                Numbers.of("d", cells[3]),
                Numbers.of("e", cells[4]),
                Numbers.of("x", cells[5]),
                Numbers.of("y", cells[6]));
    }

    /** A row a day, with a slope, a season of 50 days whose day is a column, or a level that wanders; then a hundred futures of the same. */
    private static Case days(long seed, double slope, double season, double step) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] past = new double[4][DAYS];
        double level = 0;
        for (int day = 0; day < DAYS; day++) {
            level += step * random.nextGaussian();
            fill(past, day, day, slope, season, level, random);
        }
        double[][] future = new double[4][AHEAD * FUTURES];
        double end = level;
        for (int path = 0; path < FUTURES; path++) {
            double wandered = end;
            for (int ahead = 0; ahead < AHEAD; ahead++) {
                wandered += step * random.nextGaussian();
                fill(future, path * AHEAD + ahead, DAYS + ahead, slope, season, wandered, random);
            }
        }
        return new Case(days(past), regressor().orderedBy("day"), days(future));
    }

    private static void fill(
            double[][] cells, int row, int day, double slope, double season, double level, SplittableRandom random) {
        cells[0][row] = day;
        cells[1][row] = day % 50;
        cells[2][row] = random.nextDouble();
        cells[3][row] = slope * day
                + season * Math.sin(2 * Math.PI * day / 50)
                + level
                + cells[2][row]
                + 0.3 * random.nextGaussian();
    }

    private static Table days(double[][] cells) {
        return Table.of(
                Numbers.of("day", cells[0]),
                Numbers.of("phase", cells[1]),
                Numbers.of("x", cells[2]),
                Numbers.of("y", cells[3]));
    }

    /** A hundred random rows, each four times. */
    private static Case copies(long seed) {
        double[][] rows = uniform(seed, 100);
        double[][] copied =
                IntStream.range(0, 400).mapToObj(row -> rows[row % 100]).toArray(double[][]::new);
        return new Case(numbers(copied), regressor(), numbers(uniform(seed + 1000, 4000)));
    }

    private static double[][] uniform(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(row -> random.doubles(6).toArray())
                .toArray(double[][]::new);
    }

    private static Table numbers(double[]... rows) {
        return Table.of(rows, "a", "b", "c", "d", "e", "y");
    }

    /** A smooth function of two of five columns, times a strength, and noise. */
    private static Case plain(long seed, int rows, double strength) {
        return new Case(
                noisy(seed, rows, strength),
                regressor(),
                noisy(seed + 1000, 5000, strength),
                luck(seed, rows),
                luck(seed + 1000, 5000));
    }

    private static double luck(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed + 5000);
        return IntStream.range(0, rows)
                        .mapToDouble(row -> 0.5 * random.nextGaussian())
                        .map(noise -> noise * noise)
                        .average()
                        .orElseThrow()
                - 0.25;
    }

    private static Table noisy(long seed, int rows, double strength) {
        double[][] cells = uniform(seed, rows);
        SplittableRandom random = new SplittableRandom(seed + 5000);
        for (double[] row : cells) {
            row[5] = strength * (Math.sin(5 * row[0]) + 2 * row[1] * row[2]) + 0.5 * random.nextGaussian();
        }
        return numbers(cells);
    }

    private static double mean(double... values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double variance(double... values) {
        double mean = mean(values);
        return DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    }

    /** Of each row, the mean over networks of a single one's squared error. */
    private static double[] squares(FittedRegressor model, Table fresh, String target) {
        return ofSingle(model, fresh, target, (actual, predicted) -> (actual - predicted[0]) * (actual - predicted[0]));
    }

    private interface Error {
        double of(double actual, double... predicted);
    }

    private static double[] ofSingle(Fitted model, Table fresh, String target, Error error) {
        Judge judge = new Judge(model.model().goal(), target);
        double[] actual = judge.actual(fresh);
        double[] sum = new double[actual.length];
        double[][] each = model.meant(fresh);
        for (double[] network : each) {
            double[][] predicted = judge.predicted(model.model().goal(), network);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += error.of(actual[i], predicted[i]) / each.length;
            }
        }
        return sum;
    }

    private static double[] ofMean(Fitted model, Table fresh, String target, Error error) {
        Judge judge = new Judge(model.model().goal(), target);
        double[] actual = judge.actual(fresh);
        double[][] predicted = judge.predicted(model.model().goal(), Model.mean(model.meant(fresh)));
        return IntStream.range(0, actual.length)
                .mapToDouble(i -> error.of(actual[i], predicted[i]))
                .toArray();
    }

    /** Reported against fresh: of numbers the mean squared error, of classes the mean log loss. */
    private void tables(Path folder, Path file) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        result.put("tables", all);
        for (StudyTable table : StudyTable.of(folder)) {
            all.add(table(table));
            write(file);
        }
        result.put(
                "tablesWithin",
                all.stream().filter(row -> (boolean) row.get("within")).count());
        double[] logs = all.stream()
                .mapToDouble(row -> Math.log((double) row.get("reportedOverFreshOfSingleNetworks")))
                .toArray();
        result.put("tablesMeanRatioToSingleNetworks", Math.exp(mean(logs)));
        result.put("tablesStandardErrorOfIt", Math.sqrt(variance(logs) / logs.length));
        write(file);
        System.out.println(
                result.get("tablesWithin") + " of " + all.size() + " tables within their 90 % interval, mean ratio "
                        + result.get("tablesMeanRatioToSingleNetworks") + " ± "
                        + result.get("tablesStandardErrorOfIt"));
    }

    private Map<String, Object> table(StudyTable of) throws IOException {
        boolean ofClasses = of.ofClasses();
        String target = of.target();
        Table table = of.read();
        RowSplit split = holdout(THIRD).of(table, target).get(0);
        Table fresh = table.rows(split.test());
        Fitted model = ofClasses
                ? classifier().fit(table.rows(split.train()), target)
                : regressor().fit(table.rows(split.train()), target);
        Error error = ofClasses
                ? (actual, predicted) -> -Math.log(Math.max(1e-15, predicted[(int) actual]))
                : (actual, predicted) -> (actual - predicted[0]) * (actual - predicted[0]);
        Map<String, Double> leftOut = model.report().leftOut();
        double reported = ofClasses ? leftOut.get("logLoss") : leftOut.get("rms") * leftOut.get("rms");
        double[] single = ofSingle(model, fresh, target, error);
        double deviation = Math.sqrt(variance(single) * (1.0 / single.length + 1.0 / split.train().length));
        double z = (reported - mean(single)) / deviation;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", of.name());
        row.put("rows", split.train().length);
        row.put("measure", ofClasses ? "logLoss" : "meanSquaredError");
        row.put("reported", reported);
        row.put("fresh", mean(ofMean(model, fresh, target, error)));
        row.put("freshOfSingleNetworks", mean(single));
        row.put("reportedOverFreshOfSingleNetworks", reported / mean(single));
        row.put("deviations", z);
        row.put("within", Math.abs(z) <= WITHIN);
        row.put("notes", model.report().notes());
        if (model instanceof FittedRegressor regressor) {
            row.put("intervals", intervals(regressor, fresh, target));
        }
        System.out.println(row);
        return row;
    }

    private static final double LEVEL = 0.9;

    /** The model's 90 % intervals on fresh rows, and beside them intervals of one width for all rows, which is their mean width. */
    private static Map<String, Object> intervals(FittedRegressor model, Table fresh, String target) {
        double[] predicted = model.predict(fresh);
        double[] actual = new Judge(model.model().goal(), target).actual(fresh);
        double[][] bounds = model.intervals(fresh, LEVEL);
        int[] rows = IntStream.range(0, actual.length)
                .filter(i -> Double.isFinite(bounds[i][0]) && Double.isFinite(bounds[i][1]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> predicted[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double width = mean(
                IntStream.of(rows).mapToDouble(i -> bounds[i][1] - bounds[i][0]).toArray());
        double[][] same = IntStream.range(0, actual.length)
                .mapToObj(i -> new double[] {predicted[i] - width / 2, predicted[i] + width / 2})
                .toArray(double[][]::new);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("rows", rows.length);
        result.put("rowsWithout", actual.length - rows.length);
        result.put("meanWidth", width);
        result.put("adapted", judged(rows, bounds, actual));
        result.put("oneWidth", judged(rows, same, actual));
        return result;
    }

    private static Map<String, Object> judged(int[] ascending, double[][] bounds, double... actual) {
        int n = ascending.length;
        List<Double> thirds = IntStream.range(0, 3)
                .mapToObj(third ->
                        covered(Arrays.copyOfRange(ascending, third * n / 3, (third + 1) * n / 3), bounds, actual))
                .toList();
        double[] scores = IntStream.of(ascending)
                .mapToDouble(i -> bounds[i][1]
                        - bounds[i][0]
                        + 2 / (1 - LEVEL) * Math.max(0, Math.max(bounds[i][0] - actual[i], actual[i] - bounds[i][1])))
                .toArray();
        return Map.of(
                "coverage", covered(ascending, bounds, actual), "byThirds", thirds, "intervalScore", mean(scores));
    }

    private static double covered(int[] rows, double[][] bounds, double... actual) {
        return IntStream.of(rows)
                        .filter(i -> bounds[i][0] <= actual[i] && actual[i] <= bounds[i][1])
                        .count()
                / (double) rows.length;
    }
}
