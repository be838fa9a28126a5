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
 * Predictions of a saved model in plain Java, without ND4J and without native code:
 *
 * <pre>{@code
 * Predictor mpg = Predictor.load(Path.of("mpg.flux4j"));
 * double one = mpg.predict(Map.of("Horsepower", 88, "Year", "1971-01-01", "Origin", "Japan"));
 * }</pre>
 *
 * <p>It computes as the model that was saved, in Float32 or Float64. Where the file has a preparation of its features, rows are given as they
 * are in the data, and predictions are in the target's units, or probabilities of the classes; else rows and predictions are the network's own.
 * Several networks answer by their mean. Never changed after loading, so any number of threads may use one.
 */
@NullMarked
public final class Predictor {

    private final Ensemble networks;
    private final Features features;
    private final Map<String, Object> description;
    private final HeldOutIntervals intervals;
    private final RowGuard guard;

    private Predictor(ModelFile file) throws ModelFileException {
        file.structure().requireKnown(Set.of());
        description = file.document();
        features = file.features();
        networks = Ensemble.of(file, features == null ? 0 : features.width());
        intervals = HeldOutIntervals.of(file, networks.size());
        boolean isFloat32 = file.structure().type() == Tensor.Type.F32;
        boolean hasNumbers = !file.structure().tensors().isEmpty();
        guard = new RowGuard(networks.inputs(), networks.least(), inputs(), isFloat32, hasNumbers);
    }

    private Predictor(Predictor other, Features features) {
        this.features = features;
        networks = other.networks;
        description = other.description;
        intervals = other.intervals;
        guard = other.guard;
    }

    /**
     * The same, which takes a column that a row doesn't have as missing, and fills it as training filled gaps.
     *
     * @throws IllegalStateException if the file has no named columns
     */
    public Predictor allowMissingColumns() {
        return new Predictor(this, named().allowMissingColumns());
    }

    /**
     * How many values of rows are missing, texts that training didn't have, and numbers or dates outside its range. Files of before ranges were kept have none
     * of the last.
     *
     * @throws IllegalArgumentException as {@link #predictAll(List)}
     */
    public Features.Flags flags(List<? extends Map<String, ?>> rows) {
        return named().count(rows.stream().map(named()::flags).toList());
    }

    /**
     * Loads a file.
     *
     * @throws ModelFileException if it is no model file, or cut, changed, of a newer version, or of a model that can't predict without
     *     flux4j itself
     */
    public static Predictor load(Path file) throws IOException {
        return Source.read(file, Predictor::of);
    }

    /** Loads from a stream, such as that of a resource on the class path, which is read to its end and not closed. */
    public static Predictor load(InputStream stream) throws IOException {
        return Source.read(stream, Predictor::of);
    }

    private static Predictor of(Source source) throws IOException {
        return new Predictor(ModelFile.read(source));
    }

    /**
     * What the file says of itself, as maps, lists, texts, numbers and flags: {@code kind}, {@code version}, {@code networks}, {@code target},
     * and of a fitted model {@code report}, with the scores for rows that it wasn't trained on.
     */
    public Map<String, Object> description() {
        return description;
    }

    /** How many values a row has, or 0 if any number will do. */
    public int inputs() {
        return features == null ? networks.inputs() : features.list().size();
    }

    /** How many numbers a prediction has, one for each target or class; 0 if that depends on the row. */
    public int outputs() {
        int width = features == null ? networks.inputs() : features.width();
        return width == 0 ? 0 : networks.outputs(width);
    }

    /** Whether predictions are the probabilities of {@link #classes()}. */
    public boolean isClassifier() {
        return networks.target() instanceof Target.Classes;
    }

    /** How the features are prepared; null where rows are the network's own. */
    public @Nullable Features features() {
        return features;
    }

    /** What is predicted, by name; empty where the file doesn't say. */
    public List<String> targets() {
        return networks.target().names();
    }

    /** How the cells of what is predicted are written, in the order of {@link #targets()}; of classes, as they are. */
    public List<ColumnFormat> targetFormats() {
        return networks.target() instanceof Target.Numbers numbers
                ? numbers.targets().stream().map(Target.Scaled::format).toList()
                : List.of(ColumnFormat.NUMBER);
    }

    /** Whether the numbers are those of Float32, with seven digits. */
    public boolean isFloat32() {
        return guard.isFloat32();
    }

    /**
     * The classes, in the order of their probabilities.
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
     * The prediction for one example: the network's outputs, the target in its units, or the probabilities of the classes.
     *
     * @param values as many as {@link #inputs()}; where there is a preparation, dates as years and NaN for what is missing
     * @throws IllegalArgumentException if there are more or fewer, or one is not finite
     */
    public double[] predict(double... values) {
        return predict(new double[][] {Objects.requireNonNull(values, "features is null")})[0];
    }

    /** As {@link #predict(double...)}. */
    public float[] predict(float[] values) {
        return Rows.narrow(predict(Rows.wide(Objects.requireNonNull(values, "features is null"))));
    }

    /**
     * The predictions for many examples.
     *
     * @param rows one example a row
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

    /** As {@link #predict(double[][])}. */
    public float[][] predict(float[][] rows) {
        return Rows.narrow(predict(Rows.wide(Objects.requireNonNull(rows, "features is null"))));
    }

    /**
     * The predictions for many examples, row after row.
     *
     * @param values row after row
     * @param rows how many examples these are
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
     * The number that is predicted for an example, in the target's units.
     *
     * @param row the values by the columns' names: numbers, texts as the table had them, dates ({@code LocalDate}, too); null for a missing one
     * @throws IllegalArgumentException if a column is not there or its value can't be understood
     * @throws IllegalStateException if the model has no preparation, or predicts something else than one number
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

    /** As {@link #predict(Map)}, all numbers, or the probabilities in the order of the classes. */
    public double[] predictAll(Map<String, ?> row) {
        return run(new double[][] {named().row(Objects.requireNonNull(row, "row is null"))})[0];
    }

