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
 * Trains a model that predicts numbers; made by {@code regressor()}. {@link Estimator} says the defaults. Immutable; safe for any thread.
 *
 * <pre>{@code
 * FittedRegressor mpg = regressor().fit(Table.read(Path.of("auto-mpg.csv")), "Miles_per_Gallon");
 * System.out.println(mpg.report());
 * }</pre>
 *
 * <p>The networks learn the standardised target. The prediction is the mean of the networks' predictions, kept within the range of the training target.
 */
public final class Regressor extends Estimator<Regressor, FittedRegressor> {

    private Regressor(EstimatorSettings settings) {
        super(settings);
    }

    /** A regressor with the default settings. */
    public static Regressor of() {
        return new Regressor(EstimatorSettings.USUAL);
    }

    @Override
    Regressor of(EstimatorSettings changed) {
        return new Regressor(changed);
    }

    /**
     * Sets MLJFlux's defaults: {@code Linear} with relu (so no negative predictions), Adam(0.001), 10 epochs, batches of one row in table order, no held-out rows,
     * unscaled numbers. Texts become zeros and ones, where MLJFlux has embeddings.
     */
    public Regressor mljFlux() {
        return asMljFlux(Learn.linear(Activation.RELU));
    }

    /**
     * Trains on ln(1 + y) in place of y, for amounts that vary by factors, such as prices, durations and counts; off by default. Predictions are still means, and
     * errors and intervals stay in the target's units. A report says where this would help. {@code fit} then throws {@link IllegalArgumentException} for a target
     * below 0.
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

    /** Trains on rows of numbers and their targets; NaN is a missing number. The columns are named x1, x2, …, and the target y. */
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
