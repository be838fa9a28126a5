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
 * What was said of rows by models that never saw them, in as much detail as pictures show: a few hundred numbers however many rows there are.
 *
 * @param parts by the metric's name, its value for the rows that each network, or each fold, left out; empty if there are no two
 * @param numbers for each target of numbers
 * @param labels for a target of classes
 * @param importance of each column, by shuffling its values among some of these rows; without columns for several targets, of more than 200 columns, or of
 *     folds
 * @param reasons where these predictions are bad, and why some are what they are; none likewise
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

    /** Files of before they were there have neither importance nor reasons. */
    public Unseen {
        reasons = reasons == null ? Reasons.NONE : reasons;
        importance = importance == null ? Importance.NONE : importance;
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        numbers = List.copyOf(numbers);
    }

    /**
     * Numbers, predicted.
     *
     * @param rows how many
     * @param actual of some of them, drawn at random
     * @param predicted for the same
     * @param residuals of all, actual less predicted
     * @param coverage the share of rows in the interval of each of {@link #LEVELS}; empty if there are no intervals
     * @param coverageByThirds the share of the third with the lowest predictions, the middle one and that with the highest in their 90 % intervals; empty if
     *     there are no intervals, or fewer than 30 rows
     */
    public record Numbers(
            String target,
            int rows,
            List<Double> actual,
            List<Double> predicted,
            @Key(inline = true) Histogram residuals,
            List<Double> coverage,
            @Key(optional = true) List<Double> coverageByThirds) {

        /** Files of before they were there have no thirds. */
        public Numbers {
            coverageByThirds = coverageByThirds == null ? List.of() : List.copyOf(coverageByThirds);
            require(coverageByThirds.isEmpty() || coverageByThirds.size() == 3);
            actual = List.copyOf(actual);
            predicted = List.copyOf(predicted);
            coverage = List.copyOf(coverage);
            require(actual.size() == predicted.size());
            require(coverage.isEmpty() || coverage.size() == LEVELS.size());
        }
    }

    /**
     * Classes, predicted.
     *
     * @param classes the most frequent ones, and others as the last if there are more than 24
     * @param confusion for each true class, how many rows were taken for each
     * @param calibration by the probability of the class that was taken, from low to high
     * @param othersRight how many rows of others were taken for the very class that they are; null if there are no others, or that isn't known
     * @param rarest the class with the fewest rows, but ten at least; null if there is none, or it isn't known
     * @param rarestCalibration by the probability of that class, taken or not
     * @param positive the class of two that is looked for, where the other has most rows or there is a threshold; null otherwise
     * @param curve of that class
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

        /** Files of before they were there have neither others nor the rarest. */
        public Labels {
            rarestCalibration = rarestCalibration == null ? List.of() : List.copyOf(rarestCalibration);
            curve = curve == null ? List.of() : List.copyOf(curve);
            classes = List.copyOf(classes);
            confusion = new ArrayList<>(confusion).stream().map(List::copyOf).toList();
            calibration = List.copyOf(calibration);
            int count = classes.size();
            require(confusion.size() == count && confusion.stream().allMatch(row -> row.size() == count));
        }
    }

    /**
     * What taking rows for a class from a probability on gives.
     *
     * @param precision the share of those taken that are of it
     * @param recall the share of those of it that are taken
     */
    public record Point(double threshold, double precision, double recall) {}

    /**
     * Rows that a model was about equally sure of.
     *
     * @param probability their mean
     * @param right the share of them that were right
     */
    public record Bin(double probability, double right, int rows) {}

    /**
     * Where predictions are bad, and why.
     *
     * @param groups of rows that are alike in a column, by the low end of the error's interval, the largest first
     * @param rows those with the lowest, the middle and the highest prediction, then the ten that are furthest off
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
     * @param name a text, or from which to which number; {@code missing} for rows without a value
     * @param error the mean absolute error, or the share of wrong classes
     * @param low where its 95 % interval begins: Student's, or Wilson's
     * @param high where it ends
     */
    public record Group(String column, String name, int rows, double error, double low, double high) {}

    /**
     * A held-out row, explained by the network that never saw it.
     *
     * @param number in the table, from 1
     * @param name the target or class that is explained
     * @param background the background's mean, of a class in log odds
     * @param prediction likewise
     * @param columns the six that add most to that mean
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
     * Predictions by one column, the others being as they are: partial dependence (Friedman 2001) and individual conditional expectation (Goldstein, Kapelner,
     * Bleich and Pitkin 2015).
     *
     * @param name the target, or the class whose probability it is
     * @param values that the column is given
     * @param at the same as numbers, dates as years; empty for texts
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
            require(mean.size() == size && rows.stream().allMatch(row -> row.size() == size));
            require(at.isEmpty() || at.size() == size);
        }
    }

    private static void require(boolean fit) {
        if (!fit) {
            throw new IllegalArgumentException(
                    "numbers that fit together were expected of the held-out rows, but they don't");
        }
    }

    /**
     * How many numbers lie in each of some intervals of one width: 2·IQR/∛n, rounded to 1, 2 or 5 times a power of ten (Freedman and Diaconis 1981), or
     * wider, so that there are at most 40. Infinite numbers and NaN are left out.
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
                throw new IllegalArgumentException("a histogram has an edge more than intervals, but " + edges.size()
                        + " edges and " + counts.size() + " intervals were given");
            }
        }

        /** Of these numbers. */
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
