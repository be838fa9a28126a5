package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How well an estimator predicts rows that it did not train on; made by {@code crossValidate}. It keeps all predictions, so any metric can be computed later.
 * Immutable. {@code toString} prints a few lines, such as {@code rms 2.62 (std 0.27)   r2 0.88 (std 0.03)   ridge: rms 3.14}.
 */
public final class Evaluation {

    private final Judge judge;
    private final List<Metric> metrics;
    private final List<Tested> folds;
    private final int rowsLeftOut;
    private final String division;
    private final Duration elapsed;

    /**
     * One fold, tested.
     *
     * @param rows that were tested, of the table that was given
     * @param trained how many rows were trained on
     * @param actual what is true of them
     * @param predicted by the model
     * @param linear predicted by the yardstick; null if there is none
     */
    record Tested(int[] rows, int trained, double[] actual, double[][] predicted, double @Nullable [][] linear) {}

    /** What is in the folds is said in words, empty if it is chance alone. */
    Evaluation(
            Judge judge, List<Metric> metrics, List<Tested> folds, int rowsLeftOut, String division, Duration elapsed) {
        this.judge = judge;
        this.metrics = List.copyOf(metrics);
        this.folds = List.copyOf(folds);
        this.rowsLeftOut = rowsLeftOut;
        this.division = division;
        this.elapsed = elapsed;
    }

    /** The metrics asked for, or the defaults. */
    public List<Metric> metrics() {
        return metrics;
    }

    /**
     * The metric of each fold, in order.
     *
     * @throws IllegalArgumentException if the metric is for the other kind of target, or can't be computed
     */
    public double[] perFold(Metric metric) {
        return perFold(metric, Tested::predicted);
    }

    private double[] perFold(Metric metric, Function<Tested, double[][]> predictions) {
        return folds.stream()
                .mapToDouble(fold -> judge.score(metric, fold.actual(), predictions.apply(fold)))
                .toArray();
    }

    /** The metric's mean over folds. */
    public double mean(Metric metric) {
        return Spread.mean(perFold(metric));
    }

    /** The metric's standard deviation over folds, {@code √(Σ(x − x̄)² / (n − 1))}; NaN for one fold. */
    public double std(Metric metric) {
        return Spread.std(perFold(metric));
    }

    /** The metric over the predictions of all folds together; use it for folds of a row or two. */
    public double pooled(Metric metric) {
        OutOfFold all = predictions();
        return judge.score(metric, all.targets(), all.predictions());
    }

    /** The held-out prediction of each tested row. */
    public OutOfFold predictions() {
        return new OutOfFold(
                folds.stream().flatMapToInt(fold -> Arrays.stream(fold.rows())).toArray(),
                IntStream.range(0, folds.size())
                        .flatMap(i -> IntStream.of(folds.get(i).rows()).map(row -> i))
                        .toArray(),
                folds.stream()
                        .flatMapToDouble(fold -> Arrays.stream(fold.actual()))
                        .toArray(),
                folds.stream()
                        .flatMap(fold -> Arrays.stream(fold.predicted()))
                        .map(double[]::clone)
                        .toArray(double[][]::new),
                judge.classes());
    }

    /** The linear model that got the same folds, {@code ridge} or {@code logistic}; empty if none did. */
    public String yardstick() {
        boolean all = folds.stream().allMatch(fold -> fold.linear() != null);
        String linear = judge.goal() instanceof Classes ? "logistic" : "ridge";
        return all ? linear : "";
    }

    /**
     * The linear model's metric, the mean over folds.
     *
     * @throws IllegalStateException if there is no linear model
     */
    public double yardstick(Metric metric) {
        if (yardstick().isEmpty()) {
            throw new IllegalStateException(
                    "there is no linear model to compare with: it was switched off, or a fit was cut short");
        }
        return Spread.mean(perFold(metric, Tested::linear));
    }

    /**
     * This evaluation's metric minus another's on the same folds, with an interval for the true difference.
     *
     * @param level the interval's confidence, such as 0.95
     * @throws IllegalArgumentException if the folds differ, or there is only one
     */
    public ScoreDifference minus(Evaluation other, Metric metric, double level) {
        if (!Arrays.deepEquals(rowsByFold(), other.rowsByFold())) {
            throw new IllegalArgumentException(
                    "only evaluations on the same folds can be compared, but these tested different rows; give both the same table, target and folds");
        }
        double testToTrain = folds.stream()
                .mapToDouble(fold -> (double) fold.rows().length / fold.trained())
                .average()
                .orElseThrow();
        return ScoreDifference.of(perFold(metric), other.perFold(metric), testToTrain, level);
    }

    private int[][] rowsByFold() {
        return folds.stream().map(Tested::rows).toArray(int[][]::new);
    }

    /** An HTML page: figures, charts of all predictions, each fold's error; {@code page().writeTo(file)} writes it. */
    public Page page() {
        return new EvaluationPage(this).page();
    }

    /** The page's parts, to put on another page. */
    public List<Part> parts() {
        return page().sections().stream()
                .flatMap(section -> section.parts().stream())
                .toList();
    }

    Judge judge() {
        return judge;
    }

    List<Tested> tested() {
        return folds;
    }

