package io.github.flux4j.learn;

import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.InputLayers;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.judge.PartialDependence;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.model.TrainingRows;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.report.Page;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model that an estimator fitted to a table; it predicts, explains, saves and reports. Immutable; any number of threads may predict at once. */
public abstract sealed class Fitted permits FittedRegressor, FittedClassifier {

    private static final int MOST_ROWS = 1000;
    private static final double LEAST = 1e-15; // of a probability

    private final Model model;
    private final Report report;
    private final Trained.Earlier earlier;

    /** What it can be gone on from is null for one that was read from a file. */
    Fitted(Model model, Report report, Trained.Earlier earlier) {
        this.model = model;
        this.report = report;
        this.earlier = earlier;
    }

    Model model() {
        return model;
    }

    Trained.Earlier earlier() {
        return earlier;
    }

    /** All that a file has of it. */
    abstract ModelDocument document();

    /**
     * Writes the model to one file, {@code *.flux4j}: networks, preparation, report, residuals for intervals. {@link #load} and
     * {@link io.github.flux4j.predict.Predictor} read it. A failed write leaves an earlier file as it was.
     *
     * @throws IllegalArgumentException if a layer or activation of your own has a name that can't be written
     * @throws IOException if the file can't be written; with the reason and a remedy
     */
    public void save(Path file) throws IOException {
        ModelWriter.write(document().file(), Objects.requireNonNull(file, "file is null"));
    }

    /**
     * Reads a fitted model, a regressor or a classifier, from the file that {@link #save} wrote.
     *
     * @throws IOException if the file is not a fitted model, is damaged, comes from a newer version, or names layers or activations of somebody's own
     */
    public static Fitted load(Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        return ModelFile.read(file).kind().equals("classifier")
                ? FittedClassifier.load(file)
                : FittedRegressor.load(file);
    }

    /**
     * Checks that the model can be reproduced: fits again with the reported kind, settings and seed, and compares all numbers and the preparation.
     *
     * @param table the training table, unchanged
     * @throws IllegalArgumentException if the model comes from an early flux4j that did not record its origin
     */
    public Reproduction reproduce(Table table) {
        return new Reproducer(this).again(Objects.requireNonNull(table, "table is null"));
    }

    /**
     * The result of fitting once more.
     *
     * @param isEqual whether both models predict the same, to the bit
     * @param differences in data, setting, version or processor, the likeliest reason first; a model can be equal despite them
     * @param again the new model; null if the table or the settings are not available
     */
    public record Reproduction(
            boolean isEqual,
            List<String> differences,
            @Nullable Fitted again) {

        public Reproduction {
            differences = List.copyOf(differences);
        }

        /** Such as {@code equal to the bit}, or {@code not equal: data: the table has 391 rows, but training's had 392}. */
        @Override
        public String toString() {
            String which = !isEqual
                    ? "not equal: "
                    : "equal to the bit" + (differences.isEmpty() ? "" : ", despite these differences:\n");
            return which + String.join("\n", differences);
        }
    }

    /**
     * A model card (Mitchell and others 2019) in Markdown: use, quality with intervals, by class and by group, limits, data, origin.
     *
     * @param words the makers' statement on intended and unintended use; may be empty
     */
    public String card(String words) {
        return new ModelCard(this).markdown(Objects.requireNonNull(words, "words is null"));
    }

    /** The model card as an HTML page. */
    public Page cardPage(String words) {
        return new ModelCard(this).page(Objects.requireNonNull(words, "words is null"));
    }

    /**
     * Trains its networks further on other rows, also for a model from a file, and returns the result; this model is unchanged. Settings, preparation and classes
     * stay, and the ranges of numbers grow. Each network holds out a share of the new rows, which choose the best epoch. The rule starts anew.
     *
     * @throws IllegalArgumentException if the table lacks a column or has a new class, a setting is missing, or the model is a leaderboard's average or comes from an
     *     early flux4j
     */
    public Fitted further(Table rows) {
        Objects.requireNonNull(rows, "rows is null");
        Reproducer made = new Reproducer(this);
        if (made.provenance().without().equals(Contest.OTHER_PARTS)) {
            throw new IllegalArgumentException(
                    "expected a model of one estimator, but this one is a leaderboard's average of several; fit it again");
        }
        return made.estimator().further(this, rows);
    }

    /**
     * This model's error minus another's on the same rows, with its 95 % interval: mean squared error for numbers, log loss for classes, paired row by row.
     *
     * @param rows that neither model trained on; those without the target are dropped
     * @throws IllegalArgumentException if the models predict different things, or fewer than two rows have the target
     */
    public ScoreDifference minus(Fitted other, Table rows) {
        if (getClass() != other.getClass()
                || !targets().equals(other.targets())
                || targets().size() > 1) {
            throw new IllegalArgumentException(
                    "expected two models of the same target, both of numbers or both of classes, but one predicts "
                            + predicts() + " and the other " + other.predicts());
        }
        Table known = rows.rows(FoldFit.known(rows, targets().get(0)));
        double[] own = losses(known);
        return ScoreDifference.of(own, other.losses(known), 1e-9, 0.95); // rows share nothing, as folds do
    }

