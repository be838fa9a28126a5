package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Intervals of one width, as files have them that were written before {@link ScaledResiduals}: CV+ (Barber, Candès, Ramdas and Tibshirani 2021).
 *
 * <p>At level 1 − α, with n residuals Rᵢ = |yᵢ − μᵢ(xᵢ)| where μᵢ is the network that left out row i, the interval of x reaches from the
 * ⌊α(n + 1)⌋-th smallest of μᵢ(x) − Rᵢ to the ⌈(1 − α)(n + 1)⌉-th of μᵢ(x) + Rᵢ, and as far as the prediction μ(x) where that lies outside. (At low levels, where
 * networks differ by more than their residuals, those two would pass each other.) So low ≤ μ(x) ≤ high, and a larger level has no narrower interval. It covers new rows of the same kind with a probability of at
 * least 1 − 2α whatever their distribution, and in practice with 1 − α.
 *
 * <p>They know no sign, so there is no bound of one side alone.
 */
public final class NetworkResiduals extends HeldOutIntervals {

    /** Of each network, that of all first, in ascending order: the greatest sums are found from the ends. */
    private final double[][] sorted;

    private final int count;

    private NetworkResiduals(double[][] sorted, int count) {
        this.sorted = sorted;
        this.count = count;
    }

    /**
     * Of these residuals.
     *
     * @param size how far off, 0 or more
     * @param member which network was, from 0, or {@link #ALL}; as many
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

    /** Of a model file. */
    static NetworkResiduals of(Tensor size, Tensor member, int networks) throws ModelFileException {
        if (size == null || member == null || size.length() != member.length() || !areMembers(member, networks)) {
            throw ModelFileException.foreign("as many residuals as numbers of networks were expected, but they differ");
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
            throw new IllegalStateException("one bound alone needs residuals with their sign, which this model's file,"
                    + " written by an earlier flux4j, does not have; fit again, or take an interval");
        }
        int below = below(level); // as many as above
        return new double[] {-bound(below, -1, ofAll, ofEach), bound(below, 1, ofAll, ofEach)};
    }

    /** The k-th greatest of R ± μ, or ± the prediction where that is greater. */
    private double bound(int k, int sign, double ofAll, double... ofEach) {
        return k < 1 ? Double.POSITIVE_INFINITY : Math.max(sign * ofAll, greatest(k, sign, ofAll, ofEach));
    }

    /** The k-th greatest of R ± μ. */
    private double greatest(int k, int sign, double ofAll, double... ofEach) {
        int[] at = Arrays.stream(sorted).mapToInt(of -> of.length - 1).toArray();
        double greatest = Double.NaN;
        for (int i = 0; i < k; i++) {
            int best = -1;
            for (int m = 0; m < sorted.length; m++) {
                if (at[m] >= 0) {
                    double sum = sorted[m][at[m]] + sign * (m == 0 ? ofAll : ofEach[m - 1]);
                    boolean isGreater = best < 0 || sum > greatest;
                    best = isGreater ? m : best;
                    greatest = isGreater ? sum : greatest;
                }
            }
            at[best]--;
        }
        return greatest;
    }
}
