package io.github.flux4j.evaluate;

import io.github.flux4j.internal.values.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * All metrics, for static import, each with formula and source; values agree with scikit-learn's. y is a target, ŷ a prediction, e = y − ŷ; means are weighted by the
 * rows' weights. Safe for any thread.
 *
 * <p>{@code Flux4j.MAE} is a loss on arrays and {@code Metrics.MAE} a metric on numbers: if you import both, write the class.
 */
public final class Metrics {

    private static final Vocabulary<Metric> VOCABULARY = new Vocabulary<>(Metric.class, "a metric");

    /** Root mean square error, √mean(e²). */
    public static final RegressionMetric RMS = listed(new RegressionMetric(
            "rms", "root mean square error", false, (y, p, w) -> Math.sqrt(Errors.square(y, p, w))));

    /** Mean absolute error, mean |e|. */
    public static final RegressionMetric MAE = listed(
            new RegressionMetric("mae", "mean absolute error", false, (y, p, w) -> Errors.mean(y, p, w, Math::abs)));

    /** The median of |e|; for an even number of rows, the mean of the middle two. */
    public static final RegressionMetric MEDIAN_ABSOLUTE_ERROR =
            listed(RegressionMetric.of("medianAbsoluteError", false, Errors::median));

    /** Mean absolute percentage error as a fraction, mean(|e| / max(|y|, 2⁻⁵²)): 0.1 is ten per cent. */
    public static final RegressionMetric MAPE = listed(RegressionMetric.of("mape", false, Errors::mape));

    /** Coefficient of determination, 1 − Σe² / Σ(y − ȳ)²: 0 for predicting the mean. If all targets are equal, 1 without error and else 0; NaN for one row. */
    public static final RegressionMetric R2 = listed(new RegressionMetric("r2", "R²", true, Errors::r2));

    /** 1 − Var(e) / Var(y); unlike R², a constant error does not lower it. */
    public static final RegressionMetric EXPLAINED_VARIANCE =
            listed(RegressionMetric.of("explainedVariance", true, Errors::explainedVariance));

    /** max |e| over the rows with a weight above 0. */
    public static final RegressionMetric MAX_ERROR = listed(RegressionMetric.of("maxError", false, Errors::largest));

    /** Root mean square error of logarithms, √mean((log(1 + y) − log(1 + ŷ))²); needs y, ŷ ≥ 0. */
    public static final RegressionMetric RMSLE =
            listed(RegressionMetric.of("rmsle", false, (y, p, w) -> Math.sqrt(Errors.squareOfLogs(y, p, w))));

    /** The share of rows whose most probable class is right. */
    public static final ClassificationMetric ACCURACY = listed(ClassificationMetric.of(
            "accuracy", true, (y, p, w) -> Confusion.of(y, p, w).accuracy()));

    /** {@link Confusion#balancedAccuracy}. */
    public static final ClassificationMetric BALANCED_ACCURACY = listed(ClassificationMetric.of(
            "balancedAccuracy", true, (y, p, w) -> Confusion.of(y, p, w).balancedAccuracy()));

    /** {@link Confusion#precision}: the plain mean over the classes that are true or predicted somewhere. */
    public static final ClassificationMetric PRECISION = listed(ClassificationMetric.of(
            "precision", true, (y, p, w) -> macro(Confusion.of(y, p, w), Confusion::precision)));

    /** {@link Confusion#recall}: the plain mean over the classes that are true or predicted somewhere. */
    public static final ClassificationMetric RECALL = listed(
            ClassificationMetric.of("recall", true, (y, p, w) -> macro(Confusion.of(y, p, w), Confusion::recall)));

    /** {@link Confusion#f1}: the plain mean over the classes that are true or predicted somewhere. */
    public static final ClassificationMetric F1 =
            listed(ClassificationMetric.of("f1", true, (y, p, w) -> macro(Confusion.of(y, p, w), Confusion::f1)));

    /** {@link Confusion#precision}: the mean over the classes, weighted by their true counts. */
    public static final ClassificationMetric WEIGHTED_PRECISION = listed(ClassificationMetric.of(
            "weightedPrecision", true, (y, p, w) -> weighted(Confusion.of(y, p, w), Confusion::precision)));

    /** {@link Confusion#recall}: the mean over the classes, weighted by their true counts; equals the accuracy. */
    public static final ClassificationMetric WEIGHTED_RECALL = listed(ClassificationMetric.of(
            "weightedRecall", true, (y, p, w) -> weighted(Confusion.of(y, p, w), Confusion::recall)));

    /** {@link Confusion#f1}: the mean over the classes, weighted by their true counts. */
    public static final ClassificationMetric WEIGHTED_F1 = listed(
            ClassificationMetric.of("weightedF1", true, (y, p, w) -> weighted(Confusion.of(y, p, w), Confusion::f1)));

    /** {@link Confusion#mcc}. */
    public static final ClassificationMetric MCC = listed(ClassificationMetric.of(
            "mcc", true, (y, p, w) -> Confusion.of(y, p, w).mcc()));

    /** {@link Confusion#kappa}. */
    public static final ClassificationMetric KAPPA = listed(ClassificationMetric.of(
            "kappa", true, (y, p, w) -> Confusion.of(y, p, w).kappa()));