    private String predicts() {
        return targets().stream().map(Names::shown).collect(Collectors.joining(", "))
                + (this instanceof FittedClassifier ? " as classes" : " as numbers");
    }

    private double[] losses(Table rows) {
        Judge judge = new Judge(model.goal(), targets().get(0));
        double[] actual = judge.actual(rows);
        double[][] predicted = judge.predicted(model.goal(), Model.mean(meant(rows)));
        return IntStream.range(0, actual.length)
                .mapToDouble(row -> this instanceof FittedClassifier
                        ? -Math.log(Math.max(LEAST, predicted[row][(int) actual[row]]))
                        : Math.pow(predicted[row][0] - actual[row], 2))
                .toArray();
    }

    /**
     * Compares the distribution of a table's columns with training. A column is different if its p value is below 0.01 / columns and its population stability index
     * is at least 0.1. The p value is that of Pearson's χ² test of two samples, over deciles or levels and gaps. So at most one in a hundred tables like training's
     * has a column called different, if its rows are independent.
     *
     * @throws IllegalArgumentException if the table lacks a column, numbers became text, or the model comes from an early flux4j
     */
    public Drift drift(Table table) {
        return Distributions.drift(this, Objects.requireNonNull(table, "table is null"));
    }

    /**
     * How a table differs from the training table. {@code toString} prints a line per column.
     *
     * @param rows of the table
     * @param foreign how many rows have a number outside the training range, or an unknown text
     * @param predictions then and now, in words; empty if no row was held out
     */
    public record Drift(int rows, int foreign, List<OfColumn> columns, String predictions) {

        private static final double LEVEL = 0.01;
        private static final double STABLE = 0.1;

        /**
         * One column.
         *
         * @param psi the population stability index; below 0.1 counts as stable
         * @param pValue the probability of at least this difference between equal distributions
         * @param foreign the share of numbers outside the training range, or of unknown texts
         */
        public record OfColumn(
                String name,
                double psi,
                double pValue,
                double foreign,
                Report.Distribution then,
                Report.Distribution now) {}

        public Drift {
            columns = List.copyOf(columns);
        }

        /** The columns that differ from training. */
        public List<OfColumn> different() {
            return columns.stream().filter(this::isDifferent).toList();
        }

        private boolean isDifferent(OfColumn column) {
            return isClear(column) && column.psi() >= STABLE;
        }

        private boolean isClear(OfColumn column) {
            return column.pValue() < LEVEL / columns.size();
        }

        private String line(OfColumn column) {
            String how = isDifferent(column)
                    ? " is different"
                    : isClear(column) ? " differs a little" : " is as in training";
            String outside = column.then().levels().isEmpty() ? " outside the range of training" : " unknown texts";
            double gaps = column.then().missing();
            double gapsNow = column.now().missing();
            return Names.shown(column.name()) + how + " (PSI " + Figures.short2(column.psi()) + ")"
                    + (column.foreign() == 0 ? "" : ", " + Figures.percent(column.foreign()) + outside)
                    + (gaps == gapsNow
                            ? ""
                            : ", gaps " + Figures.percent(gaps) + " then and " + Figures.percent(gapsNow) + " now");
        }

        @Override
        public String toString() {
            int different = different().size();
            String first = different == 0
                    ? "no column is different"
                    : different + " of " + Words.count(columns.size(), "column")
                            + (different == 1 ? " is different" : " are different");
            return first + " from training's; " + foreign + " of " + Words.count(rows, "row")
                    + " with a number outside the range or an unknown text\n"
                    + columns.stream().map(this::line).collect(Collectors.joining("\n"))
                    + (predictions.isEmpty() ? "" : "\n" + predictions);
        }
    }

    /** The same with these notes in its report, too. */
    abstract Fitted noted(List<String> notes);

    /** How good the model is, and how it was made. */
    public Report report() {
        return report;
    }

    /** The networks that the model averages. They belong to the model: {@code copy} one to train it further. */
    public List<Layer> networks() {
        return model.networks();
    }

    /** The columns that the model predicts. */
    public List<String> targets() {
        return report.targets();
    }

    /** The columns that the model predicts from. */
    public List<String> features() {
        return model.preparation().names();
    }

    /** The estimator's settings by name. */
    public Map<String, String> settings() {
        return report.settings();
    }

    /**
     * The numbers that the networks receive for each row, MLJFlux's {@code transform}. A text with {@code embeddings} becomes the numbers that the first network
     * learnt. Each network learns its own, so train with {@code networks(1)} to get the only ones.
     */
    public Table transform(Table table) {
        float[] features = model.preparation().rows(Objects.requireNonNull(table, "table is null"));
        int levels = Integer.parseInt(settings().getOrDefault("embeddings", "0"));
        InputLayers layers = new InputLayers(model.preparation(), levels, 0, false);
        List<String> names = layers.names();
        double[][] rows = new double[table.rows()][names.size()];
        float[] numbers = layers.of(networks().get(0), features, table.rows());
        for (int i = 0; i < numbers.length; i++) {
            rows[i / names.size()][i % names.size()] = numbers[i];
        }
        return Table.of(rows, names.toArray(String[]::new));
    }

