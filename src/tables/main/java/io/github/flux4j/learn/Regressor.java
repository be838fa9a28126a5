package io.github.flux4j.learn;

import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Predicts numbers; made by {@code regressor()}.
 *
 * <pre>{@code
 * FittedRegressor mpg = regressor().fit(Table.read(Path.of("auto-mpg.csv")), "Miles_per_Gallon");
 * System.out.println(mpg.report());
 * }</pre>
 *
 * <p>The target is standardised for the networks; the prediction is the mean of theirs, kept within the range of the target.
 */
public final class Regressor extends Estimator<Regressor, FittedRegressor> {

    private Regressor(EstimatorSettings settings) {
        super(settings);
    }

    /** With the usual settings. */
    public static Regressor of() {
        return new Regressor(EstimatorSettings.USUAL);
    }

    @Override
    Regressor of(EstimatorSettings changed) {
        return new Regressor(changed);
    }

    /**
     * With MLJFlux's defaults: {@code Linear} with relu (which can't predict what is negative), Adam(0.001), 10 epochs, batches of one row, consecutive
     * and never shuffled, all rows, numbers as they are. Texts become zeros and ones, where MLJFlux has embeddings.
     */
    public Regressor mljFlux() {
        return asMljFlux(Learn.linear(Activation.RELU));
    }

    /**
     * Teaches ln(1 + y) in place of a target y ≥ 0, for amounts that spread by factors: prices, durations, counts. Predictions are still means, and all errors and
     * intervals are in the target's units. Usually not; a report names it where it would help.
     *
     * @throws IllegalArgumentException when it is fitted, if the target is below 0 anywhere
     */
    public Regressor logTarget() {
        return of(settings().with(EstimatorSetting.LOG_TARGET, true));
    }

    @Override
    String kind() {
        return "regressor";
    }

    @Override
    FittedRegressor fitted(Trained trained) {
        return FittedRegressor.of(trained);
    }

    /** A model of rows of numbers, NaN being a gap, and their targets; columns are named x1, x2, …, the target y. */
    public FittedRegressor fit(double[][] features, double[] target) {
        return fit(table(features, target), "y");
    }

    private static Table table(double[][] features, double[] target) {
        Table table = Table.of(Objects.requireNonNull(features, "features is null"));
        if (Objects.requireNonNull(target, "target is null").length != table.rows()) {
            throw new IllegalArgumentException("each row needs a target, but there are " + table.rows() + " rows and "
                    + target.length + " targets");
        }
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(Numbers.of("y", target));
        return Table.of(columns.toArray(Column[]::new));
    }

    @Override
    Goal goal(Table known, String target) {
        return Targets.of(known, settings(), target);
    }

    @Override
    Prepared prepared(EstimatorSettings settings, Table table, String... targets) {
        Intake intake = Intake.of(table, settings, targets);
        return Prepared.of(intake, Targets.of(intake.table(), settings, targets), settings);
    }
}
