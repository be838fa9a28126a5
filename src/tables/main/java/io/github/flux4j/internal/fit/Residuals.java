package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.model.ScaledResiduals;
import io.github.flux4j.internal.model.ScaledResiduals.Difficulty;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far off networks were on held-out rows, and how much they differ there.
 *
 * @param predicted by networks that were not trained on the row
 * @param signed actual less predicted
 * @param deviation of what networks predict that were trained on the row, times how much less these agree on rows that are new to them
 * @param share which share of the rows each is of
 * @param adapt whether rows differ in how hard they are; not where they are ordered, since predictions and time move together there
 */
public record Residuals(double[] predicted, double[] signed, double[] deviation, int[] share, boolean adapt) {

    /** Rows that are predicted at once. */
    private static final int BLOCK = 8192;

    /** Fewer networks differ too much by chance. */
    private static final int NETWORKS = 3;

    /** Of a model of one target; of no row where there are several, of which there are no intervals. */
    public static Residuals of(Held held, Model model, boolean adapt) {
        Targets goal = (Targets) model.goal();
        if (goal.outputs() > 1) {
            return new Residuals(new double[0], new double[0], new double[0], new int[0], adapt);
        }
        double[] predicted = column(goal, held.outputs());
        Numbers actual = (Numbers) held.table().column(goal.all().get(0).name());
        double[] signed = IntStream.range(0, predicted.length)
                .mapToDouble(i -> actual.value(i) - predicted[i])
                .toArray();
        double[] deviation = adapt ? deviation(held, model) : new double[predicted.length];
        return new Residuals(predicted, signed, deviation, held.shares(), adapt);
    }

    private static double[] column(Goal goal, double... outputs) {
        return Arrays.stream(goal.rows(outputs)).mapToDouble(row -> row[0]).toArray();
    }

    /**
     * Networks that were trained on a row agree on it more than they would if it were new. How much more, on the whole, is told by the one that was not:
     * the variance of all is near that for new rows. The factor is one for all rows, since of a single row it would depend on its residual.
     */
    private static double[] deviation(Held held, Model model) {
        int rows = held.member().length;
        double[] learnt = new double[rows];
        if (model.networks().size() < NETWORKS) {
            return learnt;
        }
        double[] all = new double[rows];
        for (int from = 0; from < rows; from += BLOCK) {
            int to = Math.min(rows, from + BLOCK);
            Table block = held.table().rows(IntStream.range(from, to).toArray());
            double[][] each = Arrays.stream(Threads.within(1, () -> model.meant(block))) // the same on any number
                    .map(outputs -> column(model.goal(), outputs))
                    .toArray(double[][]::new);
            for (int i = from; i < to; i++) {
                int row = i - from;
                int own = held.member()[i];
                IntStream others = IntStream.range(0, each.length).filter(k -> k != own);
                learnt[i] = ScaledResiduals.deviation(
                        others.mapToDouble(k -> each[k][row]).toArray());
                all[i] = ScaledResiduals.deviation(
                        Arrays.stream(each).mapToDouble(one -> one[row]).toArray());
            }
        }
        double largest = Arrays.stream(all).max().orElse(0);
        double factor = Math.sqrt(squares(largest, all) / squares(largest, learnt));
        return Arrays.stream(learnt)
                .map(one -> Double.isFinite(factor) ? factor * one : 0)
                .toArray();
    }

    private static double squares(double unit, double... values) {
        return Arrays.stream(values)
                .map(one -> one / unit)
                .map(one -> one * one)
                .sum();
    }

    /** What they say of new rows. */
    public ScaledResiduals intervals() {
        return of(IntStream.range(0, signed.length).toArray());
    }

    /** What these rows of them say. */
    ScaledResiduals of(int... rows) {
        Difficulty difficulty = !adapt
                ? DifficultyFit.SAME
                : DifficultyFit.of(
                        IntStream.of(rows).mapToDouble(i -> predicted[i]).toArray(),
                        IntStream.of(rows).mapToDouble(i -> Math.abs(signed[i])).toArray(),
                        Arrays.stream(deviation).anyMatch(one -> one > 0));
        return ScaledResiduals.of(
                difficulty,
                IntStream.of(rows).mapToDouble(i -> scaled(difficulty, i)).toArray());
    }

    private double scaled(Difficulty difficulty, int row) {
        double unit = difficulty.at(predicted[row], deviation[row]);
        return unit == 0 ? 0 : signed[row] / unit;
    }

    /** How wide intervals of this level are, on average. */
    public double width(double level) {
        ScaledResiduals intervals = intervals();
        return IntStream.range(0, signed.length)
                .mapToDouble(i -> 2 * intervals.half(level, predicted[i], deviation[i]))
                .average()
                .orElse(Double.NaN);
    }

    /** The rows from the lowest prediction to the highest. */
    int[] byPrediction() {
        return Order.by(predicted.length, i -> predicted[i]);
    }
}
