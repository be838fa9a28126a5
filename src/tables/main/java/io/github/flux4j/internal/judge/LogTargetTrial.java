package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Outcome;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether networks that learn the logarithm of the target have a smaller mean absolute error: of a target that is never negative and skewed to the
 * right, two of a fit's networks are trained again, with the same rows held out.
 */
public final class LogTargetTrial {

    private static final int NETWORKS = 2;
    private static final int FEWEST_ROWS = 100;
    private static final int MOST_ROWS = 20_000;

    /** Of the exponential distribution it is 2, of lognormal ones more; of a normal one 0. */
    private static final double SKEWNESS = 1.5;

    private static final double BETTER = 0.97;

    private LogTargetTrial() {}

    /** A line if the error is lower by over 3 %. */
    public static List<String> notes(Trained fit, Targets goal) {
        EstimatorSettings settings = fit.settings();
        int rows = fit.data().learnt().count();
        boolean asked = fit.mayBeTriedAgain()
                && !settings.get(EstimatorSetting.LOG_TARGET)
                && goal.outputs() == 1
                && rows >= FEWEST_ROWS
                && rows <= MOST_ROWS;
        return asked && isSkewed(actual(fit, goal)) ? tried(fit, goal) : List.of();
    }

    private static double[] actual(Trained fit, Targets goal) {
        return ((Numbers) fit.data().intake().table().column(goal.all().get(0).name())).values();
    }

    private static boolean isSkewed(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double square =
                Arrays.stream(values).map(y -> Math.pow(y - mean, 2)).average().orElseThrow();
        double cube =
                Arrays.stream(values).map(y -> Math.pow(y - mean, 3)).average().orElseThrow();
        return Arrays.stream(values).allMatch(y -> y >= 0) && cube / Math.pow(square, 1.5) > SKEWNESS;
    }

    private static List<String> tried(Trained fit, Targets goal) {
        EstimatorSettings log = fit.settings().with(EstimatorSetting.LOG_TARGET, true);
        Table table = fit.data().intake().table();
        Targets logarithms = Targets.of(table, log, goal.all().get(0).name());
        Outcome outcome = fit.tried(log, Prepared.of(fit.data().intake(), logarithms, log), NETWORKS);
        if (outcome == null) {
            return List.of();
        }
        int[] held = outcome.heldOutRows().stream().flatMapToInt(Arrays::stream).toArray();
        double usual = error(fit.outcome(), goal, actual(fit, goal), held);
        double[] outputs = outcome.heldOut(table.rows(), 1);
        Targets smeared = logarithms.smeared(
                table.rows(held),
                IntStream.of(held).mapToDouble(row -> outputs[row]).toArray());
        double other = error(outcome, smeared, actual(fit, goal), held);
        return other < BETTER * usual
                ? List.of(
                        "mae is " + Figures.short3(other) + " instead of " + Figures.short3(usual)
                                + " on the rows that two networks held out, if they learn the target's logarithm: use logTarget(), or --log-target")
                : List.of();
    }

    private static double error(Outcome outcome, Targets goal, double[] actual, int... rows) {
        double[][] predicted = goal.rows(outcome.heldOut(actual.length, 1));
        return new Judge(goal, "").score(Metrics.MAE, rows, actual, predicted);
    }
}
