package io.github.flux4j.internal.model;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Target.Explanation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Shapley values of a row's columns, {@code φ = Σ_c share_c · mean over orders of (f(with the column) − f(before))}: columns change one after another from a
 * background row's value to the row's.
 *
 * <p>Orders come in antithetic pairs, forwards and backwards (Mitchell, Cooper, Frank and Holmes 2022), equally many for each background row, so that values
 * add up to {@code f(row) − Σ_c share_c · f(c)} except for rounding. Numbers from one column change together. Orders are the same each time.
 */
public final class Shapley {

    private static final int FEWEST_PAIRS = 2; // of which there is a deviation
    private static final int MOST_PAIRS = 50;
    private static final int EXCHANGES = 1000; // of a column, in pairs of all rows of the background
    private static final long SEED = 1;

    /** Float32 can't distinguish probabilities nearer to 1. */
    private static final double LEAST = 1e-7;

    private final Features features;
    private final UnaryOperator<double[][]> model;
    private final double[] row;
    private final int place;
    private final boolean isLogOdds;
    private final int[] at; // where each column begins
    private final SplittableRandom random = new SplittableRandom(SEED);

    private Shapley(Features features, UnaryOperator<double[][]> model, double[] row, int place, boolean isLogOdds) {
        this.features = features;
        this.model = model;
        this.row = row;
        this.place = place;
        this.isLogOdds = isLogOdds;
        this.at = new int[features.list().size()];
        for (int j = 1; j < at.length; j++) {
            at[j] = at[j - 1] + features.list().get(j - 1).width();
        }
    }

    /**
     * Explains a prepared row.
     *
     * @param model predicts for prepared rows
     * @param name of a target or a class; null for the only target, or the chosen class
     * @throws IllegalStateException if there is no background
     * @throws IllegalArgumentException if there is nothing of this name, or there are several targets and none is named
     */
    public static Explanation of(
            Features features, Target target, UnaryOperator<double[][]> model, double[] row, String name) {
        if (features.background().isEmpty()) {
            throw new IllegalStateException(
                    "an explanation compares a row with training rows, which this model's file doesn't"
                            + " have: an earlier version saved it, or it has very many columns; train and save the model again");
        }
        double[][] predicted = model.apply(new double[][] {row});
        Target.Classes classes = target instanceof Target.Classes of ? of : null;
        List<String> names = classes == null ? target.names() : classes.classes();
        int place = name != null
                ? names.indexOf(name)
                : classes != null ? classes.most(predicted[0]) : predicted[0].length == 1 ? 0 : -1;
        if (place < 0) {
            throw new IllegalArgumentException("only " + names + " can be explained, but " + name + " was named");
        }
        return new Shapley(features, model, row, place, classes != null)
                .explanation(names.isEmpty() ? "prediction" : names.get(place), predicted);
    }

    /** Converts predictions to the explained quantity. */
    private double[] scaled(double[]... predictions) {
        double[] scaled = new double[predictions.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = isLogOdds ? logOdds(predictions[i]) : predictions[i][place];
        }
        return scaled;
    }

    private double logOdds(double... probabilities) {
        double rest = -probabilities[place];
        for (double probability : probabilities) {
            rest += probability;
        }
        return Math.log(Math.max(LEAST, probabilities[place]) / Math.max(LEAST, rest));
    }

    private Explanation explanation(String name, double[]... predicted) {
        double[][] centres = features.backgroundRows();
        double[] from = scaled(model.apply(centres));
        double to = scaled(predicted)[0];
        int columns = at.length;
        int pairs = Math.max(FEWEST_PAIRS, Math.min(MOST_PAIRS, EXCHANGES / columns / centres.length));
        double[] values = new double[columns];
        double[] variances = new double[columns];
        double background = 0;
        for (int c = 0; c < centres.length; c++) {
            double share = (double) features.background().get(c).get(0);
            double[][] moves = moves(centres[c], from[c], to, pairs);
            for (int j = 0; j < columns; j++) {
                double mean = 0;
                for (double move : moves[j]) {
                    mean += move / pairs;
                }
                double squares = 0;
                for (double move : moves[j]) {
                    squares += (move - mean) * (move - mean);
                }
                values[j] += share * mean;
                variances[j] += share * share * squares / (pairs - 1) / pairs;
            }
            background += share * from[c];
        }
        Map<String, Double> byName = new LinkedHashMap<>();
        Map<String, Double> errors = new LinkedHashMap<>();
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            order.add(j);
        }
        order.sort(Comparator.comparingDouble(j -> -Math.abs(values[j])));
        for (int j : order) {
            byName.put(features.list().get(j).name(), values[j]);
            errors.put(features.list().get(j).name(), Math.sqrt(variances[j]));
        }
        return new Explanation(
                name,
                isLogOdds,
                background,
                to,
                Collections.unmodifiableMap(byName),
                Collections.unmodifiableMap(errors));
    }

    /** How far each column moves the prediction on the way from a background row, in each pair of orders: one, and its reverse. */
    private double[][] moves(double[] centre, double from, double to, int pairs) {
        int columns = at.length;
        int[][] orders = new int[2 * pairs][columns];
        List<double[]> rows = new ArrayList<>();
        for (int o = 0; o < orders.length; o++) {
            double[] mixed = centre.clone();
            for (int k = 0; k < columns && o % 2 == 0; k++) { // inside out (Durstenfeld 1964)
                int other = random.nextInt(k + 1);
                orders[o][k] = orders[o][other];
                orders[o][other] = k;
            }
            for (int k = 0; k < columns; k++) {
                orders[o][k] = o % 2 == 0 ? orders[o][k] : orders[o - 1][columns - 1 - k];
                int column = orders[o][k];
                System.arraycopy(
                        row,
                        at[column],
                        mixed,
                        at[column],
                        features.list().get(column).width());
                rows.add(mixed.clone());
            }
        }
        double[] said = scaled(model.apply(rows.toArray(new double[0][])));
        double[][] moves = new double[columns][pairs];
        for (int o = 0; o < orders.length; o++) {
            double before = from;
            for (int k = 0; k < columns; k++) {
                double after = k == columns - 1 ? to : said[o * columns + k];
                moves[orders[o][k]][o / 2] += (after - before) / 2;
                before = after;
            }
        }
        return moves;
    }
}
