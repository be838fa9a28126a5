package io.github.flux4j.learn;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Outer;
import io.github.flux4j.internal.fit.Residuals;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.model.Beyond;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.table.Table;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A fitted model that predicts numbers, with intervals. Immutable; safe for any thread. */
public final class FittedRegressor extends Fitted {

    private final Targets goal;
    private final HeldOutIntervals intervals;
    private final Beyond beyond;

    private FittedRegressor(
            Model model, Report report, Trained.Earlier earlier, HeldOutIntervals intervals, Beyond beyond) {
        super(model, report, earlier);
        this.goal = (Targets) model.goal();
        this.intervals = intervals;
        this.beyond = beyond;
    }

    static FittedRegressor of(Trained fit) {
        Model trained = Model.of(fit).explaining(fit);
        Held held = Held.of(fit, trained);
        Outer outer = Outer.of(fit);
        Targets goal = (Targets) trained.goal();
        Model model = trained.of(outer.goesOn() ? goal.unbounded() : goal.smeared(held.table(), held.outputs()));
        Residuals residuals = Residuals.of(held, model, fit.settings().get(EstimatorSetting.TIME) == null);
        Report report = Reports.of(fit, model, held, residuals, outer.words());
        return new FittedRegressor(model, report, fit.earlier(), residuals.intervals(), outer.beyond());
    }

    /**
     * Predicts each row of a table.
     *
     * @throws IllegalArgumentException if the table lacks a column, has text in place of a number, or an unknown text where {@code unknown} says {@code ERROR}
     * @throws IllegalStateException if there are several targets
     */
    public double[] predict(Table table) {
        requireOne();
        return Arrays.stream(predictAll(table)).mapToDouble(row -> row[0]).toArray();
    }

    /** Predicts all targets: one row per row of the table, one number per target. */
    public double[][] predictAll(Table table) {
        return goal.rows(Model.mean(meant(table)));
    }

    /** Predicts one row, given by column names; null is a missing value. */
    public double predict(Map<String, ?> row) {
        requireOne();
        return predictAll(row)[0];
    }

    /** Predicts all targets of one row. */
    public double[] predictAll(Map<String, ?> row) {
        return goal.rows(Model.mean(meant(row)))[0];
    }

    /** Predicts one row of numbers, in the column order of the training table; NaN is a missing value. */
    public double predict(double... row) {
        requireOne();
        return goal.rows(Model.mean(meant(row)))[0][0];
    }

    private void requireOne() {
        if (goal.outputs() > 1) {
            throw new IllegalStateException(
                    "there are " + goal.outputs() + " targets, " + String.join(", ", targets()) + "; use predictAll");
        }
    }

    /**
     * The interval that contains the row's true target with this probability. It is wide where similar rows were hard to predict, or where the networks disagree. Its
     * width comes from held-out residuals, each divided by its row's difficulty (normalised conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman
     * 2018). For a row with a number outside the training range, which {@code preparation().flags(row)} names, it is infinite, unless
     * predictions go on along a line there: then it comes from outer rows of training, and widens with the error of the line's slope.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException if no row was held out, or there are several targets
     */
    public Interval interval(Map<String, ?> row, double level) {
        return interval(bounds(row, Bounds.BOTH, level));
    }

    /** The interval of a row of numbers. */
    public Interval interval(double level, double... row) {
        double[][] each = meant(row);
        double[] prepared = model().preparation().row(model().offered(), row);
        return interval(bounds(each, Bounds.BOTH, level, beyond(isOutside(row), prepared)));
    }

    private boolean isOutside(double... row) {
        List<String> names = features();
        return IntStream.range(0, names.size())
                .anyMatch(i -> isOutside(i, row[model().offered().indexOf(names.get(i))]));
    }

    private boolean isOutside(int feature, double number) {
        return preparation().flag(feature, number) == Flag.OUTSIDE;
    }

