package io.github.flux4j.learn;

import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.table.Table;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Predicts classes. */
public final class FittedClassifier extends Fitted {

    private final Classes goal;

    private FittedClassifier(Model model, Report report, Trained.Earlier earlier) {
        super(model, report, earlier);
        this.goal = (Classes) model.goal();
    }

    static FittedClassifier of(Trained fit) {
        Model usual = Model.of(fit).explaining(fit);
        Held held = Held.of(fit, usual);
        Model model = usual.of(Reports.decided((Classes) usual.goal(), fit, held));
        return new FittedClassifier(model, Reports.of(fit, model, held), fit.earlier());
    }

    /** The classes, in the order of {@link #probabilities(Table)}: texts in alphabetical order, numbers by size. */
    public List<String> classes() {
        return goal.classes();
    }

    /**
     * The class of each row: by the threshold, or the most probable one.
     *
     * @throws IllegalArgumentException if the table lacks a column, a number is text, or a text is unknown and that is to be an error
     */
    public List<String> predict(Table table) {
        return Arrays.stream(probabilities(table)).map(this::mostProbable).toList();
    }

    /** The most probable class of one row, given by the names of its columns; null is missing. */
    public String predict(Map<String, ?> row) {
        return mostProbable(Model.mean(meant(row)));
    }

    /** The most probable class of a row of numbers, NaN being missing, in the order of the columns of the table that was fitted. */
    public String predict(double... row) {
        return mostProbable(Model.mean(meant(row)));
    }

    private String mostProbable(double... probabilities) {
        return goal.classes().get(goal.target().most(probabilities));
    }

    /** The probability of each class, a row each. */
    public double[][] probabilities(Table table) {
        return goal.rows(Model.mean(meant(table)));
    }

    /** The probability of each class of one row. */
    public Map<String, Double> probabilities(Map<String, ?> row) {
        return named(Model.mean(meant(row)));
    }

    /** The probability of each class of a row of numbers. */
    public Map<String, Double> probabilities(double... row) {
        return named(Model.mean(meant(row)));
    }

    private Map<String, Double> named(double... probabilities) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int k = 0; k < probabilities.length; k++) {
            named.put(goal.classes().get(k), probabilities[k]);
        }
        return named;
    }

    /** The same, which takes a column that a table or a row doesn't have as missing, and fills it as training filled gaps. */
    public FittedClassifier allowMissingColumns() {
        return new FittedClassifier(model().allowMissingColumns(), report(), earlier());
    }

    @Override
    FittedClassifier noted(List<String> notes) {
        return new FittedClassifier(model(), report().noted(notes), earlier());
    }

    @Override
    ModelDocument document() {
        return FittedJson.document("classifier", model(), report(), null);
    }

    /**
     * What {@link #save} wrote.
     *
     * @throws IOException if it is no such file, or cut, changed, of a newer version or of another kind, or names parts of somebody's own
     */
    public static FittedClassifier load(Path file) throws IOException {
        return load(file, Parts.NONE);
    }

    /**
     * As {@link #load(Path)}, of networks with layers or activations of your own.
     *
     * @param parts these, by the names that they were saved under
     */
    public static FittedClassifier load(Path file, Parts parts) throws IOException {
        FittedJson.Read read = FittedJson.read("classifier", file, parts);
        return new FittedClassifier(read.model(), read.report(), null);
    }

    @Override
    public String toString() {
        return "FittedClassifier of " + targets().get(0) + ": " + report();
    }
}
