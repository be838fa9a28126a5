package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.learn.Tuning.Range;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The words of this room, for static import.
 *
 * <pre>{@code
 * FittedRegressor mpg = regressor().seed(1).fit(Table.read(Path.of("auto-mpg.csv")), "Miles_per_Gallon");
 * System.out.println(mpg.report());
 * System.out.println(crossValidate(regressor(), cars, "Miles_per_Gallon", kfold(5), RMS, R2));
 * }</pre>
 */
public final class Learn {

    private static final int FOLDS = 5;

    private Learn() {}

    /** Predicts numbers. */
    public static Regressor regressor() {
        return Regressor.of();
    }

    /** Predicts one of two classes or more. */
    public static Classifier classifier() {
        return Classifier.of();
    }

    /** {@link Folds#kfold}: k folds in random order, each tested by a model of the others. */
    public static Folds kfold(int k) {
        return Folds.kfold(k);
    }

    /** {@link Folds#holdout}: this share of the rows, drawn at random, is tested by a model of the others. */
    public static Folds holdout(double share) {
        return Folds.holdout(share);
    }

    /** {@link Folds#leaveOneOut}: each row, or group, is tested by a model of the others. */
    public static Folds leaveOneOut() {
        return Folds.leaveOneOut();
    }

    /**
     * Tells how good an estimator is for rows that it wasn't fitted to: fits it for each fold to the other rows, preparation included, and predicts the
     * fold's. Rows without a target are left out. Folds are done side by side, as many as flux4j may use threads, each on one thread and with chance
     * of its own, made of the estimator's seed, the repeat and the fold; so the answer is the same on any number of threads. The estimator's
     * {@code progress} isn't told of epochs. A class that the other rows lack is predicted with probability 0.
     *
     * @param metrics that are shown; rms, mae and r2, or accuracy and log loss if there is none. All rows count the same
     * @throws IllegalArgumentException if the target, the folds or a metric don't fit the table or the estimator, or nothing can be learnt from a fold's
     *     other rows; names the fold
     * @throws ArithmeticException if training diverges
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric... metrics) {
        return crossValidate(estimator, table, target, folds, done -> {}, metrics);
    }

    /** The same by five folds that keep together what the estimator's {@code groupedBy} and {@code orderedBy} do; else by chance, stratified for classes. */
    public static Evaluation crossValidate(Estimator<?, ?> estimator, Table table, String target, Metric... metrics) {
        Objects.requireNonNull(estimator, "estimator is null");
        return crossValidate(estimator, table, target, estimator.folds(FOLDS), metrics);
    }

