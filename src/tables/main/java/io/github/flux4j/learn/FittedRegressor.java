package io.github.flux4j.learn;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Residuals;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.table.Table;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Predicts numbers. */
public final class FittedRegressor extends Fitted {

    private final Targets goal;
    private final HeldOutIntervals intervals;

    private FittedRegressor(Model model, Report report, Trained.Earlier earlier, HeldOutIntervals intervals) {
        super(model, report, earlier);
        this.goal = (Targets) model.goal();
        this.intervals = intervals;
    }

    static FittedRegressor of(Trained fit) {
        Model trained = Model.of(fit).explaining(fit);
        Held held = Held.of(fit, trained);
        Model model = trained.of(((Targets) trained.goal()).smeared(held.table(), held.outputs()));
        Residuals residuals = Residuals.of(held, model, !fit.isOfAllRows());
        Report report = Reports.of(fit, model, held, residuals);
        return new FittedRegressor(model, report, fit.earlier(), residuals.intervals());
    }

    /**
     * A prediction for each row.
     *
     * @throws IllegalArgumentException if the table lacks a column, a number is text, or a text is unknown and that is to be an error
     */
    public double[] predict(Table table) {
        requireOne();
        return Arrays.stream(predictAll(table)).mapToDouble(row -> row[0]).toArray();
    }

    /** A prediction for each row and target. */
    public double[][] predictAll(Table table) {
        return goal.decoded(Model.mean(meant(table)));
    }

    /** The prediction for one row, given by the names of its columns; null is missing. */
    public double predict(Map<String, ?> row) {
        requireOne();
        return predictAll(row)[0];
    }

    /** The prediction for each target of one row. */
    public double[] predictAll(Map<String, ?> row) {
        return goal.decoded(Model.mean(meant(row)))[0];
    }

    /** The prediction for one row of numbers, NaN being missing, in the order of the columns of the table that was fitted. */
    public double predict(double... row) {
        requireOne();
        return goal.decoded(Model.mean(meant(row)))[0][0];
    }

    private void requireOne() {
        if (goal.outputs() > 1) {
            throw new IllegalStateException(
                    "there are " + goal.outputs() + " targets, " + String.join(", ", targets()) + "; take predictAll");
        }
    }

    /**
     * Where the target of a row lies with this probability: wide where rows like it were hard to predict, or networks differ. Residuals of held-out rows
     * are the yardstick, each in units of its row's difficulty (normalised conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018).
     * Infinite for a row with a number outside the range of training, of which nothing is known: {@code preparation().flags(row)} names the column.
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
        return interval(bounds(each, Bounds.BOTH, level, isOutside(row)));
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
        return bounds(each, bounds, level, preparation().flags(row).containsValue(Flag.OUTSIDE));
    }

    private static Interval interval(double... bounds) {
        return new Interval(bounds[0], bounds[1]);
    }

    /** The same for each row: low and high. */
    public double[][] intervals(Table table, double level) {
        return bounds(table, Bounds.BOTH, level);
    }

    /**
     * What the target of a row reaches or exceeds with this probability; −∞ if there are too few rows for the level.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException as {@link #interval(Map, double)}, and of a file of before one-sided bounds
     */
    public double atLeast(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_LEAST, level)[0];
    }

    /** The same for each row. */
    public double[] atLeast(Table table, double level) {
        return first(bounds(table, Bounds.AT_LEAST, level));
    }

    /** What the target of a row doesn't exceed with this probability; as {@link #atLeast(Map, double)}. */
    public double atMost(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_MOST, level)[0];
    }

    /** The same for each row. */
    public double[] atMost(Table table, double level) {
        return first(bounds(table, Bounds.AT_MOST, level));
    }

    private static double[] first(double[]... rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    private double[][] bounds(Table table, Bounds bounds, double level) {
        double[][] each = meant(table);
        boolean[] outside = model().preparation().outside(table);
        return IntStream.range(0, table.rows())
                .mapToObj(i -> bounds(row(each, i, goal.outputs()), bounds, level, outside[i]))
                .toArray(double[][]::new);
    }

    private double[] bounds(double[][] each, Bounds bounds, double level, boolean isOutside) {
        if (goal.outputs() > 1) {
            throw new IllegalStateException("intervals are for one target; fit one model for each");
        }
        double[] ofEach =
                Arrays.stream(each).mapToDouble(one -> goal.decoded(one)[0][0]).toArray();
        double all = goal.decoded(Model.mean(each))[0][0];
        double[] found = intervals.at(bounds, level, all, ofEach);
        return isOutside ? bounds.unknown() : found;
    }

    /** The same, which takes a column that a table or a row doesn't have as missing, and fills it as training filled gaps. */
    public FittedRegressor allowMissingColumns() {
        return new FittedRegressor(model().allowMissingColumns(), report(), earlier(), intervals);
    }

    @Override
    FittedRegressor noted(List<String> notes) {
        return new FittedRegressor(model(), report().noted(notes), earlier(), intervals);
    }

    @Override
    ModelDocument document() {
        return FittedJson.document("regressor", model(), report(), intervals);
    }

    /**
     * What {@link #save} wrote.
     *
     * @throws IOException if it is no such file, or cut, changed, of a newer version or of another kind, or names parts of somebody's own
     */
    public static FittedRegressor load(Path file) throws IOException {
        return load(file, Parts.NONE);
    }

    /**
     * As {@link #load(Path)}, of networks with layers or activations of your own.
     *
     * @param parts these, by the names that they were saved under
     */
    public static FittedRegressor load(Path file, Parts parts) throws IOException {
        FittedJson.Read read = FittedJson.read("regressor", file, parts);
        return new FittedRegressor(read.model(), read.report(), null, read.intervals());
    }

    @Override
    public String toString() {
        return "FittedRegressor of " + String.join(", ", targets()) + ": " + report();
    }
}
