package io.github.flux4j.predict;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Source;
import io.github.flux4j.internal.model.Beyond;
import io.github.flux4j.internal.model.Ensemble;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.model.Shapley;
import io.github.flux4j.internal.network.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with a saved model in plain Java, without ND4J and native code:
 *
 * <pre>{@code
 * Predictor mpg = Predictor.load(Path.of("mpg.flux4j"));
 * double one = mpg.predict(Map.of("Horsepower", 88, "Year", "1971-01-01", "Origin", "Japan"));
 * }</pre>
 *
 * <p>It computes in the saved model's type, Float32 or Float64. If the file prepares features, rows have the data's values, and predictions are in the target's
 * units or probabilities of classes; otherwise rows and predictions are the network's own. Several networks answer with their mean. Immutable and thread-safe.
 */
@NullMarked
public final class Predictor {

    private final Ensemble networks;
    private final Features features;
    private final Map<String, Object> description;
    private final HeldOutIntervals intervals;
    private final Beyond beyond;
    private final RowGuard guard;

    private Predictor(ModelFile file) throws ModelFileException {
        file.structure().requireKnown(Set.of());
        description = file.document();
        features = file.features();
        networks = Ensemble.of(file, features == null ? 0 : features.width());
        intervals = HeldOutIntervals.of(file, networks.size());
        beyond = Beyond.of(file);
        boolean isFloat32 = file.structure().type() == Tensor.Type.F32;
        boolean hasNumbers = !file.structure().tensors().isEmpty();
        guard = new RowGuard(networks.inputs(), networks.least(), inputs(), features, isFloat32, hasNumbers);
    }

    private Predictor(Predictor other, Features features) {
        this.features = features;
        networks = other.networks;
        description = other.description;
        intervals = other.intervals;
        beyond = other.beyond;
        guard = other.guard;
    }

    /**
     * Returns a predictor that treats absent columns as missing, and fills them as training filled missing values.
     *
     * @throws IllegalStateException if the file has no named columns
     */
    public Predictor allowMissingColumns() {
        return new Predictor(this, named().allowMissingColumns());
    }

    /**
     * Counts the rows' values that are missing, that are texts unknown to training, or that are numbers and dates outside of its range. Older files have no
     * ranges.
     *
     * @throws IllegalArgumentException as {@link #predictAll(List)}
     */
    public Features.Flags flags(List<? extends Map<String, ?>> rows) {
        return named().count(rows.stream().map(named()::flags).toList());
    }

    /**
     * Loads a model file.
     *
     * @throws ModelFileException if the file isn't a model file, is truncated, changed or of a newer version, or its model needs flux4j itself to predict
     */
    public static Predictor load(Path file) throws IOException {
        return Source.read(file, Predictor::of);
    }

    /** Loads a model from a stream, such as a class-path resource, reads it to its end and leaves it open. */
    public static Predictor load(InputStream stream) throws IOException {
        return Source.read(stream, Predictor::of);
    }

    private static Predictor of(Source source) throws IOException {
        return new Predictor(ModelFile.read(source));
    }

    /**
     * Returns the file's description as maps, lists, texts, numbers and flags: {@code kind}, {@code version}, {@code networks}, {@code target}, and for a
     * fitted model {@code report}, with its scores on held-out rows.
     */
    public Map<String, Object> description() {
        return description;
    }

    /** Returns the number of values in a row, or 0 if any number will do. */
    public int inputs() {
        return features == null ? networks.inputs() : features.list().size();
    }

    /** Returns how many numbers a prediction has, one for each target or class; 0 if that depends on the row. */
    public int outputs() {
        int width = features == null ? networks.inputs() : features.width();
        return width == 0 ? 0 : networks.outputs(width);
    }

    /** Whether predictions are the probabilities of {@link #classes()}. */
    public boolean isClassifier() {
        return networks.target() instanceof Target.Classes;
    }

    /** Returns the preparation of features, or null if rows are the network's own. */
    public @Nullable Features features() {
        return features;
    }

    /** Returns the names of what is predicted; empty if the file has none. */
    public List<String> targets() {
        return networks.target().names();
    }

    /** Returns the cell formats of the targets, in the order of {@link #targets()}. */
    public List<ColumnFormat> targetFormats() {
        return networks.target() instanceof Target.Numbers numbers
                ? numbers.targets().stream().map(Target.Scaled::format).toList()
                : List.of(ColumnFormat.NUMBER);
    }

    /** Whether numbers are Float32, with seven digits. */
    public boolean isFloat32() {
        return guard.isFloat32();
    }

    /**
     * Returns the classes, in the order of their probabilities.
     *
     * @throws IllegalStateException if the model is no classifier
     */
    public List<String> classes() {
        return classifier().classes();
    }

    private Target.Classes classifier() {
        if (networks.target() instanceof Target.Classes classes) {
            return classes;
        }
        throw new IllegalStateException("the model predicts numbers, not classes; use predict");
    }