    /** The same, and tells of each fold that is done, of one at a time and on any thread: how many there are by then. */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            IntConsumer progress,
            Metric... metrics) {
        return CrossValidation.of(Threads.limit(), estimator, table, target, folds, progress, metrics);
    }

    /**
     * The same by another executor, such as a cluster's: the fits go to it as text, rows and seeds, and the answer is the same.
     *
     * @throws IllegalArgumentException also if the estimator can't be written as text and the executor needs it to be
     * @throws java.util.concurrent.CancellationException if the executor is interrupted
     */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            FoldExecutor executor,
            Metric... metrics) {
        return CrossValidation.of(executor, estimator, table, target, folds, metrics);
    }

    /**
     * Which kind of model is best for a table: {@code linear}, {@code small}, {@code default} (the estimator itself) and {@code wide} networks, {@code tuned}
     * (the best of six random settings for a quarter of each fold's other rows), and {@code average}, of small, default and wide, chosen by held-out predictions
     * with replacement (Caruana and others 2004). All are judged by the same five folds. In each, the average has the weights that the rows of the other folds
     * choose, so that no row judges what it chose. The best is fitted to all rows, and its report has the table in words.
     *
     * @param limit a candidate that would take longer than what is left isn't tried
     * @param others compared by the same folds, by their names
     * @param progress is told the name of each candidate before its turn
     * @throws IllegalArgumentException as {@link #crossValidate}
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Evaluation.Leaderboard leaderboard(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Duration limit,
            Map<String, Evaluation.Contender> others,
            Consumer<String> progress) {
        return Contest.of(estimator, table, target, limit, others, progress);
    }

    /** The same within ten minutes, of a classifier if the target is text, else of a regressor. */
    public static Evaluation.Leaderboard leaderboard(Table table, String target) {
        Estimator<?, ?> usual = table.column(target) instanceof Texts ? classifier() : regressor();
        return leaderboard(usual, table, target, Duration.ofMinutes(10), Map.of(), name -> {});
    }

    /**
     * How an error falls with the number of rows: for each fold, models are made of shares of the other rows, and judged on these and on the fold. Fewer
     * rows are always among more; they are drawn by chance, for classes with the share of each, and of rows in the order of time the latest. Side
     * by side and repeatable as {@link #crossValidate}.
     *
     * @param shares above 0 and at most 1; 0.1, 0.325, 0.55, 0.775 and 1 if there is none
     * @throws IllegalArgumentException as {@link #crossValidate}, or if a share is out of range, or of so few rows that nothing can be learnt
     * @throws ArithmeticException if training diverges
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static LearningCurve learningCurve(
            Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric metric, double... shares) {
        return LearningCurve.of(Threads.limit(), estimator, table, target, folds, metric, shares);
    }

    /** The same by the folds of {@link #crossValidate(Estimator, Table, String, Metric...)}. */
    public static LearningCurve learningCurve(
            Estimator<?, ?> estimator, Table table, String target, Metric metric, double... shares) {
        Objects.requireNonNull(estimator, "estimator is null");
        return learningCurve(estimator, table, target, estimator.folds(FOLDS), metric, shares);
    }

    /** {@link #permutationImportance(Fitted, Table, Metric, int, long)} five times by seed 0. */
    public static Importance permutationImportance(Fitted fitted, Table table, Metric metric) {
        return permutationImportance(fitted, table, metric, 5, 0);
    }

    /**
     * How much a fitted model leans on each column: by how much a metric gets worse when the column's values are shuffled among the rows (Breiman 2001).
     * Of rows that the model was not fitted to, it tells what helps with new ones. Of two columns that say the same, each looks less important than
     * both are.
     *
     * @param table with the target; rows without it are dropped
     * @param repeats of each shuffling
     * @param seed of the shuffling; the same gives the same on any number of threads
     * @throws IllegalArgumentException if the table lacks a column, the metric is for another kind of target, or the model has several targets
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Importance permutationImportance(Fitted fitted, Table table, Metric metric, int repeats, long seed) {
        return PermutationImportance.of(Threads.limit(), fitted, table, metric, repeats, seed);
    }

    /** Searches for the best of an estimator's settings; {@link Tuning} says how. */
    public static <E extends Estimator<E, F>, F extends Fitted> Tuning<E, F> tune(E estimator) {
        return Tuning.of(estimator);
    }

    /** {@link Range#uniform}. */
    public static Range<Double> uniform(double low, double high) {
        return Range.uniform(low, high);
    }

    /** {@link Range#logUniform}. */
    public static Range<Double> logUniform(double low, double high) {
        return Range.logUniform(low, high);
    }

    /** {@link Range#integers}. */
    public static Range<Integer> integers(int low, int high) {
        return Range.integers(low, high);
    }

    /** {@link Range#logIntegers}. */
    public static Range<Integer> logIntegers(int low, int high) {
        return Range.logIntegers(low, high);
    }

    /** One {@code dense} without an activation. */
    public static Network linear() {
        return Network.of("dense");
    }

    /** One {@code dense}. */
    public static Network linear(Activation activation) {
        return Network.of("dense(" + activation.text() + ")");
    }

    /** MLJFlux's {@code Short}: {@code dense(hidden, sigmoid), dropout(p), dense}; 0 hidden units are √(inputs·outputs), rounded. */
    public static Network shortNet(int hidden, double dropout) {
        return Network.of("shortNet(" + hidden + ", " + dropout + ")");
    }

    /** Hidden layers of relu, and a {@code dense}. */
    public static Network mlp(int... hidden) {
        return Network.of(Arrays.stream(hidden)
                .mapToObj(units -> "dense(" + units + ", relu), ")
                .collect(Collectors.joining("", "", "dense")));
    }

    /**
     * A residual network: {@code dense(width, relu)}, blocks {@code x + dense(dropout(0.1)(relu(dense(x))))} of this width, and a {@code dense}
     * (He and others 2016; for tables Gorishniy and others 2021, here without normalisation).
     */
    public static Network resMlp(int width, int blocks) {
        return Network.of("resMlp(" + width + ", " + blocks + ")");
    }
}