    /** The preparation: how columns become the networks' inputs. */
    public Features preparation() {
        return model.preparation().features();
    }

    /** The target: what the networks' mean output means, numbers in their units or class probabilities. */
    public Target target() {
        return model.goal().target();
    }

    /**
     * Explains a row's prediction: each column's contribution beyond the background's mean, in the target's units, or in log odds of the predicted class. The
     * background represents the training rows. Dependent columns share their contribution, which also rests on combinations of values that no row has.
     *
     * @param row by column name; null is a missing value
     * @throws IllegalStateException if an early file has no background, or there are more than 500 columns
     * @throws IllegalArgumentException as {@code predict}, or if there are several targets and none is named
     */
    public Explanation explain(Map<String, ?> row) {
        return model.explanation(preparation().row(row), null);
    }

    /** Explains a row's prediction of this target, or the log odds of this class. */
    public Explanation explain(Map<String, ?> row, String name) {
        return model.explanation(preparation().row(row), Objects.requireNonNull(name, "name is null"));
    }

    /**
     * Shows how predictions depend on one column while the others stay: partial dependence over the table, or over a thousand of its rows.
     *
     * @param name the target, or the class whose probability is meant
     * @throws IllegalArgumentException if the table lacks a column, or there is no such target or class
     */
    public Unseen.Curve partialDependence(Table table, String column, String name) {
        List<String> names = target() instanceof Target.Classes classes ? classes.classes() : targets();
        if (!names.contains(name) || !features().contains(column)) {
            throw new IllegalArgumentException("expected one of " + names + ", by one of " + features() + ", but got "
                    + Names.shown(name) + " by " + Names.shown(column));
        }
        return PartialDependence.of(model, table, MOST_ROWS, column, names.indexOf(name), name);
    }

    /**
     * Scores the model on the rows of a table that have all targets.
     *
     * @throws IllegalArgumentException if the table lacks a column, has no such row, or has a class that training did not see
     */
    public Scores evaluate(Table table) {
        Table known = table.rows(Intake.places(Objects.requireNonNull(table, "table is null"), targets()));
        if (known.rows() == 0) {
            throw new IllegalArgumentException("no row has a value of " + String.join(", ", targets())
                    + ", so there is nothing to compare with; to predict it, use predict");
        }
        float[] prepared = model.preparation().rows(known);
        long[] hashes = Reports.hashes(model, known, prepared); // refuses a target of another kind
        double[] outputs = Model.mean(model.meant(prepared, known.rows()));
        Held held = new Held(known, new int[known.rows()], outputs);
        return new Scores(
                known.rows(),
                table.rows() - known.rows(),
                Reports.scores(model.goal(), held, outputs),
                TrainingRows.share(report.data().rowHashes(), hashes));
    }

    /**
     * How good a model is on a table.
     *
     * @param rows that count
     * @param rowsLeftOut rows without a target, which are dropped
     * @param scores by the metric's name, in the target's units
     * @param trainedOn the approximate share of rows that the model trained on; NaN if unknown, as for a handful of rows
     */
    public record Scores(int rows, int rowsLeftOut, Map<String, Double> scores, double trainedOn) {

        /** Such as {@code rms 2.75, mae 1.97, r2 0.88; 398 rows}, and a line more if many are rows of training. */
        @Override
        public String toString() {
            String all = scores.entrySet().stream()
                    .map(score -> score.getKey() + " " + Figures.short3(score.getValue()))
                    .collect(Collectors.joining(", "));
            return all + "; " + Words.count(rows, "row")
                    + (rowsLeftOut == 0 ? "" : ", " + rowsLeftOut + " dropped without a target")
                    + TrainingRows.words(trainedOn).map("\n"::concat).orElse("");
        }
    }

    /** What each network says of one row given as numbers, in the order of the columns of the table that was fitted. */
    double[][] meant(double... row) {
        List<String> offered = model.offered();
        if (row.length != offered.size()) {
            throw new IllegalArgumentException("a row has " + offered.size() + " numbers, those of "
                    + offered.stream().map(Names::shown).collect(Collectors.joining(", ")) + ", but " + row.length
                    + " were given");
        }
        return model.meant(model.preparation().row(offered, row), 1);
    }

    double[][] meant(Map<String, ?> row) {
        return model.meant(model.preparation().row(Objects.requireNonNull(row, "row is null")), 1);
    }

    double[][] meant(Table table) {
        FlightEvents.Predict event = new FlightEvents.Predict();
        event.begin();
        double[][] meant = model.meant(Objects.requireNonNull(table, "table is null"));
        event.rows = table.rows();
        event.commit();
        return meant;
    }

    /** Of each network, what it says of one row of several. */
    static double[][] row(double[][] each, int row, int outputs) {
        return Arrays.stream(each)
                .map(all -> Arrays.copyOfRange(all, row * outputs, (row + 1) * outputs))
                .toArray(double[][]::new);
    }
}
