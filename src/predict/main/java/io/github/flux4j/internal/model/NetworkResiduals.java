package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Intervals from residuals of constant width, in files older than {@link ScaledResiduals}: CV+ (Barber, Candès, Ramdas and Tibshirani 2021).
 *
 * <p>Each of n residuals is Rᵢ = |yᵢ − μᵢ(xᵢ)|, where network μᵢ didn't learn from row i. At level 1 − α, the interval of x reaches from the ⌊α(n + 1)⌋-th
 * smallest μᵢ(x) − Rᵢ to the ⌈(1 − α)(n + 1)⌉-th smallest μᵢ(x) + Rᵢ, extended to include the prediction μ(x). (At low levels, where networks differ by more
 * than their residuals, the two ends would cross.) So low ≤ μ(x) ≤ high, and a higher level has no narrower interval. Its coverage of new rows of the same kind
 * is at least 1 − 2α whatever their distribution, and in practice 1 − α.
 *
 * <p>The residuals have no sign, so there are no one-sided bounds.
 */
public final class NetworkResiduals extends HeldOutIntervals {

    /** Each network's residuals in ascending order, those of all networks first; the largest sums are found from the ends. */
    private final double[][] sorted;

    private final int count;

    private NetworkResiduals(double[][] sorted, int count) {
        this.sorted = sorted;
        this.count = count;
    }

    /**
     * Takes these residuals.
     *
     * @param size the absolute residuals
     * @param member the network of each, from 0, or {@link #ALL}
     */
    public static NetworkResiduals of(double[] size, int[] member) {
        int networks = Arrays.stream(member).max().orElse(ALL) + 1;
        int[] left = new int[networks + 1];
        for (int network : member) {
            left[network - ALL]++;
        }
        double[][] sorted = new double[left.length][];
        for (int k = 0; k < sorted.length; k++) {
            sorted[k] = new double[left[k]];
        }
        for (int i = 0; i < size.length; i++) {
            int k = member[i] - ALL;
            sorted[k][--left[k]] = size[i];
        }
        for (double[] each : sorted) {
            Arrays.sort(each);
        }
        return new NetworkResiduals(sorted, size.length);
    }

    /** Reads those of a model file. */
    static NetworkResiduals of(Tensor size, Tensor member, int networks) throws ModelFileException {
        if (size == null || member == null || size.length() != member.length() || !areMembers(member, networks)) {
            throw ModelFileException.foreign(
                    "the held-out rows must have a network for each residual, but their numbers differ");
        }
        return of(
                size.doubles(),
                Arrays.stream(member.doubles()).mapToInt(number -> (int) number).toArray());
    }

    private static boolean areMembers(Tensor member, int networks) {
        return Arrays.stream(member.doubles())
                .allMatch(number -> number >= ALL && number < networks && number == Math.rint(number));
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Map<String, Tensor> tensors() {
        double[] size = Arrays.stream(sorted).flatMapToDouble(Arrays::stream).toArray();
        double[] member = IntStream.range(0, sorted.length)
                .flatMap(k -> IntStream.generate(() -> k + ALL).limit(sorted[k].length))
                .asDoubleStream()
                .toArray();
        return Map.of(RESIDUAL, Tensor.of(size, count), NETWORK, Tensor.of(member, count));
    }

    @Override
    double[] bounds(Bounds bounds, double level, double ofAll, double... ofEach) {
        if (bounds != Bounds.BOTH) {
            throw new IllegalStateException("a one-sided bound needs signed residuals, which this model's file,"
                    + " written by an earlier flux4j, doesn't have; fit again, or use an interval");
        }
        int below = below(level); // as many as above
        return new double[] {-bound(below, -1, ofAll, ofEach), bound(below, 1, ofAll, ofEach)};
    }

    /** The k-th largest of R ± μ, or ± the prediction if that is larger. */
    private double bound(int k, int sign, double ofAll, double... ofEach) {
        return k < 1 ? Double.POSITIVE_INFINITY : Math.max(sign * ofAll, greatest(k, sign, ofAll, ofEach));
    }

    /**
     * The k-th largest of R ± μ. Let s ≤ k/(m + 1), for m ascending arrays. The array with the largest s-th number from its end loses its last s: fewer
     * than k numbers are larger than any of those.
     */
    private double greatest(int k, int sign, double ofAll, double... ofEach) {
        int[] left = new int[sorted.length];
        for (int m = 0; m < left.length; m++) {
            left[m] = sorted[m].length;
        }
        double greatest = Double.NaN;
        for (int wanted = k, stride; wanted > 0; wanted -= stride) {
            stride = Math.max(1, wanted / (sorted.length + 1));
            int best = -1;
            for (int m = 0; m < sorted.length; m++) {
                if (left[m] >= stride) {
                    double sum = sorted[m][left[m] - stride] + sign * (m == 0 ? ofAll : ofEach[m - 1]);
                    boolean isGreater = best < 0 || sum > greatest;
                    best = isGreater ? m : best;
                    greatest = isGreater ? sum : greatest;
                }
            }
            left[best] -= stride;
        }
        return greatest;
    }
}
