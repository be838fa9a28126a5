package io.github.flux4j.learn;

import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Residuals;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Predicts numbers. */
public final class FittedRegressor extends Fitted {

    private final Targets goal;
    private final Residuals residuals;
    private final HeldOutIntervals intervals;

    private FittedRegressor(Model model, Report report, Trained.Earlier earlier, Residuals residuals) {
        super(model, report, earlier);
        this.goal = (Targets) model.goal();
        this.residuals = residuals;
        this.intervals = residuals.intervals();
    }

    static FittedRegressor of(Trained fit) {
        Model model = Model.of(fit);
        Held held = Held.of(fit, model);
        Residuals residuals = residuals(held, (Targets) model.goal(), fit.isOfAllRows());
        return new FittedRegressor(model, Reports.of(fit, model, held, residuals), fit.earlier(), residuals);
    }

    /** Of networks that the model hasn't, they are about its mean. */
    private static Residuals residuals(Held held, Targets goal, boolean ofOthers) {
        double[][] predicted = goal.decoded(held.outputs());
        Numbers actual = (Numbers) held.table().column(goal.all().get(0).name());
        double[] size = IntStream.range(0, held.member().length)
                .mapToDouble(i -> Math.abs(actual.value(i) - predicted[i][0]))
                .toArray();
        int[] ofAll = new int[size.length];
        Arrays.fill(ofAll, Held.ALL);
        return new Residuals(size, ofOthers ? ofAll : held.member());
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
     * Where the target of a row lies with this probability, by CV+, for which the rows that networks were not trained on are the yardstick.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException if nothing was left out, or there are several targets
     */
    public Interval interval(Map<String, ?> row, double level) {
        return interval(meant(row), level);
    }

    /** The interval of a row of numbers. */
    public Interval interval(double level, double... row) {
        return interval(meant(row), level);
    }

    /** The same for each row: low and high. */
    public double[][] intervals(Table table, double level) {
        double[][] each = meant(table);
        return IntStream.range(0, table.rows())
                .mapToObj(i -> interval(row(each, i, goal.outputs()), level))
                .map(interval -> new double[] {interval.low(), interval.high()})
                .toArray(double[][]::new);
    }

    private Interval interval(double[][] each, double level) {
        if (goal.outputs() > 1) {
            throw new IllegalStateException("intervals are for one target; fit one model for each");
        }
        double[] ofEach =
                Arrays.stream(each).mapToDouble(one -> goal.decoded(one)[0][0]).toArray();
        double[] bounds = intervals.at(level, goal.decoded(Model.mean(each))[0][0], ofEach);
        return new Interval(bounds[0], bounds[1]);
    }

    /**
     * Writes it to a file, {@code *.flux4j}, at once and whole: networks, preparation, report, residuals for intervals. {@link io.github.flux4j.predict.Predictor} reads it, too.
     *
     * @throws IllegalArgumentException if it can't be saved: a part of your own has a name that can't be written
     * @throws IOException if the file can't be written; with the reason and a remedy, and what was there is unchanged
     */
    public void save(Path file) throws IOException {
        FittedJson.write("regressor", model(), report(), residuals, file);
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
        return new FittedRegressor(read.model(), read.report(), null, read.residuals());
    }

    @Override
    public String toString() {
        return "FittedRegressor of " + String.join(", ", targets()) + ": " + report();
    }
}
