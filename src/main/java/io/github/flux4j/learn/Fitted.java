package io.github.flux4j.learn;

import io.github.flux4j.data.Table;
import io.github.flux4j.files.AtomicFile;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What an estimator made of a table. Immutable: any number of threads may predict with it. */
public abstract sealed class Fitted permits FittedRegressor, FittedClassifier {

    private final Model model;
    private final Report report;
    private final Fit.Earlier earlier;

    /** What it can be gone on from is null for one that was read from a file. */
    Fitted(Model model, Report report, Fit.Earlier earlier) {
        this.model = model;
        this.report = report;
        this.earlier = earlier;
    }

    Model model() {
        return model;
    }

    Fit.Earlier earlier() {
        return earlier;
    }

    /** How good it is, and what it was made of. */
    public Report report() {
        return report;
    }

    /** The networks whose outputs are averaged. They are the model's own: to train one further, {@code copy} it. */
    public List<Layer> networks() {
        return model.ensemble().networks();
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

    /** The numbers that go into the networks for each row of a table. */
    public Table transform(Table table) {
        Objects.requireNonNull(table, "table is null");
        float[] features = model.preparation().rows(table);
        int width = model.preparation().width();
        double[][] rows = new double[table.rows()][width];
        for (int i = 0; i < features.length; i++) {
            rows[i / width][i % width] = features[i];
        }
        return Table.of(rows, model.preparation().namesOfNumbers().toArray(String[]::new));
    }

    /**
     * Writes it as one ONNX graph (opset 13), preparation included, for other runtimes. An input {@code [rows, 1]} for each of {@link #features()},
     * by its name: Float32 for numbers and dates (as years; NaN for what is missing), Float64 for numbers that are more than 10⁴ times
     * what they differ by, strings for texts. Outputs: {@code predictions [rows, targets]}, or {@code probabilities [rows, classes]} and
     * {@code label [rows]}; where a column has that name, with a line below it.
     *
     * @throws IllegalArgumentException if a network has a part that means nothing outside of training or to others, with the reason
     * @throws IOException if the file can't be written; what was there is unchanged
     */
    public void exportOnnx(Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        byte[] bytes = OnnxModel.bytes(model, report);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** What each network says of one row given as numbers, in the order of the columns of the table that was fitted. */
    double[][] meant(double... row) {
        List<String> offered = model.offered();
        if (row.length != offered.size()) {
            throw new IllegalArgumentException("a row has " + offered.size() + " numbers, those of "
                    + offered.stream().map(Words::shown).collect(Collectors.joining(", ")) + ", but " + row.length
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
