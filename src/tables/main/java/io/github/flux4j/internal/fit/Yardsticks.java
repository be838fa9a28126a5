package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.List;
import java.util.stream.IntStream;

/** Linear models of the same rows, judged by the same rows left out: what a network must beat to be worth its while. */
public final class Yardsticks {

    private static final double[] NONE = {};

    private static final int PARTS = 10;

    private Yardsticks() {}

    /** The linear model's predictions for rows that nothing was fitted to: scaled, or probabilities; empty if it isn't wanted, or would take too long. */
    public static double[] of(Trained fit, float[] features, int rows) {
        Prepared data = fit.data();
        Examples unseen = new Examples(
                features,
                data.preparation().width(),
                new float[Examples.numbers(rows, data.goal().outputs())],
                data.goal().outputs(),
                null);
        return data.goal() instanceof Classes ? logistic(fit, unseen) : ridge(fit, unseen);
    }

    private static double[] ridge(Trained fit, Examples unseen) {
        Prepared data = fit.data();
        Ridge ridge = new Ridge(data.learnt(), data.preparation().plain());
        List<RowSplit> splits = fit.settings().isDivided() && fit.division() != null
                ? fit.division().splits()
                : shares(data.learnt().count(), fit.settings().get(EstimatorSetting.SEED));
        boolean wanted = fit.settings().get(EstimatorSetting.YARDSTICK) && !ridge.isTooLarge(splits.size());
        return wanted ? ridge.of(unseen, splits) : NONE;
    }

    private static List<RowSplit> shares(int rows, long seed) {
        int count = Math.min(PARTS, rows);
        int[] each = IntStream.range(0, rows).toArray();
        return Division.parts(count, count, null, seed, each);
    }

    private static double[] logistic(Trained fit, Examples unseen) {
        Trained linear = logisticFit(fit);
        return linear == null
                ? NONE
                : Model.mean(Model.of(linear)
                        .meant(unseen.only(fit.data().preparation().plain()).features(), unseen.count()));
    }

    /** Ridge regression's predictions for the rows held, scaled as the networks'; empty if it isn't wanted, or would take too long. */
    public static double[] ridge(Trained fit) {
        Prepared data = fit.data();
        Ridge ridge = new Ridge(data.learnt(), data.preparation().plain());
        int parts = fit.division() == null ? 1 : fit.division().splits().size();
        if (!fit.settings().get(EstimatorSetting.YARDSTICK)
                || fit.outcome().ending() == Ending.INTERRUPTED
                || ridge.isTooLarge(parts)) {
            return NONE;
        }
        return data.validation() == null ? ridge.leftOut(fit.division().splits()) : ridge.of(data.validation());
    }

    /** Why {@link #ridge(Trained)} or {@link #logistic(Trained)} gave none; empty if that wasn't asked for. */
    public static String whyNone(Trained fit) {
        if (!fit.settings().get(EstimatorSetting.YARDSTICK)) {
            return "";
        }
        if (fit.outcome().ending() == Ending.INTERRUPTED) {
            return "training was interrupted";
        }
        if (fit.outcome().isCutShort() && fit.data().goal() instanceof Classes) {
            return "the time limit was reached";
        }
        Examples rows = fit.data().learnt();
        return fit.data().goal() instanceof Classes
                ? "it diverged; scale the columns"
                : "ridge regression of " + rows.count() + " rows and " + rows.inputs()
                        + " numbers each takes too long; linear() of the estimator, or train --linear, fits a linear model";
    }

    /** Logistic regression's probabilities for the rows held: one {@code dense} by Adam(0.03), the epoch chosen by the rows left out. */
    public static double[] logistic(Trained fit) {
        Trained linear = logisticFit(fit);
        return linear == null ? NONE : Held.of(linear, Model.of(linear)).outputs();
    }

    private static Trained logisticFit(Trained fit) {
        if (!fit.settings().get(EstimatorSetting.YARDSTICK) || fit.outcome().isCutShort()) {
            return null;
        }
        EstimatorSettings linear = EstimatorSettings.USUAL
                .with(EstimatorSetting.LOSS, Losses.LOGITCROSSENTROPY)
                .with(EstimatorSetting.NETWORK, Network.of("dense"))
                .with(EstimatorSetting.FREQUENCIES, 0)
                .with(EstimatorSetting.INPUT_RATE, 0.0)
                .with(EstimatorSetting.RULE, new Adam(0.03))
                .with(EstimatorSetting.EPOCHS, 300)
                .with(EstimatorSetting.PATIENCE, 20)
                .with(EstimatorSetting.GROUPS, fit.settings().get(EstimatorSetting.GROUPS))
                .with(EstimatorSetting.TIME, fit.settings().get(EstimatorSetting.TIME))
                .with(EstimatorSetting.SEED, fit.settings().get(EstimatorSetting.SEED))
                .with(EstimatorSetting.TIME_LIMIT, fit.timeLeft());
        int networks = fit.settings().get(EstimatorSetting.NETWORKS);
        linear = fit.settings().isUsual(EstimatorSetting.NETWORKS)
                ? linear
                : linear.with(EstimatorSetting.NETWORKS, networks);
        Prepared plain = fit.data().plain();
        try {
            return Trained.of(linear, plain, null);
        } catch (ArithmeticException diverged) {
            return null; // on numbers that are not scaled
        }
    }
}
