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

/** A fitted model that predicts classes and their probabilities. Immutable; safe for any thread. */
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

    /** The classes in the order of {@link #probabilities(Table)}: texts alphabetically, numbers by size. */
    public List<String> classes() {
        return goal.classes();
    }

    /**
     * Predicts the class of each row: the most probable one, or by the threshold if there is one.
     *
     * @throws IllegalArgumentException if the table lacks a column, has text in place of a number, or an unknown text where {@code unknown} says {@code ERROR}
     */
    public List<String> predict(Table table) {
        return Arrays.stream(probabilities(table)).map(goal::most).toList();
    }

    /** Predicts the class of one row, given by column names; null is a missing value. */
    public String predict(Map<String, ?> row) {
        return goal.most(Model.mean(meant(row)));
    }

    /** Predicts the class of one row of numbers, in the column order of the training table; NaN is a missing value. */
    public String predict(double... row) {
        return goal.most(Model.mean(meant(row)));
    }

    /** The class probabilities of each row, as {@code [rows][classes]}. */
    public double[][] probabilities(Table table) {
        return goal.rows(Model.mean(meant(table)));
    }

    /** The class probabilities of one row, given by column names. */
    public Map<String, Double> probabilities(Map<String, ?> row) {
        return named(Model.mean(meant(row)));
    }

    /** The class probabilities of one row of numbers. */
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

    /** A copy that treats a column missing from a table or row as missing values, and fills them as training filled gaps. */
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
     * Reads the classifier that {@link #save} wrote.
     *
     * @throws IOException if the file is not a fitted classifier, is damaged, comes from a newer version, or names layers or activations of somebody's own
     */
    public static FittedClassifier load(Path file) throws IOException {
        return load(file, Parts.NONE);
    }

    /**
     * Reads a classifier that has layers or activations of your own.
     *
     * @param parts your own, by the names under which they were saved
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
