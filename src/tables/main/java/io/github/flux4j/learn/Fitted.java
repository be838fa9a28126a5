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

/** What an estimator made of a table. Immutable: any number of threads may predict with it. */
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
     * Writes it to a file, {@code *.flux4j}, at once and whole: networks, preparation, report, residuals for intervals. {@link io.github.flux4j.predict.Predictor} reads it, too.
     *
     * @throws IllegalArgumentException if it can't be saved: a part of your own has a name that can't be written
     * @throws IOException if the file can't be written; with the reason and a remedy, and what was there is unchanged
     */
    public void save(Path file) throws IOException {
        ModelWriter.write(document().file(), Objects.requireNonNull(file, "file is null"));
    }

    /**
     * What {@link #save} wrote, of either kind.
     *
     * @throws IOException if it is no such file, or cut, changed, of a newer version or of a network alone, or names parts of somebody's own
     */
    public static Fitted load(Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        return ModelFile.read(file).kind().equals("classifier")
                ? FittedClassifier.load(file)
                : FittedRegressor.load(file);
    }

    /**
     * Whether the same can be made again: fits once more by what the report says of kind, settings and seed, and compares all numbers and the preparation.
     *
     * @param table as it was fitted to
     * @throws IllegalArgumentException if the model is of an earlier flux4j, and doesn't know what it was made of
     */
    public Reproduction reproduce(Table table) {
        return new Reproducer(this).again(Objects.requireNonNull(table, "table is null"));
    }

    /**
     * What came of fitting once more.
     *
     * @param isEqual whether both predict the same, to the bit
     * @param differences what isn't as it was, the likeliest reason first: data, setting, version or processor. They may differ and give the same
     * @param again the new model; null where the table or the settings can't be had
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
                    : "equal to the bit" + (differences.isEmpty() ? "" : ", though not all is as it was\n");
            return which + String.join("\n", differences);
        }
    }

    /**
     * A model card (Mitchell and others 2019) as Markdown: use, quality with intervals, by class and group of a column, limits, data, how it was made.
     *
     * @param words of its makers: what it may be used for, and what not; may be empty
     */
    public String card(String words) {
        return new ModelCard(this).markdown(Objects.requireNonNull(words, "words is null"));
    }

    /** The same as a page. */
    public Page cardPage(String words) {
        return new ModelCard(this).page(Objects.requireNonNull(words, "words is null"));
    }

    /**
     * Goes on from its networks with other rows, also of a file: settings, preparation and classes stay, the ranges of numbers grow. Each network holds out a share of
     * the new rows, which decide how many epochs are best. The rule begins anew. The model stays as it is.
     *
     * @throws IllegalArgumentException if the table lacks a column or has a new class, or the model is of an earlier flux4j or an average of a leaderboard, or a setting isn't in it
     */
    public Fitted further(Table rows) {
        Objects.requireNonNull(rows, "rows is null");
        Reproducer made = new Reproducer(this);
        if (made.provenance().without().equals(Contest.OTHER_PARTS)) {
            throw new IllegalArgumentException(
                    "a model of one estimator was expected, but this one is an average of several, as a leaderboard makes; fit it again");
        }
        return made.estimator().further(this, rows);
    }

    /**
     * By how much its error is above another model's for the same rows: squared errors of numbers, log losses of classes, row by row, so that the interval is of
     * their differences.
     *
     * @param rows that neither was fitted to, with the target; those without it don't count
     * @throws IllegalArgumentException if the models predict something else, or fewer than two rows have the target
     */
    public ScoreDifference minus(Fitted other, Table rows) {
        if (getClass() != other.getClass()
                || !targets().equals(other.targets())
                || targets().size() > 1) {
            throw new IllegalArgumentException(
                    "two models of one and the same target, both of numbers or both of classes, were expected, but one predicts "
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
     * Whether a table's columns are distributed as training's were. A column is different if Pearson's χ² test of two samples, over deciles or levels and gaps, has a
     * p value below 0.01 divided by the number of columns, and the population stability index is 0.1 or more. So of a hundred tables like training's, in rows
     * that don't depend on each other, one at most is called different.
     *
     * @throws IllegalArgumentException if the table lacks a column, or numbers became text, or the model is of an earlier flux4j
     */
    public Drift drift(Table table) {
        return Distributions.drift(this, Objects.requireNonNull(table, "table is null"));
    }

    /**
     * How a table differs from training's. {@code toString} is a line for each column.
     *
     * @param rows of the table
     * @param foreign how many have a number outside the range of training or an unknown text
     * @param predictions then and now, in words; empty if no row was held out
     */
    public record Drift(int rows, int foreign, List<OfColumn> columns, String predictions) {

        private static final double LEVEL = 0.01;
        private static final double STABLE = 0.1;

        /**
         * One column.
         *
         * @param psi the population stability index; below 0.1 it is usually called stable
         * @param pValue the probability of such a difference, or a larger one, if there is none in truth
         * @param foreign the share of numbers outside the range of training, or of unknown texts
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

        /** Those that are different. */
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
                    + (column.foreign() == 0 ? "" : ", " + percent(column.foreign()) + outside)
                    + (gaps == gapsNow ? "" : ", gaps " + percent(gaps) + " then and " + percent(gapsNow) + " now");
        }

        private static String percent(double share) {
            return Figures.short3(100 * share) + " %";
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

    /** How good it is, and what it was made of. */
    public Report report() {
        return report;
    }

    /** The networks whose outputs are averaged. They are the model's own: to train one further, {@code copy} it. */
    public List<Layer> networks() {
        return model.networks();
    }

    /** What is predicted. */
    public List<String> targets() {
        return report.targets();
    }

    /** The columns that predictions are made from. */
    public List<String> features() {
        return model.preparation().names();
    }

    /** The estimator's settings, by name. */
    public Map<String, String> settings() {
        return report.settings();
    }

    /**
     * The numbers that go into the networks for each row of a table, MLJFlux's {@code transform}. A text with {@code embeddings} becomes what the
     * first network learnt for it; each network has numbers of its own, so train one, {@code networks(1)}, for the model's only ones.
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

    /** How the columns become the networks' inputs. */
    public Features preparation() {
        return model.preparation().features();
    }

    /** What the mean of the networks' outputs means: numbers in their units, or probabilities of classes. */
    public Target target() {
        return model.goal().target();
    }

    /**
     * Why a row's prediction is what it is: what each column adds to the background's mean, in the target's units, or in log odds of the class that is
     * taken against the rest. The background stands for the rows that were fitted. Of columns that depend on each other, values are shared among them, also
     * by rows that can't be.
     *
     * @param row by the names of its columns; null is missing
     * @throws IllegalStateException if a file of before backgrounds was loaded, or there are more than 500 columns
     * @throws IllegalArgumentException as {@code predict}, or if there are several targets, of which one must be named
     */
    public Explanation explain(Map<String, ?> row) {
        return model.explanation(preparation().row(row), null);
    }

    /** The same of the target, or the class, of this name. */
    public Explanation explain(Map<String, ?> row, String name) {
        return model.explanation(preparation().row(row), Objects.requireNonNull(name, "name is null"));
    }

    /**
     * How predictions for a table's rows, of many a thousand or fewer, depend on a column, the others being as they are.
     *
     * @param name the target, or the class whose probability is meant
     * @throws IllegalArgumentException if the table lacks a column, or there is no such target or class
     */
    public Unseen.Curve partialDependence(Table table, String column, String name) {
        List<String> names = target() instanceof Target.Classes classes ? classes.classes() : targets();
        if (!names.contains(name) || !features().contains(column)) {
            throw new IllegalArgumentException("one of " + names + " was expected, by one of " + features()
                    + ", but it was " + Names.shown(name) + " by " + Names.shown(column));
        }
        return PartialDependence.of(model, table, MOST_ROWS, column, names.indexOf(name), name);
    }

    /**
     * How good it is for a table's rows that have all targets.
     *
     * @throws IllegalArgumentException if the table lacks a column, has no such row, or a class that training didn't have
     */
    public Scores evaluate(Table table) {
        Table known = table.rows(Intake.places(Objects.requireNonNull(table, "table is null"), targets()));
        if (known.rows() == 0) {
            throw new IllegalArgumentException("rows with a value of " + String.join(", ", targets())
                    + " were expected, but none has one; to predict it, take predict");
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
     * How good a model is for a table.
     *
     * @param rows that count
     * @param rowsLeftOut those without a target
     * @param scores by the metric's name, in units of the target
     * @param trainedOn about which share of the rows it was trained on; NaN if that isn't known, as of a handful of rows
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
