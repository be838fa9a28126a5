package io.github.flux4j.internal.fit;

import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.internal.model.Ensemble;
import io.github.flux4j.internal.model.Shapley;
import io.github.flux4j.internal.prepare.Centres;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What predicts. Any number of threads may ask at the same time.
 *
 * @param offered the columns of the table that it was fitted to, but for targets and weights
 * @param preparation of those that it learnt from
 * @param networks whose outputs are averaged
 */
public record Model(List<String> offered, Preparation preparation, Goal goal, List<Layer> networks) {

    /** Rows that are predicted at once. */
    private static final int BLOCK = 1024;

    public Model {
        networks = List.copyOf(networks);
    }

    public static Model of(Trained fit) {
        Prepared data = fit.data();
        return new Model(
                data.intake().offered().stream().map(column -> column.name()).toList(),
                data.preparation(),
                data.goal(),
                fit.networks());
    }

    /** The same of the networks by which the fit was judged. */
    public Model judges(Trained fit) {
        return new Model(offered, preparation, goal, fit.outcome().networks());
    }

    /** The same with another goal. */
    public Model of(Goal other) {
        return new Model(offered, preparation, other, networks);
    }

    /** The same, which can explain what it predicts. */
    public Model explaining(Trained fit) {
        List<List<Object>> background = fit.outcome().bestEpoch() == 0
                ? Centres.mean(fit.data())
                : Centres.of(fit.data(), fit.settings().get(EstimatorSetting.KEEP_ROWS));
        return new Model(offered, new Preparation(preparation.features().over(background)), goal, networks);
    }

    /** Why a prepared row has its prediction; null for the only target, or the class that is taken. */
    public Explanation explanation(double[] row, String name) {
        return Shapley.of(preparation.features(), goal.target(), this::predicted, row, name);
    }

    /** A table's rows as networks are given them. */
    public double[][] prepared(Table table) {
        double[][] prepared = new double[table.rows()][];
        preparation.each(table, (row, i) -> prepared[i] = row.clone());
        return prepared;
    }

    /** What all say together of each prepared row, in the target's units. */
    public double[][] predicted(double[]... rows) {
        double[] features = new double[Examples.numbers(rows.length, rows[0].length)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, features, i * rows[0].length, rows[0].length);
        }
        return goal.rows(mean(meant(features, rows.length)));
    }

    /** The same, for which columns may be absent. */
    public Model allowMissingColumns() {
        Preparation allowing = new Preparation(preparation.features().allowMissingColumns());
        return new Model(offered, allowing, goal, networks);
    }

    /** The same of one of its networks. */
    public Model only(int network) {
        return new Model(offered, preparation, goal, List.of(networks.get(network)));
    }

    /** What each network says of a table's rows, row after row: scaled targets, or probabilities. */
    public double[][] meant(Table table) {
        if (!isDouble()) {
            return meant(preparation.rows(table), table.rows());
        }
        double[] rows = new double[Examples.numbers(table.rows(), preparation.width())];
        preparation.each(table, (row, i) -> System.arraycopy(row, 0, rows, i * row.length, row.length));
        return meant(rows, table.rows());
    }

    /** Whether all is computed in Float64, as lines are. */
    private boolean isDouble() {
        return networks.get(0).dataType() == DataType.DOUBLE;
    }

    /** What each network says of prepared rows in Float64. */
    public double[][] meant(double[] features, int rows) {
        if (!isDouble()) {
            float[] narrow = new float[features.length];
            preparation.narrow(features, narrow, 0);
            return meant(narrow, rows);
        }
        return networks.stream()
                .map(network -> goal.meant(outputs(network, features, rows)))
                .toArray(double[][]::new);
    }

    private double[] outputs(Layer network, double[] features, int rows) {
        double[] all = new double[Examples.numbers(rows, goal.outputs())];
        network.predict(features, rows, all);
        for (int i = 0; i < all.length; i++) {
            Ensemble.requireFinite(all[i], i / goal.outputs());
        }
        return all;
    }

    /** The same of prepared rows. */
    public double[][] meant(float[] features, int rows) {
        return networks.stream()
                .map(network -> goal.meant(outputs(network, features, rows)))
                .toArray(double[][]::new);
    }

    private double[] outputs(Layer network, float[] features, int rows) {
        int outputs = goal.outputs();
        double[] all = new double[Examples.numbers(rows, outputs)];
        int inputs = features.length / rows;
        for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            float[] block = Arrays.copyOfRange(features, from * inputs, (from + count) * inputs);
            float[] predictions = new float[count * outputs];
            network.predict(block, count, predictions);
            for (int i = 0; i < predictions.length; i++) {
                Ensemble.requireFinite(predictions[i], from + i / outputs);
                all[from * outputs + i] = predictions[i];
            }
        }
        return all;
    }

    /** What all say together. */
    public static double[] mean(double[][] each) {
        double[] mean = new double[each[0].length];
        for (double[] one : each) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / each.length;
            }
        }
        return mean;
    }
}
