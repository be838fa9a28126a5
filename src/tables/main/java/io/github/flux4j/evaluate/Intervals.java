package io.github.flux4j.evaluate;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How good intervals are, {@code [rows][2]} with the lower end first: whether they hold the targets, and how wide they are.
 *
 * <p>For any thread.
 */
public final class Intervals {

    private Intervals() {}

    /**
     * The share of targets that lie in their intervals, ends included.
     *
     * @throws IllegalArgumentException if there is no row, the lengths differ, a number is NaN, or an interval ends before it begins
     */
    public static double coverage(double[] targets, double[][] intervals) {
        Checks.requireFinite(targets, "targets");
        Checks.requireSameRows(
                targets.length, Objects.requireNonNull(intervals, "intervals is null").length, "intervals");
        requireOrdered(intervals);
        return IntStream.range(0, targets.length)
                .mapToDouble(i -> intervals[i][0] <= targets[i] && targets[i] <= intervals[i][1] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /**
     * The mean width.
     *
     * @throws IllegalArgumentException if there is no row, a number is NaN, or an interval ends before it begins
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
                throw new IllegalArgumentException("an interval is two numbers, the lower first, but row " + i + " is "
                        + Arrays.toString(interval));
            }
        }
    }
}