    /**
     * Predicts for one example: the target in its units, the classes' probabilities, or the network's outputs.
     *
     * @param values as many as {@link #inputs()}; if features are prepared, dates as years and NaN for a missing value
     * @throws IllegalArgumentException if there are more or fewer, or one is not finite
     */
    public double[] predict(double... values) {
        return predict(new double[][] {Objects.requireNonNull(values, "features is null")})[0];
    }

    /** Predicts for one example; see {@link #predict(double...)}. */
    public float[] predict(float[] values) {
        return Rows.narrow(predict(Rows.wide(Objects.requireNonNull(values, "features is null"))));
    }

    /**
     * Predicts for many examples.
     *
     * @param rows one example per row
     * @throws IllegalArgumentException as {@link #predict(double...)}, with the row's number
     */
    public double[][] predict(double[][] rows) {
        Objects.requireNonNull(rows, "features is null");
        if (features == null) {
            guard.require(rows);
            return networks.run(rows);
        }
        double[][] prepared = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            double[] values = Objects.requireNonNull(rows[r], "row " + r + " of features is null");
            prepared[r] = prepared(r, () -> features.row(values));
        }
        return run(prepared);
    }

    private static double[] prepared(int row, Supplier<double[]> preparation) {
        try {
            return preparation.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
        }
    }

    /** Predicts for many examples; see {@link #predict(double[][])}. */
    public float[][] predict(float[][] rows) {
        return Rows.narrow(predict(Rows.wide(Objects.requireNonNull(rows, "features is null"))));
    }

    /**
     * Predicts for many examples in one array.
     *
     * @param values row after row
     * @param rows the number of examples
     * @throws IllegalArgumentException as {@link #predict(double[][])}
     */
    public float[] predict(float[] values, int rows) {
        int columns = rows < 1 ? 0 : Objects.requireNonNull(values, "features is null").length / rows;
        if (columns == 0 || columns * rows != values.length) {
            throw new IllegalArgumentException("the model expects " + guard.expected() + " per row, but there are "
                    + values.length + " numbers for " + rows + (rows == 1 ? " row" : " rows"));
        }
        return Rows.joined(predict(Rows.split(values, columns)));
    }

    /**
     * Predicts a number for one example, in the target's units.
     *
     * @param row the values by column name: numbers, texts as in the table, dates ({@code LocalDate}, too); null for a missing one
     * @throws IllegalArgumentException if a column is absent or its value can't be understood
     * @throws IllegalStateException if the model doesn't prepare features, or doesn't predict a single number
     */
    public double predict(Map<String, ?> row) {
        double[] all = predictAll(row);
        if (isClassifier()) {
            throw new IllegalStateException("the model predicts a class, not a number; use label or probabilities");
        }
        if (all.length != 1) {
            throw new IllegalStateException("the model predicts " + all.length + " numbers, not one; use predictAll");
        }
        return all[0];
    }

    /** Predicts all numbers for one example, or the probabilities in the order of the classes; see {@link #predict(Map)}. */
    public double[] predictAll(Map<String, ?> row) {
        return run(new double[][] {named().row(Objects.requireNonNull(row, "row is null"))})[0];
    }

    /**
     * Predicts for many examples, one per row of the result; see {@link #predictAll(Map)}.
     *
     * @throws IllegalArgumentException as there, with the row's number
     */
    public double[][] predictAll(List<? extends Map<String, ?>> rows) {
        Features columns = named();
        double[][] prepared = new double[rows.size()][];
        for (int r = 0; r < prepared.length; r++) {
            Map<String, ?> row = Objects.requireNonNull(rows.get(r), "row " + r + " is null");
            prepared[r] = prepared(r, () -> columns.row(row));
        }
        return run(prepared);
    }

    /** Predicts for one example given as texts, as in a CSV file, in the columns' order. */
    public double[] predictCells(String... cells) {
        return run(new double[][] {named().row(Objects.requireNonNull(cells, "cells is null"))})[0];
    }

    /**
     * Predicts for many examples that {@link #features()} prepared, or without a preparation for the network's own rows.
     *
     * @throws IllegalArgumentException as {@link #predict(double[][])}
     */
    public double[][] predictPrepared(double[][] rows) {
        return run(Objects.requireNonNull(rows, "rows is null"));
    }

    /**
     * Returns a prediction interval, low and high: it contains the target with this probability. Bounds are infinite if the file has too few residuals for the
     * level, or if the row has a number outside of its range in training and {@link #hasBoundsBeyond} is false; {@link #flags} names that column.
     *
     * <p>Intervals widen where similar rows were hard to predict or the networks disagree. They come from held-out residuals in units of each row's difficulty
     * (normalised conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018); older files use CV+ (Barber, Candès, Ramdas and Tibshirani 2021).
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException if no rows were held out in fitting, or the model doesn't predict a single number
     */
    public double[] interval(Map<String, ?> row, double level) {
        return bounds(row, Bounds.BOTH, level);
    }

    /**
     * Returns the lower bound that the target reaches with this probability; −∞ if there are too few residuals for the level.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException as {@link #interval}, and for older files without one-sided bounds
     */
    public double atLeast(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_LEAST, level)[0];
    }

    /** Returns the upper bound that the target doesn't exceed with this probability; see {@link #atLeast}. */
    public double atMost(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_MOST, level)[0];
    }

    private double[] bounds(Map<String, ?> row, Bounds bounds, double level) {
        double[] prepared = named().row(Objects.requireNonNull(row, "row is null"));
        double[] all = bounds(new double[][] {prepared}, bounds, level)[0];
        return named().flags(row).containsValue(Features.Flag.OUTSIDE) && !hasBoundsBeyond()
                ? bounds.unknown()
                : Arrays.copyOfRange(all, 1, all.length);
    }

    /** Predicts for prepared rows, each with its {@link #interval} whatever the ranges in training: prediction, low and high. */
    public double[][] intervals(double[][] rows, double level) {
        return bounds(rows, Bounds.BOTH, level);
    }

    /** Predicts for prepared rows, each with bounds: the prediction, then low, high, or both. */
    public double[][] bounds(double[][] rows, Bounds bounds, double level) {
        requireBounds(bounds, level);
        guard.require(Objects.requireNonNull(rows, "rows is null"));
        double[][] all = intervals.of(networks, rows, bounds, level);
        for (int r = 0; r < rows.length && hasBoundsBeyond(); r++) {
            double error = beyond.error(features, rows[r]);
            if (!Double.isNaN(error)) {
                double[] found = beyond.at(bounds, level, all[r][0], error);
                System.arraycopy(found, 0, all[r], 1, found.length);
            }
        }
        return all;
    }

    /**
     * Whether predictions go on along a line beyond the ranges of training and have bounds there: from outer rows of training, predicted from the inner ones,
     * and widened by the error of the line's slope.
     */
    public boolean hasBoundsBeyond() {
        return beyond.isKnown();
    }

    /**
     * Throws unless the model has intervals of this level.
     *
     * @throws IllegalStateException if no rows were held out in fitting, or the model doesn't predict a single number
     * @throws IllegalArgumentException if the level isn't between 0 and 1
     */
    public void requireIntervals(double level) {
        requireBounds(Bounds.BOTH, level);
    }

    /** Throws unless the model has these bounds at this level; older files have no one-sided ones. See {@link #requireIntervals}. */
    public void requireBounds(Bounds bounds, double level) {
        intervals.require(networks, Objects.requireNonNull(bounds, "bounds is null"), level);
    }

    /** Whether the model predicts a number with intervals. */
    public boolean hasIntervals() {
        return !isClassifier() && outputs() == 1 && !intervals.isEmpty();
    }

    /** Whether {@link #explain} works: the file has a background. */
    public boolean hasExplanations() {
        return features != null && !features.background().isEmpty();
    }

    /**
     * Explains a prediction: each column's contribution to its difference from the background's mean, in the target's units, or in log odds of the chosen
     * class.
     *
     * <p>The background consists of training rows. Where columns depend on each other, the method shares their contributions, also by way of impossible rows.
     *
     * @throws IllegalArgumentException as {@link #predictAll(Map)}
     * @throws IllegalStateException if the file has no background, or there are several targets
     */
    public Explanation explain(Map<String, ?> row) {
        return explainPrepared(named().row(Objects.requireNonNull(row, "row is null")), null);
    }

    /** Explains the prediction of the target or class with this name; see {@link #explain(Map)}. */
    public Explanation explain(Map<String, ?> row, String name) {
        Objects.requireNonNull(name, "name is null");
        return explainPrepared(named().row(Objects.requireNonNull(row, "row is null")), name);
    }

    /** Explains the prediction for a row that {@link #features()} prepared; a null name means the only target, or the chosen class. */
    public Explanation explainPrepared(double[] row, @Nullable String name) {
        guard.require(new double[][] {row});
        return Shapley.of(named(), networks.target(), networks::run, row, name);
    }

    /** Returns the chosen class's number in {@link #classes()}: by the file's threshold, or the most probable, the first if several are equal. */
    public int mostProbable(double... probabilities) {
        return classifier().most(probabilities);
    }

    /** Returns the chosen class for an example: by the file's threshold for two classes, or the most probable. */
    public String label(Map<String, ?> row) {
        return classes().get(mostProbable(predictAll(row)));
    }

    /** Returns the probability of each class for an example. */
    public Map<String, Double> probabilities(Map<String, ?> row) {
        List<String> classes = classes();
        double[] probabilities = predictAll(row);
        Map<String, Double> byClass = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            byClass.put(classes.get(i), probabilities[i]);
        }
        return byClass;
    }

    private Features named() {
        if (features == null) {
            throw new IllegalStateException(
                    "the file has no named columns; pass the network's own numbers to predict(double...)");
        }
        return features;
    }

    private double[][] run(double[][] prepared) {
        guard.require(prepared);
        return networks.run(prepared);
    }

    @Override
    public String toString() {
        return "Predictor(" + (features == null ? guard.expected() : shown(String.join(", ", features.names()))) + ")";
    }
}
