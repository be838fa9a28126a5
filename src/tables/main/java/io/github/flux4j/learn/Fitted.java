package io.github.flux4j.learn;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.Target;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.InputLayers;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.model.TrainingRows;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an estimator made of a table. Immutable: any number of threads may predict with it. */
public abstract sealed class Fitted permits FittedRegressor, FittedClassifier {

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
     * How good it is for a table's rows that have all targets.
     *
     * @throws IllegalArgumentException if the table lacks a column, has no such row, or a class that training didn't have
     */
    public Scores evaluate(Table table) {
        Table known = Objects.requireNonNull(table, "table is null");
        for (String target : targets()) {
            Column column = known.column(target);
            known = known.rows(IntStream.range(0, known.rows())
                    .filter(row -> !column.isMissing(row))
                    .toArray());
        }
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
        return model.meant(Objects.requireNonNull(table, "table is null"));
    }

    /** Of each network, what it says of one row of several. */
    static double[][] row(double[][] each, int row, int outputs) {
        return Arrays.stream(each)
                .map(all -> Arrays.copyOfRange(all, row * outputs, (row + 1) * outputs))
                .toArray(double[][]::new);
    }
}
