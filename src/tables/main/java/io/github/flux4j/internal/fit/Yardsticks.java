package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.table.Table;

/** Linear models of the same rows, judged by the same rows held out: what a network must beat to be worth its while. */
public final class Yardsticks {

    private static final double[] NONE = {};

    private Yardsticks() {}

    /** What the linear model says of the rows held out: scaled, or probabilities; empty if it isn't wanted, or there is no time for it. */
    public static double[] heldOut(Trained fit) {
        return whyNone(fit).isEmpty() && fit.settings().get(EstimatorSetting.YARDSTICK)
                ? meant(fit, fit.lines().heldOut())
                : NONE;
    }

    /** The same of rows that nothing was fitted to. */
    public static double[] of(Trained fit, Table unseen) {
        return whyNone(fit).isEmpty() && fit.settings().get(EstimatorSetting.YARDSTICK)
                ? meant(fit, fit.lines().of(unseen))
                : NONE;
    }

    private static double[] meant(Trained fit, double[] outputs) {
        return fit.data().goal().ofLogits().meant(outputs);
    }

    /** Why there is none; empty if there is one, or it wasn't asked for. */
    public static String whyNone(Trained fit) {
        if (!fit.settings().get(EstimatorSetting.YARDSTICK)) {
            return "";
        }
        if (fit.outcome().ending() == Ending.INTERRUPTED) {
            return "training was interrupted";
        }
        return fit.outcome().isCutShort() && fit.straight() == null ? "the time limit was reached" : "";
    }
}
