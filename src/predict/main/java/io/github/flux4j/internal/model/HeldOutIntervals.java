package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Tensor;
import java.util.Arrays;

/**
 * How far off networks were on rows that they weren't trained on, and what that says of new rows: CV+ (Barber, Candès, Ramdas and Tibshirani 2021).
 *
 * <p>At level 1 − α, with n residuals Rᵢ = |yᵢ − μᵢ(xᵢ)| where μᵢ is the network that left out row i, the interval of x reaches from the
 * ⌊α(n + 1)⌋-th smallest of μᵢ(x) − Rᵢ to the ⌈(1 − α)(n + 1)⌉-th of μᵢ(x) + Rᵢ, and as far as the prediction μ(x) where that lies outside. (At low levels, where
 * networks differ by more than their residuals, those two would pass each other.) So low ≤ μ(x) ≤ high, and a larger level has no narrower interval. It covers new rows of the same kind with a probability of at
 * least 1 − 2α whatever their distribution, and in practice with 1 − α.
 *
 * <p>Immutable; for any thread.
 */
public final class HeldOutIntervals {

    /** In place of a network's number: the mean of all. */
    public static final int ALL = -1;

    /** Keeps α(n + 1) from falling below a whole number by rounding. */
    private static final double ROUNDING = 1e-9;

    /** Of each network, that of all first, in ascending order: the greatest sums are found from the ends. */
    private final double[][] sorted;

    private final int count;

    private HeldOutIntervals(double[][] sorted, int count) {
        this.sorted = sorted;
        this.count = count;
    }

    /**
     * Of these residuals.
     *
     * @param size how far off, 0 or more
     * @param member which network was, from 0, or {@link #ALL}; as many
     */
    public static HeldOutIntervals of(double[] size, int[] member) {
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
        return new HeldOutIntervals(sorted, size.length);
    }

    /** Of a model file; of no residuals if it has none. */
    public static HeldOutIntervals of(ModelFile file, int networks) throws ModelFileException {
        Tensor size = file.tensors().get("heldout.residual");
        Tensor member = file.tensors().get("heldout.network");
        if (size == null && member == null) {
            return of(new double[0], new int[0]);
        }
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

    /** Whether there is none to tell how far off networks are. */
    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * The interval where each network, and all together, predict so much.
     *
     * @param level above 0 and below 1, such as 0.9
     * @param ofAll the mean
     * @param ofEach network after network
     * @return low and high; infinite where there are too few residuals for the level
     * @throws IllegalStateException if there are no residuals
     * @throws IllegalArgumentException if the level isn't between 0 and 1
     */
    public double[] at(double level, double ofAll, double... ofEach) {
        require(level);
        int below = (int) Math.floor((1 - level) * (count + 1) + ROUNDING); // as many as above
        return new double[] {-bound(below, -1, ofAll, ofEach), bound(below, 1, ofAll, ofEach)};
    }

    /** Throws unless there are intervals of this level of what these networks predict. */
    public void require(Ensemble networks, double level) {
        boolean areClasses = networks.target() instanceof Target.Classes;
        if (areClasses || networks.outputs(0) != 1) {
            throw new IllegalStateException("intervals are for one number that is predicted, but this model predicts "
                    + (areClasses
                            ? "classes, whose probabilities tell how sure it is"
                            : networks.outputs(0) + " numbers"));
        }
        require(level);
    }

    /** What networks together predict for each row, and the low and high of it. */
    public double[][] of(Ensemble networks, double[][] rows, double level) {
        double[][] ofEach = new double[rows.length][networks.size()];
        double[][] all = networks.run(rows, (votes, network) -> {
            for (int r = 0; r < votes.length; r++) {
                ofEach[r][network] = networks.target().result(votes[r][0])[0];
            }
        });
        for (int r = 0; r < rows.length; r++) {
            double[] bounds = at(level, all[r][0], ofEach[r]);
            all[r] = new double[] {all[r][0], bounds[0], bounds[1]};
        }
        return all;
    }

    private void require(double level) {
        if (isEmpty()) {
            throw new IllegalStateException("intervals need held-out rows, but this fit held out none;"
                    + " fit with patience, or with more networks than one");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level must be above 0 and below 1, such as 0.9, but was " + level);
        }
    }

    /** The k-th greatest of R ± μ, or ± the prediction where that is greater. */
    private double bound(int k, int sign, double ofAll, double... ofEach) {
        return k < 1
                ? Double.POSITIVE_INFINITY
                : Math.max(sign * ofAll, greatest(Math.min(k, count), sign, ofAll, ofEach));
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
