package io.github.flux4j.internal.figures;

import java.util.Collection;
import java.util.stream.DoubleStream;

/** What several numbers are on average, and how far they are from it. */
public final class Spread {

    private Spread() {}

    /** The numbers of a list. */
    public static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    public static double mean(double... values) {
        return DoubleStream.of(values).sum() / values.length;
    }

    /** {@code √(Σ(x − x̄)² / (n − 1))}; NaN for one. */
    public static double std(double... values) {
        double mean = mean(values);
        double squares =
                DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** An end of Wilson's interval for a share (Wilson 1927): the lower one for −z. */
    public static double wilson(double share, double n, double z) {
        double root = Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        double end = (share + z * z / (2 * n) + z * root) / (1 + z * z / n);
        return Math.min(1, Math.max(0, end)); // rounding
    }

    /** {@code 2.62 (std 0.27)}; without the spread of one. */
    public static String text(double mean, double std) {
        return Figures.short3(mean) + (Double.isNaN(std) ? "" : " (std " + Figures.short2(std) + ")");
    }
}