    /**
     * As {@link #predictAll(Map)} for many examples, each a row of the result.
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

    /** The predictions for an example whose values are texts, as in a file of comma-separated values, in the columns' order. */
    public double[] predictCells(String... cells) {
        return run(new double[][] {named().row(Objects.requireNonNull(cells, "cells is null"))})[0];
    }

    /**
     * The predictions for many examples that {@link #features()} have prepared; where there is no preparation, for the network's own rows.
     *
     * @throws IllegalArgumentException as {@link #predict(double[][])}
     */
    public double[][] predictPrepared(double[][] rows) {
        return run(Objects.requireNonNull(rows, "rows is null"));
    }

    /**
     * Where the target of an example lies with this probability: low and high, infinite where the file has too few residuals for the level. They are wide
     * where rows like it were hard to predict or networks differ. From held-out residuals, each in units of its row's difficulty (normalised conformal
     * prediction: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018); files of before have CV+ (Barber, Candès, Ramdas and Tibshirani 2021). Infinite, too, for a
     * row with a number outside the range of training: of such rows nothing is known. {@link #flags} names the column.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException if no row was held out when the model was fitted, or it doesn't predict one number
     */
    public double[] interval(Map<String, ?> row, double level) {
        return bounds(row, Bounds.BOTH, level);
    }

    /**
     * What the target of an example reaches or exceeds with this probability; −∞ where there are too few residuals for the level.
     *
     * @param level above 0 and below 1, such as 0.9
     * @throws IllegalStateException as {@link #interval}, and of a file of before one-sided bounds
     */
    public double atLeast(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_LEAST, level)[0];
    }

    /** What the target of an example doesn't exceed with this probability; as {@link #atLeast}. */
    public double atMost(Map<String, ?> row, double level) {
        return bounds(row, Bounds.AT_MOST, level)[0];
    }

    private double[] bounds(Map<String, ?> row, Bounds bounds, double level) {
        double[] prepared = named().row(Objects.requireNonNull(row, "row is null"));
        double[] all = bounds(new double[][] {prepared}, bounds, level)[0];
        return named().flags(row).containsValue(Features.Flag.OUTSIDE)
                ? bounds.unknown()
                : Arrays.copyOfRange(all, 1, all.length);
    }

    /** As {@link #predictPrepared}, with the {@link #interval} of each, whatever the range of training: prediction, low and high. */
    public double[][] intervals(double[][] rows, double level) {
        return bounds(rows, Bounds.BOTH, level);
    }

    /** As {@link #predictPrepared}, with bounds of each: the prediction, and low, high, or both. */
    public double[][] bounds(double[][] rows, Bounds bounds, double level) {
        requireBounds(bounds, level);
        guard.require(Objects.requireNonNull(rows, "rows is null"));
        return intervals.of(networks, rows, bounds, level);
    }

    /**
     * Throws unless there are intervals of this level.
     *
     * @throws IllegalStateException if no row was held out when the model was fitted, or it doesn't predict one number
     * @throws IllegalArgumentException if the level isn't between 0 and 1
     */
    public void requireIntervals(double level) {
        requireBounds(Bounds.BOTH, level);
    }

    /** As {@link #requireIntervals}, for bounds of one side, too, which files of before don't have. */
    public void requireBounds(Bounds bounds, double level) {
        intervals.require(networks, Objects.requireNonNull(bounds, "bounds is null"), level);
    }

    /** Whether a number is predicted of which there are intervals. */
    public boolean hasIntervals() {
        return !isClassifier() && outputs() == 1 && !intervals.isEmpty();
    }

    /** Whether {@link #explain} can tell why: the file keeps a background. */
    public boolean hasExplanations() {
        return features != null && !features.background().isEmpty();
    }

    /**
     * Why an example's prediction is what it is: what each column adds to the background's mean, in the target's units, or in log odds of the class that is
     * taken against the rest. The background is of training's rows; of columns that depend on each other, values are shared among them, also by rows that
     * can't be.
     *
     * @throws IllegalArgumentException as {@link #predictAll(Map)}
     * @throws IllegalStateException if the file keeps no background, or there are several targets
     */
    public Explanation explain(Map<String, ?> row) {
        return explainPrepared(named().row(Objects.requireNonNull(row, "row is null")), null);
    }

    /** The same of the target, or the class, of this name. */
    public Explanation explain(Map<String, ?> row, String name) {
        Objects.requireNonNull(name, "name is null");
        return explainPrepared(named().row(Objects.requireNonNull(row, "row is null")), name);
    }

    /** The same of a row that {@link #features()} have prepared; null for the only target, or the class that is taken. */
    public Explanation explainPrepared(double[] row, @Nullable String name) {
        guard.require(new double[][] {row});
        return Shapley.of(named(), networks.target(), networks::run, row, name);
    }

    /** The number, among {@link #classes()}, of the class that is taken: by the file's threshold, or the most probable one, the first of several. */
    public int mostProbable(double... probabilities) {
        return classifier().most(probabilities);
    }

    /** The class that is taken for an example: by the file's threshold of two classes, or the most probable one. */
    public String label(Map<String, ?> row) {
        return classes().get(mostProbable(predictAll(row)));
    }

    /** The probability of each class for an example. */
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
                    "the file has no preparation of named columns; pass the network's own numbers to predict(double...)");
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
