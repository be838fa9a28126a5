package io.github.flux4j.cli.evaluate;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.RegressionMetric;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.model.TrainingRows;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.Served;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A table's rows that have all targets: what is true of them, and what a model predicts. */
final class Labelled {

    private static final List<RegressionMetric> OF_NUMBERS = List.of(Metrics.RMS, Metrics.MAE, Metrics.R2);

    private final Served model;
    private final Predictor predictor;
    private final Labels labels;
    private final List<double[]> actual = new ArrayList<>();
    private final List<double[]> predicted = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final LongStream.Builder hashes = LongStream.builder();
    private final String weighting;
    private final boolean isWeighted;
    private int leftOut;

    private Labelled(Served model, List<String> columns) {
        this.model = model;
        this.predictor = model.predictor();
        this.labels = predictor.isClassifier() ? new Labels(predictor.classes()) : null;
        this.weighting = weighting(predictor);
        this.isWeighted = columns.contains(weighting);
    }

    /** The column of the weights in training; empty if there was none. */
    private static String weighting(Predictor predictor) {
        return predictor.description().get("report") instanceof Map<?, ?> report
                        && report.get("settings") instanceof Map<?, ?> settings
                        && settings.get("weights") instanceof String column
                ? column
                : "";
    }

    /**
     * Reads a table and predicts for it.
     *
     * @throws IOException if it lacks a column, or a value can't be understood, or no row has a target
     */
    static Labelled of(Served model, CsvBlocks table, String source) throws IOException {
        Labelled rows = new Labelled(model, table.names());
        List<String> others = new ArrayList<>(rows.predictor.targets());
        others.addAll(rows.isWeighted ? List.of(rows.weighting) : List.of());
        model.inputs().takeFrom(table, source, others.toArray(String[]::new));
        for (CsvBlock block = table.next(null); block != null; block = table.next(block)) {
            rows.add(block, source);
        }
        if (rows.actual.isEmpty()) {
            throw new IOException(source + ": no row has a value of " + String.join(", ", rows.predictor.targets())
                    + ", so there is nothing to compare with; to predict it, use flux4j predict");
        }
        return rows;
    }

    private void add(CsvBlock block, String source) throws IOException {
        double[][] rows = model.inputs().prepared(block, source).numbers();
        double[][] answers = predictor.predictPrepared(rows);
        for (int row = 0; row < answers.length; row++) {
            double[] truth = truth(block, row, source);
            double weight = isWeighted ? weight(block, row, source) : 1;
            if (truth == null || Double.isNaN(weight)) {
                leftOut++;
            } else {
                actual.add(truth);
                weights.add(weight);
                hashes.add(
                        predictor.features() == null ? 0 : TrainingRows.hash(predictor.features(), rows[row], truth));
                predicted.add(answers[row]);
            }
        }
    }

    /** NaN if it is missing. */
    private double weight(CsvBlock block, int row, String source) throws IOException {
        int column = model.inputs().features().size() + predictor.targets().size();
        String cell = block.text(row, column);
        return cell == null || ColumnFormat.isGap(cell)
                ? Double.NaN
                : number(block, row, column, ColumnFormat.NUMBER, "weight " + weighting, source);
    }

    /** The targets, or the number of the class; null if one is missing. */
    private double[] truth(CsvBlock block, int row, String source) throws IOException {
        List<String> targets = predictor.targets();
        double[] truth = new double[targets.size()];
        for (int i = 0; i < truth.length; i++) {
            int column = model.inputs().features().size() + i;
            String cell = block.text(row, column);
            ColumnFormat format = predictor.targetFormats().get(i);
            if (cell == null || (labels == null ? format.isMissing(cell) : labels.isGap(cell))) {
                return null;
            }
            truth[i] = labels != null
                    ? labels.place(block, row, column)
                    : number(block, row, column, format, "target " + targets.get(i), source);
        }
        return truth;
    }

    private static double number(CsvBlock block, int row, int column, ColumnFormat format, String what, String source)
            throws IOException {
        String cell = block.text(row, column);
        double number = format.isUsual() ? block.number(row, column) : format.value(cell);
        if (Double.isNaN(number) && format.isUsual()) {
            number = ColumnFormat.DATE.value(cell);
        }
        if (Double.isNaN(number)) {
            throw new IOException(source + ", line " + block.line(row) + ": the " + what + " expects a "
                    + (format.isDate() ? "date" : "number") + (format.isUsual() ? "" : " written as " + format.text())
                    + ", but there is " + cell + "; correct it, or empty it to drop the row");
        }
        return number;
    }

    int rows() {
        return actual.size();
    }

    /** The column of the weights in training; empty if there was none. */
    String weighting() {
        return weighting;
    }

    /** How many rows have no target or no weight. */
    int leftOut() {
        return leftOut;
    }

    /** Which share of the rows the model was trained on, about; NaN if that isn't known. */
    double trainedOn() {
        return predictor.description().get("report") instanceof Map<?, ?> report
                        && report.get("rowHashes") instanceof String kept
                ? TrainingRows.share(kept, hashes.build().toArray())
                : Double.NaN;
    }

    /** Classes that the model doesn't know. */
    List<String> unknown() {
        return labels == null ? List.of() : labels.unknown();
    }

    /** How good the predictions are, by the metric's name; of several targets with theirs before it. */
    Map<String, Double> scores() {
        return scores(weights.stream().mapToDouble(weight -> 1).toArray());
    }

    /** The same, weighted as in training; empty if the table has no weights. */
    Map<String, Double> weightedScores() {
        return isWeighted
                ? scores(weights.stream().mapToDouble(weight -> weight).toArray())
                : Map.of();
    }

    private Map<String, Double> scores(double... each) {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (labels != null) {
            int[] truth = actual.stream().mapToInt(row -> (int) row[0]).toArray();
            double[][] probabilities = predicted.stream().map(labels::among).toArray(double[][]::new);
            double[][] taken = new double[truth.length][probabilities[0].length];
            for (int row = 0; row < truth.length; row++) {
                taken[row][predictor.mostProbable(predicted.get(row))] = 1;
            }
            scores.put(Metrics.ACCURACY.name(), Metrics.ACCURACY.of(truth, taken, each));
            scores.put(Metrics.LOG_LOSS.name(), Metrics.LOG_LOSS.of(truth, probabilities, each));
            return scores;
        }
        List<String> targets = predictor.targets();
        for (int i = 0; i < targets.size(); i++) {
            String before = targets.size() == 1 ? "" : targets.get(i) + " ";
            double[] truth = column(actual, i);
            double[] answers = column(predicted, i);
            OF_NUMBERS.forEach(metric -> scores.put(before + metric.name(), metric.of(truth, answers, each)));
        }
        return Collections.unmodifiableMap(scores);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