    /** A training method of your own that a leaderboard compares. */
    public interface Contender {

        /**
         * Trains on rows. The leaderboard calls it from several threads at once.
         *
         * @param classes the target's possible classes; empty for numbers
         * @param seed for its randomness
         */
        Model fit(Table rows, String target, List<String> classes, long seed);

        /** A trained contender. */
        interface Model {
            /** One number per row, or the probabilities of the classes. */
            double[][] predict(Table rows);

            /** The model's size. */
            long bytes();
        }
    }

    /**
     * The result of a {@code leaderboard}; {@code toString} prints a table, and its first line names the winner.
     *
     * @param metric that ranks: rms or log loss
     * @param entries the best first
     * @param winner the best of flux4j's own candidates
     * @param notes what was skipped, and why
     * @param fitted the winner, trained on all rows
     */
    public record Leaderboard(
            Metric metric,
            List<Entry> entries,
            Entry winner,
            List<String> notes,
            @Nullable Fitted fitted) {

        /**
         * One candidate.
         *
         * @param error mean over folds
         * @param low lower end of the error's 95 % interval, as in {@link ScoreDifference}
         * @param high upper end
         * @param seconds to fit one fold on one thread
         * @param micros to predict one row, in a fold's batch
         * @param bytes of parameters
         */
        public record Entry(
                String name,
                Evaluation evaluation,
                double error,
                double low,
                double high,
                double seconds,
                double micros,
                long bytes) {

            private String text(String form) {
                return String.format(
                        Locale.ROOT,
                        form,
                        name,
                        Figures.short3(error),
                        Figures.short3(low) + " to " + Figures.short3(high),
                        Figures.short3(seconds),
                        Figures.short3(micros),
                        bytes < 1000 ? Figures.short2(bytes / 1e3) : bytes / 1000);
            }
        }

        public Leaderboard {
            entries = List.copyOf(entries);
            notes = List.copyOf(notes);
        }

        Leaderboard of(Fitted best) {
            return new Leaderboard(metric, entries, winner, notes, best);
        }

        /** Names the winner, and says whether its lead is more than chance. */
        public String verdict() {
            Entry first = entries.get(0);
            String best = first.name() + " has the lowest " + metric.label() + ", " + Figures.short3(first.error());
            if (first == winner) {
                return best;
            }
            ScoreDifference less = winner.evaluation().minus(first.evaluation(), metric, 0.95);
            String by = Figures.short2(less.mean()) + " (95 % interval " + Figures.short2(less.low()) + " to "
                    + Figures.short2(less.high()) + ")";
            return less.low() > 0
                    ? first.name() + " does better than ours: its " + metric.label() + " is lower by " + by
                    : best + ", but by no more than chance: " + by + " lower than " + winner.name();
        }

        private List<String> lines(String head, Stream<String> candidates) {
            return Stream.of(Stream.of(verdict(), head), candidates, notes.stream())
                    .flatMap(lines -> lines)
                    .toList();
        }

        /** In sentences, for the report of the winner. */
        List<String> said() {
            String all = entries.stream()
                    .map(entry -> entry.text("%s %s (%s), %s s to fit, %s µs a row, %s kB"))
                    .collect(Collectors.joining("; "));
            String head = "candidates on the same folds, " + metric.name() + " with its 95 % interval: ";
            return lines(head + all, Stream.empty());
        }

        @Override
        public String toString() {
            String row = "%-10s %9s %20s %9s %9s %8s";
            String head = String.format(row, "model", metric.name(), "95 % interval", "fit s", "µs a row", "kB");
            return String.join("\n", lines(head, entries.stream().map(entry -> entry.text(row))));
        }
    }

    /** The number of tested folds, over all repeats. */
    public int folds() {
        return folds.size();
    }

    /** How many rows were dropped because they have no target. */
    public int rowsLeftOut() {
        return rowsLeftOut;
    }

    /** How long the whole evaluation took. */
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public String toString() {
        String first = Stream.concat(metrics.stream().map(this::text), yardsticks().stream())
                .collect(Collectors.joining("   "));
        String left = rowsLeftOut == 0 ? "" : ", " + Words.count(rowsLeftOut, "row") + " without target dropped";
        return first + "\n" + Words.count(folds.size(), "fold") + division + left + ", " + Figures.seconds(elapsed);
    }

    private String text(Metric metric) {
        double std = std(metric);
        return metric.name() + " " + Spread.text(Double.isNaN(std) ? pooled(metric) : mean(metric), std);
    }

    private List<String> yardsticks() {
        return yardstick().isEmpty()
                ? List.of()
                : List.of(yardstick() + ": "
                        + metrics.stream()
                                .map(metric -> metric.name() + " " + Figures.short3(yardstick(metric)))
                                .collect(Collectors.joining(", ")));
    }

    /**
     * Held-out predictions, fold after fold. The caller owns the arrays.
     *
     * @param rows of the given table, from 0
     * @param folds that tested each row, from 0; a second repeat continues the count
     * @param targets numbers, or indices into {@code classes}
     * @param predictions one number per row, or class probabilities
     * @param classes empty for numbers
     */
    public record OutOfFold(int[] rows, int[] folds, double[] targets, double[][] predictions, List<String> classes) {}
}