    /** −mean(log p) of the true classes' probabilities p, after clipping to [2⁻⁵², 1 − 2⁻⁵²] and dividing each row by its sum. */
    public static final ClassificationMetric LOG_LOSS =
            listed(new ClassificationMetric("logLoss", "log loss", false, ProbabilityErrors::logLoss));

    /** mean(Σ (p − o)²) over the classes, with o = 1 for the true class and else 0 (Brier 1950); half of that for two classes, as usual. */
    public static final ClassificationMetric BRIER =
            listed(ClassificationMetric.of("brier", false, ProbabilityErrors::brier));

    /**
     * Area under the ROC curve: the probability that a row of the class gets a higher probability than another row, ties counting half (Hanley and McNeil 1982). For
     * two classes, that of the second; for more, the mean of each present class against the rest. NaN if there is only one class.
     */
    public static final ClassificationMetric ROC_AUC =
            listed(ClassificationMetric.of("rocAuc", true, RankMeasures::auc));

    /** Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over the thresholds, with recall R and precision P, without interpolation; classes as for {@link #ROC_AUC}. */
    public static final ClassificationMetric AVERAGE_PRECISION =
            listed(ClassificationMetric.of("averagePrecision", true, RankMeasures::averagePrecision));

    /** Expected calibration error (Guo and others 2017): Σ (n_b/n)·|accuracy − mean largest probability| over 15 equal bins b of the largest probability. */
    public static final ClassificationMetric CALIBRATION_ERROR =
            listed(ClassificationMetric.of("calibrationError", false, ProbabilityErrors::calibrationError));

    static {
        VOCABULARY.word("pinball", arguments -> pinball(arguments.number("q")));
        VOCABULARY.word("top", arguments -> top(arguments.whole("k")));
    }

    private Metrics() {}

    private static <M extends Metric> M listed(M metric) {
        VOCABULARY.value(metric.name(), metric);
        return metric;
    }

    private interface OfClass {
        double of(Confusion confusion, int k);
    }

    private static double macro(Confusion confusion, OfClass measure) {
        return confusion.macro(k -> measure.of(confusion, k));
    }

    private static double weighted(Confusion confusion, OfClass measure) {
        return confusion.weighted(k -> measure.of(confusion, k));
    }

    /**
     * Pinball loss of the quantile q, mean(max(q·e, (q − 1)·e)) (Koenker and Bassett 1978); half of the mean absolute error for q = ½.
     *
     * @throws IllegalArgumentException unless q is above 0 and below 1
     */
    public static RegressionMetric pinball(double q) {
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("q must be above 0 and below 1, but was " + q);
        }
        return RegressionMetric.of(
                "pinball(" + q + ")", false, (y, p, w) -> Errors.mean(y, p, w, e -> Math.max(q * e, (q - 1) * e)));
    }

    /**
     * The share of rows whose class is among the k most probable, the first of equals; {@code top(1)} is the accuracy.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public static ClassificationMetric top(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but was " + k);
        }
        return ClassificationMetric.of("top(" + k + ")", true, (y, p, w) -> ProbabilityErrors.top(k, y, p, w));
    }

    /**
     * The share of targets inside their intervals, {@code [rows][2]} with the lower end first, ends included.
     *
     * @throws IllegalArgumentException if there is no row, the lengths differ, a number is NaN, or an interval's ends are reversed
     */
    public static double coverage(double[] targets, double[][] intervals) {
        MetricChecks.requireFinite(targets, "targets");
        MetricChecks.requireSameRows(
                targets.length, Objects.requireNonNull(intervals, "intervals is null").length, "intervals");
        requireOrdered(intervals);
        return IntStream.range(0, targets.length)
                .mapToDouble(i -> intervals[i][0] <= targets[i] && targets[i] <= intervals[i][1] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /**
     * The mean width of intervals, {@code [rows][2]} with the lower end first.
     *
     * @throws IllegalArgumentException if there is no row, a number is NaN, or an interval's ends are reversed
     */
    public static double width(double[][] intervals) {
        requireOrdered(intervals);
        return IntStream.range(0, intervals.length)
                .mapToDouble(i -> intervals[i][1] - intervals[i][0])
                .average()
                .orElseThrow();
    }

    private static void requireOrdered(double[][] intervals) {
        if (Objects.requireNonNull(intervals, "intervals is null").length == 0) {
            throw new IllegalArgumentException("a metric needs a row, but intervals has none");
        }
        for (int i = 0; i < intervals.length; i++) {
            double[] interval = Objects.requireNonNull(intervals[i], "row " + i + " of intervals is null");
            if (interval.length != 2 || !(interval[0] <= interval[1])) {
                throw new IllegalArgumentException("an interval must be two numbers, the lower first, but row " + i
                        + " is " + Arrays.toString(interval));
            }
        }
    }

    /** The names of all metrics. */
    public static List<String> names() {
        return VOCABULARY.names();
    }

    /**
     * The metric of this name, such as {@code rms} or {@code pinball(0.9)}.
     *
     * @throws IllegalArgumentException if there is none; suggests the nearest
     */
    public static Metric named(String name) {
        return VOCABULARY.read(name);
    }
}
