package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.report.Page;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How the error falls with the number of rows, on training rows and on held-out rows; made by {@code learningCurve}. A wide gap at its end means that more rows will
 * help; a narrow one means that a larger network may. {@code toString} prints a table.
 *
 * @param points by rising numbers of rows
 */
public record LearningCurve(Metric metric, List<Point> points) {

    private static final double[] USUAL = {0.1, 0.325, 0.55, 0.775, 1}; // as scikit-learn's

    /**
     * The scores at one number of rows.
     *
     * @param rows trained on, the mean over folds
     * @param train the metric on the training rows, per fold
     * @param leftOut the metric on the held-out fold, per fold
     */
    public record Point(double rows, List<Double> train, List<Double> leftOut) {

        public Point {
            train = List.copyOf(train);
            leftOut = List.copyOf(leftOut);
        }

        /** The mean training score over folds. */
        public double trainMean() {
            return Spread.mean(Spread.array(train));
        }

        /** The mean held-out score over folds. */
        public double leftOutMean() {
            return Spread.mean(Spread.array(leftOut));
        }

        /** The standard deviation of the training score over folds; NaN for one fold. */
        public double trainStd() {
            return Spread.std(Spread.array(train));
        }

        /** The standard deviation of the held-out score over folds; NaN for one fold. */
        public double leftOutStd() {
            return Spread.std(Spread.array(leftOut));
        }
    }

    public LearningCurve {
        Objects.requireNonNull(metric, "metric is null");
        points = List.copyOf(points);
    }

    /** Scores of one fit. */
    private record Fitted(int rows, double train, double leftOut) {}

    /** On so many threads. */
    static LearningCurve of(
            int threads,
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            Metric metric,
            double... shares) {
        Objects.requireNonNull(estimator, "estimator is null");
        Objects.requireNonNull(folds, "folds is null");
        double[] all = requireShares(shares.length == 0 ? USUAL : shares);
        FoldFit fits = FoldFit.of(estimator, table.rows(FoldFit.known(estimator, table, target)), target);
        Metric shown =
                fits.metrics(Objects.requireNonNull(metric, "metric is null")).get(0);
        Splits splits = Splits.of(folds, fits);
        List<Fitted> each = Tasks.all(threads, Math.multiplyExact(all.length, splits.count()), i -> {
            int fold = i % splits.count();
            long seed = splits.seed(estimator, fold);
            RowSplit split = splits.get(fold);
            int[] train = Subset.of(fits, split.train(), all[i / splits.count()], seed, folds);
            return fitted(fits, estimator, seed, shown, train, split.test());
        });
        return new LearningCurve(
                shown,
                IntStream.range(0, all.length)
                        .mapToObj(s -> point(each.subList(s * splits.count(), (s + 1) * splits.count())))
                        .toList());
    }

    private static double[] requireShares(double... shares) {
        if (!Arrays.stream(shares).allMatch(share -> share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "shares of the rows must be above 0 and at most 1, but were " + Arrays.toString(shares));
        }
        return DoubleStream.of(shares).sorted().distinct().toArray();
    }

    private static Fitted fitted(
            FoldFit fits, Estimator<?, ?> estimator, long seed, Metric metric, int[] train, int... test) {
        try {
            Model model = Model.of(fits.fit(estimator, seed, train));
            return new Fitted(train.length, fits.score(metric, model, train), fits.score(metric, model, test));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "with " + Words.count(train.length, "row") + ": " + e.getMessage() + "; use larger shares", e);
        }
    }

    private static Point point(List<Fitted> folds) {
        return new Point(
                folds.stream().mapToInt(Fitted::rows).average().orElseThrow(),
                folds.stream().map(Fitted::train).toList(),
                folds.stream().map(Fitted::leftOut).toList());
    }

    /** The curve as an HTML page; {@code page().writeTo(file)} writes it. */
    public Page page() {
        return new CurvePage(this).page();
    }

    @Override
    public String toString() {
        return points.stream()
                .map(point -> Math.round(point.rows()) + " rows: " + metric.name() + " "
                        + Spread.text(point.trainMean(), point.trainStd()) + " on these, "
                        + Spread.text(point.leftOutMean(), point.leftOutStd()) + " held out")
                .collect(Collectors.joining("\n"));
    }
}