    private double[] bounds(Map<String, ?> row, Bounds bounds, double level) {
        double[][] each = meant(row);
        double[] prepared = model().preparation().row(row);
        boolean isOutside = preparation().flags(row).containsValue(Flag.OUTSIDE);
        return bounds(each, bounds, level, beyond(isOutside, prepared));
    }

    /** The line's error where a row is outside the ranges of training; NaN if it isn't. */
    private double beyond(boolean isOutside, double... prepared) {
        if (!beyond.isKnown()) {
            return isOutside ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return beyond.error(preparation(), prepared);
    }

    private static Interval interval(double... bounds) {
        return new Interval(bounds[0], bounds[1]);
    }

    /** The interval of each row of a table, as {@code [rows][2]}: low, high. */
    public double[][] intervals(Table table, double level) {
        return bounds(table, Bounds.BOTH, level);
    }

    /**
     * The number that the row's true target reaches or exceeds with this probability; −∞ if too few rows were held out for the level.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException as {@link #interval(Map, double)}, or if an early file has no one-sided bounds
     */
    public double atLeast(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_LEAST, level)[0];
    }

    /** The lower bound of each row of a table. */
    public double[] atLeast(Table table, double level) {
        return first(bounds(table, Bounds.AT_LEAST, level));
    }

    /** The number that the row's true target does not exceed with this probability; see {@link #atLeast(Map, double)}. */
    public double atMost(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_MOST, level)[0];
    }

    /** The upper bound of each row of a table. */
    public double[] atMost(Table table, double level) {
        return first(bounds(table, Bounds.AT_MOST, level));
    }

    private static double[] first(double[]... rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    private double[][] bounds(Table table, Bounds bounds, double level) {
        double[][] each = meant(table);
        boolean[] outside = model().preparation().outside(table);
        double[][] found = new double[table.rows()][];
        model().preparation()
                .each(
                        table,
                        (prepared, i) -> found[i] =
                                bounds(row(each, i, goal.outputs()), bounds, level, beyond(outside[i], prepared)));
        return found;
    }

    private double[] bounds(double[][] each, Bounds bounds, double level, double error) {
        if (goal.outputs() > 1) {
            throw new IllegalStateException("intervals are for one target; fit one model for each");
        }
        double[] ofEach =
                Arrays.stream(each).mapToDouble(one -> goal.rows(one)[0][0]).toArray();
        double all = goal.rows(Model.mean(each))[0][0];
        double[] found = intervals.at(bounds, level, all, ofEach);
        return Double.isNaN(error) ? found : beyond.at(bounds, level, all, error);
    }

    /** A copy that treats a column missing from a table or row as missing values, and fills them as training filled gaps. */
    public FittedRegressor allowMissingColumns() {
        return new FittedRegressor(model().allowMissingColumns(), report(), earlier(), intervals, beyond);
    }

    @Override
    FittedRegressor noted(List<String> notes) {
        return new FittedRegressor(model(), report().noted(notes), earlier(), intervals, beyond);
    }

    @Override
    ModelDocument document() {
        ModelDocument document = FittedJson.document("regressor", model(), report(), intervals);
        return beyond.isKnown() ? document.put(Beyond.KEY, beyond.json()) : document;
    }

    /**
     * Reads the regressor that {@link #save} wrote.
     *
     * @throws IOException if the file is not a fitted regressor, is damaged, comes from a newer version, or names layers or activations of somebody's own
     */
    public static FittedRegressor load(Path file) throws IOException {
        return load(file, Parts.NONE);
    }

    /**
     * Reads a regressor that has layers or activations of your own.
     *
     * @param parts your own, by the names under which they were saved
     */
    public static FittedRegressor load(Path file, Parts parts) throws IOException {
        FittedJson.Read read = FittedJson.read("regressor", file, parts);
        return new FittedRegressor(read.model(), read.report(), null, read.intervals(), read.beyond());
    }

    @Override
    public String toString() {
        return "FittedRegressor of " + String.join(", ", targets()) + ": " + report();
    }
}
