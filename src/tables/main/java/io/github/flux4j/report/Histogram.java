package io.github.flux4j.report;

import io.github.flux4j.internal.records.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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
        AxisScale.Linear scale = wanted > Math.max(Math.abs(low), Math.abs(high)) * 1e-12 && wanted >= Double.MIN_NORMAL
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
