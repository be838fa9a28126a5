package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.NumberFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands beside a number whose scale tells little of it. Where a twentieth of a column's values lie beyond three times its quartiles' distance, that is
 * their normal quantile, Φ⁻¹ of the share of values below. Where the quartiles agree, so that the column is mostly one value, it is arcsinh((x − median)/s),
 * s being the median distance of the others, softly clipped at 3.
 */
final class Curves {

    private static final double FAR = 3;
    private static final double HEAVY = 0.05;
    private static final int FEWEST_VALUES = 20;
    private static final int FEWEST_ROWS = 100;
    private static final int KNOTS = 33;

    private Curves() {}

    /** Null for a column that needs none. */
    static NumberFeature.Curve of(double... sorted) {
        double median = PreparationFit.quantile(sorted, 0.5);
        double quartiles = PreparationFit.quantile(sorted, 0.75) - PreparationFit.quantile(sorted, 0.25);
        if (sorted.length < FEWEST_ROWS || Arrays.stream(sorted).distinct().count() < FEWEST_VALUES) {
            return null;
        }
        if (quartiles == 0) {
            return ofOneValue(median, sorted);
        }
        long far = Arrays.stream(sorted)
                .filter(x -> Math.abs(x - median) > FAR * quartiles)
                .count();
        return far >= HEAVY * sorted.length ? ofQuantiles(sorted) : null;
    }

    /** Through knots at quantiles; equal ones are one, with the mean of their values. */
    private static NumberFeature.Curve ofQuantiles(double... sorted) {
        List<Double> at = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        double sum = 0;
        int same = 0;
        for (int i = 0; i < KNOTS; i++) {
            double x = PreparationFit.quantile(sorted, (i + 0.5) / KNOTS);
            boolean isNew = at.isEmpty() || x > at.get(at.size() - 1);
            sum = (isNew ? 0 : sum) + normalQuantile((i + 0.5) / KNOTS);
            same = (isNew ? 0 : same) + 1;
            if (isNew) {
                at.add(x);
                values.add(sum);
            } else {
                values.set(values.size() - 1, sum / same);
            }
        }
        return new NumberFeature.Curve(at, values);
    }

    private static NumberFeature.Curve ofOneValue(double median, double... sorted) {
        double[] others = Arrays.stream(sorted).filter(x -> x != median).toArray();
        double unit = PreparationFit.quantile(
                Arrays.stream(others).map(x -> Math.abs(x - median)).sorted().toArray(), 0.5);
        double[] knots = new double[KNOTS + 1];
        for (int i = 0; i < KNOTS; i++) {
            knots[i] = PreparationFit.quantile(others, i / (KNOTS - 1.0));
        }
        knots[KNOTS] = median;
        double[] at = Arrays.stream(knots).sorted().distinct().toArray();
        return new NumberFeature.Curve(
                Arrays.stream(at).boxed().toList(),
                Arrays.stream(at)
                        .mapToObj(x -> clipped(asinh((x - median) / unit)))
                        .toList());
    }

    private static double asinh(double x) {
        return Math.copySign(Math.log(Math.abs(x) + Math.hypot(x, 1)), x);
    }

    private static double clipped(double v) {
        return v / Math.hypot(1, v / FAR);
    }

    /** Φ⁻¹(p), to 4.5e-4: 26.2.23 of Abramowitz and Stegun 1964. */
    private static double normalQuantile(double p) {
        double t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
        double tail =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return p < 0.5 ? -tail : tail;
    }
}
