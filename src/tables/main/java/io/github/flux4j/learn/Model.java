package io.github.flux4j.learn;

import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * What predicts.
 *
 * @param offered the columns of the table that it was fitted to, but for targets and weights
 * @param preparation of those that it learnt from
 */
record Model(List<String> offered, Preparation preparation, Goal goal, Ensemble ensemble) {

    static Model of(Fit fit) {
        Prepared data = fit.data();
        return new Model(
                data.intake().offered().stream().map(column -> column.name()).toList(),
                data.preparation(),
                data.goal(),
                new Ensemble(fit.outcome().networks(), data.goal().outputs()));
    }

    /** What each network says of a table's rows, row after row: scaled targets, or probabilities. */
    double[][] meant(Table table) {
        return meant(preparation.rows(table), table.rows());
    }

    /** The same of prepared rows. */
    double[][] meant(float[] features, int rows) {
        return Arrays.stream(ensemble.each(features, rows)).map(goal::meant).toArray(double[][]::new);
    }
}
