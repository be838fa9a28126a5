package io.github.flux4j.evaluate;

import io.github.flux4j.evaluate.Unseen.Histogram;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.records.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predictions for rows by models that did not train on them, as the charts show them: a few hundred numbers, however many rows there are.
 *
 * @param parts by the metric's name, its value on each network's or fold's held-out rows; empty for a single one
 * @param numbers for each target of numbers
 * @param labels for a target of classes
 * @param importance of each column, by shuffling some of these rows; without columns for several targets, more than 200 columns, or folds
 * @param reasons where predictions are bad, and why some are what they are; none likewise
 */
public record Unseen(
        Map<String, List<Double>> parts,
        List<Numbers> numbers,
        @Key(inline = true) Labels labels,
        @Key(optional = true) Importance importance,
        @Key(optional = true) Reasons reasons) {

    /** The levels of intervals whose coverage is known. */
    public static final List<Double> LEVELS = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95);

    public static final Unseen NONE = new Unseen(Map.of(), List.of(), Labels.NONE, Importance.NONE, Reasons.NONE);

    /** Accepts early files, which have neither importance nor reasons. */
    public Unseen {
        reasons = reasons == null ? Reasons.NONE : reasons;
        importance = importance == null ? Importance.NONE : importance;
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        numbers = List.copyOf(numbers);
    }

    /**
     * Predicted numbers.
     *
     * @param rows how many
     * @param actual some targets, drawn at random
     * @param predicted their predictions
     * @param residuals of all rows, actual minus predicted
     * @param coverage of the interval of each of {@link #LEVELS}; empty if there are no intervals
     * @param coverageByThirds of 90 % intervals for the third of the rows with the lowest predictions, the middle and the highest; empty if there are no intervals,
     *     or fewer than 30 rows
     */
    public record Numbers(
            String target,
            int rows,
            List<Double> actual,
            List<Double> predicted,
            @Key(inline = true) Histogram residuals,
            List<Double> coverage,
            @Key(optional = true) List<Double> coverageByThirds) {

        /** Accepts early files, which have no thirds. */
        public Numbers {
            coverageByThirds = coverageByThirds == null ? List.of() : List.copyOf(coverageByThirds);
            MetricChecks.requireSameLength(coverageByThirds.isEmpty() || coverageByThirds.size() == 3);
            actual = List.copyOf(actual);
            predicted = List.copyOf(predicted);
            coverage = List.copyOf(coverage);
            MetricChecks.requireSameLength(actual.size() == predicted.size());
            MetricChecks.requireSameLength(coverage.isEmpty() || coverage.size() == LEVELS.size());
        }
    }

    /**
     * Predicted classes.
     *
     * @param classes the most frequent ones; beyond 24, the last stands for all others
     * @param confusion for each true class, how many rows were predicted as each
     * @param calibration by the probability of the predicted class, from low to high
     * @param othersRight how many rows of the other classes were predicted exactly; null if there are none, or it is unknown
     * @param rarest the class with the fewest rows, of those with at least ten; null if there is none, or it is unknown
     * @param rarestCalibration by the probability of that class, predicted or not
     * @param positive the sought class of two, if the other is more frequent or there is a threshold; else null
     * @param curve precision and recall of that class
     */
    public record Labels(
            List<String> classes,
            List<List<Integer>> confusion,
            List<Bin> calibration,
            @Key(optional = true) @Nullable Integer othersRight,
            @Key(optional = true) @Nullable String rarest,
            @Key(optional = true) List<Bin> rarestCalibration,
            @Key(optional = true) @Nullable String positive,
            @Key(optional = true) List<Point> curve) {

        public static final Labels NONE =
                new Labels(List.of(), List.of(), List.of(), null, null, List.of(), null, List.of());

        /** Accepts early files, which have neither others nor the rarest class. */
        public Labels {
            rarestCalibration = rarestCalibration == null ? List.of() : List.copyOf(rarestCalibration);
            curve = curve == null ? List.of() : List.copyOf(curve);
            classes = List.copyOf(classes);
            confusion = new ArrayList<>(confusion).stream().map(List::copyOf).toList();
            calibration = List.copyOf(calibration);
            int count = classes.size();
            MetricChecks.requireSameLength(
                    confusion.size() == count && confusion.stream().allMatch(row -> row.size() == count));
        }
    }

    /**
     * Precision and recall at one threshold.
     *
     * @param precision the share of rows at or above the threshold that are of the class
     * @param recall the share of the class's rows at or above the threshold
     */
    public record Point(double threshold, double precision, double recall) {}

    /**
     * Rows with about the same predicted probability.
     *
     * @param probability their mean
     * @param right the share that was right
     */
    public record Bin(double probability, double right, int rows) {}

    /**
     * Where predictions are bad, and why.
     *
     * @param groups of rows alike in a column, by the lower end of the error's interval, the largest first
     * @param rows the lowest, the middle and the highest prediction, then the ten largest errors
     * @param curves how predictions depend on the most important columns
     */
    public record Reasons(List<Group> groups, List<Row> rows, List<Curve> curves) {

        public static final Reasons NONE = new Reasons(List.of(), List.of(), List.of());

        public Reasons {
            groups = List.copyOf(groups);
            rows = List.copyOf(rows);
            curves = List.copyOf(curves);
        }
    }

    /**
     * At least ten held-out rows that are alike in a column.
     *
     * @param name a text, or a range of numbers; {@code missing} for rows without a value
     * @param error the mean absolute error, or the share of wrong classes
     * @param low lower end of its 95 % interval, Student's or Wilson's
     * @param high upper end
     */
    public record Group(String column, String name, int rows, double error, double low, double high) {}

    /**
     * A held-out row, explained by the network that did not train on it.
     *
     * @param number in the table, from 1
     * @param name the explained target or class
     * @param background the background's mean, in log odds for a class
     * @param prediction likewise
     * @param columns the six largest contributions
     * @param values of the columns; empty unless {@code keepRows}
     */
    public record Row(
            int number,
            String actual,
            String predicted,
            String name,
            double background,
            double prediction,
            Map<String, Double> columns,
            Map<String, String> values) {}

    /**
     * Predictions over one column, while the others stay: partial dependence (Friedman 2001) and individual conditional expectation (Goldstein, Kapelner, Bleich and
     * Pitkin 2015).
     *
     * @param name the target, or the class whose probability is shown
     * @param values given to the column
     * @param at the values as numbers, dates as years; empty for texts
     * @param mean prediction for each value
     * @param rows the predictions of some rows for each value
     */
    public record Curve(
            String column,
            String name,
            List<String> values,
            List<Double> at,
            List<Double> mean,
            List<List<Double>> rows) {

        public Curve {
            int size = values.size();
            MetricChecks.requireSameLength(mean.size() == size && rows.stream().allMatch(row -> row.size() == size));
            MetricChecks.requireSameLength(at.isEmpty() || at.size() == size);
        }
    }

    /**
     * Counts of numbers in intervals of equal width: 2·IQR/∛n, rounded to 1, 2 or 5 times a power of ten (Freedman and Diaconis 1981), or wider, so that there are at
     * most 40. Ignores NaN and infinite numbers.
     *
     * @param edges one more than intervals; none if there is no number
     * @param counts in each interval, its lower edge included
     */
    public record Histogram(
            @Key("residualEdges") List<Double> edges,
            @Key("residualCounts") List<Integer> counts) {

        private static final int MOST = 40;

        public Histogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
            if (counts.size() != Math.max(0, edges.size() - 1)) {
                throw new IllegalArgumentException("a histogram needs one more edge than intervals, but got "
                        + edges.size() + " edges and " + counts.size() + " intervals");
            }
        }

        /** Counts these numbers. */
        public static Histogram of(double... values) {
            double[] sorted =
                    DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
            if (sorted.length == 0) {
                return new Histogram(List.of(), List.of());
            }
            double low = sorted[0];
            double high = sorted[sorted.length - 1];
            double wanted = Math.min(Double.MAX_VALUE / 4, Math.max(width(sorted), high / MOST - low / MOST));
            AxisScale.Linear scale =
                    wanted > Math.max(Math.abs(low), Math.abs(high)) * 1e-12 && wanted >= Double.MIN_NORMAL
                            ? AxisScale.Linear.around(low, high, wanted)
                            : AxisScale.Linear.around(low, high);
            return counted(scale.ticks(), sorted);
        }

        private static double width(double... sorted) {
            double quartiles = sorted[3 * (sorted.length - 1) / 4] - sorted[(sorted.length - 1) / 4];
            return 2 * quartiles / Math.cbrt(sorted.length);
        }

        private static Histogram counted(List<Double> edges, double... sorted) {
            double[] at = edges.stream().mapToDouble(Double::doubleValue).toArray();
            int[] counts = new int[at.length - 1];
            for (double value : sorted) {
                int found = Arrays.binarySearch(at, value);
                int interval = found >= 0 ? found : -found - 2;
                counts[Math.max(0, Math.min(counts.length - 1, interval))]++;
            }
            return new Histogram(edges, IntStream.of(counts).boxed().toList());
        }
    }
}
