package io.github.flux4j.learn;

import io.github.flux4j.optimise.Adam;

/** Linear models of the same rows, judged by the same rows left out: what a network must beat to be worth its while. */
final class Yardsticks {

    private static final double[] NONE = {};

    private Yardsticks() {}

    /** Ridge regression's predictions for the rows held, scaled as the networks'; empty if it isn't wanted, or would take too long. */
    static double[] ridge(Fit fit) {
        Prepared data = fit.data();
        Ridge ridge = new Ridge(data.learnt(), data.preparation().plain());
        int[][] parts = fit.outcome().leftOut().stream().map(LeftOut.Kept::rows).toArray(int[][]::new);
        if (!fit.settings().yardstick
                || fit.outcome().ending() == Ending.INTERRUPTED
                || ridge.isTooLarge(parts.length)) {
            return NONE;
        }
        return data.validation() == null ? ridge.leftOut(parts) : ridge.of(data.validation());
    }

    /** Logistic regression's probabilities for the rows held: one {@code dense} by Adam(0.03), the epoch chosen by the rows left out. */
    static double[] logistic(Fit fit) {
        if (!fit.settings().yardstick || fit.outcome().ending() == Ending.INTERRUPTED) {
            return NONE;
        }
        Settings linear = Settings.classification().with(s -> {
            s.network = Network.of("dense");
            s.rule = new Adam(0.03);
            s.epochs = 300;
            s.patience = 20;
            s.networks = fit.settings().networks;
            s.seed = fit.settings().seed;
            s.stopping = fit.settings().stopping;
        });
        Prepared plain = fit.data().plain();
        try {
            Fit made = Fit.of(linear, plain, null);
            return Held.of(made, Model.of(made)).outputs();
        } catch (ArithmeticException diverged) {
            return NONE; // on numbers that are not scaled
        }
    }
}
