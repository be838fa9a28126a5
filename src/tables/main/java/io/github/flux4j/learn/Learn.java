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
 * The entry points for models of tables, for static import. For any thread.
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

    /** Predicts numbers: by default ten networks, at most 400 epochs each, 40 epochs of patience; {@link Estimator} says the rest. */
    public static Regressor regressor() {
        return Regressor.of();
    }

    /** Predicts one of two or more classes: by default ten networks, at most 400 epochs each, 40 epochs of patience; {@link Estimator} says the rest. */
    public static Classifier classifier() {
        return Classifier.of();
    }

    /** {@link Folds#kfold}: k random folds, each predicted by a model trained on the others. */
    public static Folds kfold(int k) {
        return Folds.kfold(k);
    }

    /** {@link Folds#holdout}: holds out this share of the rows, at random. */
    public static Folds holdout(double share) {
        return Folds.holdout(share);
    }

    /** {@link Folds#leaveOneOut}: holds out each row, or group, in turn. */
    public static Folds leaveOneOut() {
        return Folds.leaveOneOut();
    }

    /**
     * Estimates how well an estimator predicts new rows: for each fold, fits it to the other rows, preparation included, and predicts the fold. Rows without a target
     * are dropped. A class that the other rows lack gets probability 0.
     *
     * <p>Folds run side by side, each on one thread, on as many threads as flux4j may use. Each draws its own randomness from the estimator's seed, the repeat and
     * the fold, so the number of threads does not change the result. The estimator's {@code progress} is not called.
     *
     * @param metrics to print; by default rms, mae and r2, or accuracy and log loss. All rows count the same
     * @throws IllegalArgumentException if target, folds or a metric don't fit the table or the estimator, or a fold's other rows have nothing to learn from; names
     *     the fold
     * @throws ArithmeticException if training diverges
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric... metrics) {
        return crossValidate(estimator, table, target, folds, done -> {}, metrics);
    }

    /** Cross-validates with {@link Estimator#folds(int) five folds of the estimator}: by its groups or order, else random, stratified for classes. */
    public static Evaluation crossValidate(Estimator<?, ?> estimator, Table table, String target, Metric... metrics) {
        Objects.requireNonNull(estimator, "estimator is null");
        return crossValidate(estimator, table, target, estimator.folds(FOLDS), metrics);
    }

    /** Cross-validates, and reports the number of finished folds after each, from any thread, one call at a time. */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            IntConsumer progress,
            Metric... metrics) {
        return new CrossValidation(estimator, table, target, folds, metrics).on(Threads.limit(), progress);
    }

    /**
     * Cross-validates on another executor, such as a cluster. It receives the fits as text, rows and seeds; the result is the same.
     *
     * @throws IllegalArgumentException also if the executor needs the estimator as text, and it has none
     * @throws java.util.concurrent.CancellationException if the executor is interrupted
     */
    public static Evaluation crossValidate(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            FoldExecutor executor,
            Metric... metrics) {
        return new CrossValidation(estimator, table, target, folds, metrics).by(executor);
    }

    /**
     * Compares kinds of models on the same five folds, and fits the best to all rows. The candidates are {@code linear}, {@code small}, {@code default} (the
     * estimator itself), {@code wide}, {@code tuned} and {@code average}. {@code tuned} is the best of six random settings, tried on a quarter of each fold's other
     * rows. {@code average} weights small, default and wide by held-out predictions, chosen with replacement (Caruana and others 2004). For each fold, the other
     * folds choose the weights, so no row judges what it chose. The winner's report contains the comparison.
     *
     * @param limit a candidate that would exceed the remaining time is skipped
     * @param others more contenders for the same folds, by name
     * @param progress receives each candidate's name before its turn
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

    /** Runs a leaderboard of at most ten minutes: of a classifier for a text target, else of a regressor. */
    public static Evaluation.Leaderboard leaderboard(Table table, String target) {
        Estimator<?, ?> usual = table.column(target) instanceof Texts ? classifier() : regressor();
        return leaderboard(usual, table, target, Duration.ofMinutes(10), Map.of(), name -> {});
    }

    /**
     * Measures how the error falls with the number of rows: for each fold, trains on shares of the other rows, and judges on those and on the fold. Smaller shares
     * are subsets of larger ones: random, stratified for classes, or the latest rows in the order of time. Threads and repeatability are those of
     * {@link #crossValidate}.
     *
     * @param shares above 0 and at most 1; default 0.1, 0.325, 0.55, 0.775 and 1
     * @throws IllegalArgumentException as {@link #crossValidate}, or if a share is out of range or has too few rows to learn from
     * @throws ArithmeticException if training diverges
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static LearningCurve learningCurve(
            Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric metric, double... shares) {
        return LearningCurve.of(Threads.limit(), estimator, table, target, folds, metric, shares);
    }

    /** Measures a learning curve with {@link Estimator#folds(int) five folds of the estimator}. */
    public static LearningCurve learningCurve(
            Estimator<?, ?> estimator, Table table, String target, Metric metric, double... shares) {
        Objects.requireNonNull(estimator, "estimator is null");
        return learningCurve(estimator, table, target, estimator.folds(FOLDS), metric, shares);
    }

    /** Measures permutation importance with five shuffles per column and seed 0. */
    public static Importance permutationImportance(Fitted fitted, Table table, Metric metric) {
        return permutationImportance(fitted, table, metric, 5, 0);
    }

    /**
     * Measures how much a model relies on each column: how much a metric worsens when the column's values are shuffled among the rows (Breiman 2001). On rows that
     * the model did not train on, it shows what helps with new rows. Two columns with the same information each look less important than they are together.
     *
     * @param table with the target; rows without it are dropped
     * @param repeats shuffles per column
     * @param seed of the shuffles; the same seed gives the same result on any number of threads
     * @throws IllegalArgumentException if the table lacks a column, the metric is for another kind of target, or the model has several targets
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Importance permutationImportance(Fitted fitted, Table table, Metric metric, int repeats, long seed) {
        return PermutationImportance.of(Threads.limit(), fitted, table, metric, repeats, seed);
    }

    /** Searches for the best settings of an estimator: by default 30 random trials on five folds. {@link Tuning} says how. */
    public static <E extends Estimator<E, F>, F extends Fitted> Tuning<E, F> tune(E estimator) {
        return Tuning.of(estimator);
    }

    /** All numbers from low to high, equally likely; {@link Range#uniform}. */
    public static Range<Double> uniform(double low, double high) {
        return Range.uniform(low, high);
    }

    /** All numbers from low to high, with a uniform logarithm; {@link Range#logUniform}. */
    public static Range<Double> logUniform(double low, double high) {
        return Range.logUniform(low, high);
    }

    /** All integers from low to high, equally likely; {@link Range#integers}. */
    public static Range<Integer> integers(int low, int high) {
        return Range.integers(low, high);
    }

    /** All integers from low to high, with a uniform logarithm; {@link Range#logIntegers}. */
    public static Range<Integer> logIntegers(int low, int high) {
        return Range.logIntegers(low, high);
    }

    /** A linear network: one {@code dense} without an activation. */
    public static Network linear() {
        return Network.of("dense");
    }

    /** One {@code dense} with this activation. */
    public static Network linear(Activation activation) {
        return Network.of("dense(" + activation.text() + ")");
    }

    /** MLJFlux's {@code Short}: {@code dense(hidden, sigmoid), dropout(p), dense}; 0 hidden units mean √(inputs·outputs), rounded. */
    public static Network shortNet(int hidden, double dropout) {
        return Network.of("shortNet(" + hidden + ", " + dropout + ")");
    }

    /** A multilayer perceptron: hidden layers of these sizes with relu, then a {@code dense}. */
    public static Network mlp(int... hidden) {
        return Network.of(Arrays.stream(hidden)
                .mapToObj(units -> "dense(" + units + ", relu), ")
                .collect(Collectors.joining("", "", "dense")));
    }

    /**
     * A residual network: {@code dense(width, relu)}, blocks {@code x + dense(dropout(0.1)(relu(dense(x))))} of this width, then relu and a {@code dense} (He and
     * others 2016; for tables Gorishniy and others 2021, here without normalisation).
     */
    public static Network resMlp(int width, int blocks) {
        return Network.of("resMlp(" + width + ", " + blocks + ")");
    }
}
