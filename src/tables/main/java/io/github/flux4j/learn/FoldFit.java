package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.fit.Ending;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.fit.Derivation;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.fit.Yardsticks;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Intake.Derived;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Models of some rows of a table, and what they say of others: what cross-validation, tuning and learning curves are made of.
 *
 * @param table of rows that have a target
 */
record FoldFit(Judge judge, Table table, String target) {

    /** For estimators of that kind. */
    static FoldFit of(Estimator<?, ?> estimator, Table table, String target) {
        return new FoldFit(new Judge(estimator.goal(table, target), target), table, target);
    }

    /**
     * The rows of a table that have a target, and what else the estimator needs of each.
     *
     * @throws IllegalArgumentException if there is none, or no such column
     */
    static int[] known(Estimator<?, ?> estimator, Table table, String target) {
        List<String> needed = new ArrayList<>(List.of(target));
        needed.addAll(estimator.settings().needed());
        return known(table, needed.toArray(String[]::new));
    }

    /**
     * The rows of a table that have a value of all these columns.
     *
     * @throws IllegalArgumentException if there is none, or no such column
     */
    static int[] known(Table table, String... names) {
        Objects.requireNonNull(table, "table is null");
        int[] rows = Intake.places(table, List.of(names));
        if (rows.length == 0) {
            throw new IllegalArgumentException("no row has a value of "
                    + Arrays.stream(names).map(Names::shown).collect(Collectors.joining(" and "))
                    + ", so there is nothing to learn; choose another target");
        }
        return rows;
    }

    /** These metrics, or the usual ones; all are for this kind of target. */
    List<Metric> metrics(Metric... asked) {
        List<Metric> all = asked.length == 0 ? judge.usual() : List.of(asked);
        all.forEach(judge::require);
        return all;
    }

    /**
     * A model of these rows. Nobody is told of its epochs.
     *
     * @throws CancellationException if the thread is interrupted
     */
    Trained fit(Estimator<?, ?> estimator, long seed, int... train) {
        Estimator<?, ?> seeded = seeded(estimator, seed);
        return fit(seeded, seeded.derivation(table.rows(train), target));
    }

    static Estimator<?, ?> seeded(Estimator<?, ?> estimator, long seed) {
        return estimator.of(
                estimator.settings().with(EstimatorSetting.SEED, seed).with(EstimatorSetting.PROGRESS, epoch -> {}));
    }

    /** The same of prepared rows. */
    static Trained fit(Estimator<?, ?> seeded, Derivation rows) {
        Map<String, Derived> derived = rows.settings().get(EstimatorSetting.DERIVED);
        Trained fit = Trained.of(seeded.settings().with(EstimatorSetting.DERIVED, derived), rows.data(), null);
        if (fit.outcome().ending() == Ending.INTERRUPTED) {
            throw new CancellationException("interrupted before all folds were done");
        }
        return fit;
    }

    /** What is true of these rows. */
    double[] actual(int... rows) {
        return judge.actual(Table.of(table.column(target).rows(rows)));
    }

    /** What a model says of these rows. */
    double[][] predicted(Model model, int... rows) {
        return judge.predicted(model.goal(), Model.mean(model.meant(table.rows(rows))));
    }

    /** How good a model is for these rows. */
    double score(Metric metric, Model model, int... rows) {
        return judge.score(metric, actual(rows), predicted(model, rows));
    }

    /** What a linear model of the rows that were fitted says; empty if there is none. */
    double[][] linear(Trained fit, Model model, int... rows) {
        double[] linear = Yardsticks.of(fit, table.rows(rows));
        return linear.length == 0 ? new double[0][] : judge.predicted(model.goal(), linear);
    }
}
