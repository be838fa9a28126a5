package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Intervals for new rows from the residuals of held-out rows. Files have {@link ScaledResiduals}; older ones have {@link NetworkResiduals}. Immutable. */
public abstract sealed class HeldOutIntervals permits ScaledResiduals, NetworkResiduals {

    /** The mean of all networks, in place of a network's number. */
    public static final int ALL = -1;

    /** The section of a model file that holds them. */
    public static final String SECTION = "heldout";

    static final String RESIDUAL = "residual";
    static final String NETWORK = "network";

    /** Keeps α(n + 1) from falling below a whole number by rounding. */
    private static final double ROUNDING = 1e-9;

    /** Reads those of a model file; without residuals if it has none. */
    public static HeldOutIntervals of(ModelFile file, int networks) throws ModelFileException {
        Map<String, Tensor> own = new HashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(SECTION + ".") && !file.structure().tensors().containsKey(name)) {
                own.put(name.substring(SECTION.length() + 1), tensor);
            }
        });
        return own.isEmpty() || own.containsKey(ScaledResiduals.WIDTH)
                ? ScaledResiduals.of(own)
                : NetworkResiduals.of(own.get(RESIDUAL), own.get(NETWORK), networks);
    }

    /** The number of residuals. */
    public abstract int count();

    /** Their tensors in a model file, by their names in the section. */
    public abstract Map<String, Tensor> tensors();

    /** Computes the requested bounds. */
    abstract double[] bounds(Bounds bounds, double level, double ofAll, double... ofEach);

    /** The most places of n + 1 that may lie beyond a bound: ⌊α(n + 1)⌋. */
    final int below(double level) {
        return Math.min(count(), (int) Math.floor((1 - level) * (count() + 1) + ROUNDING));
    }

    /** Whether there are no residuals. */
    public boolean isEmpty() {
        return count() == 0;
    }

    /**
     * Computes bounds from the predictions of each network and of all together.
     *
     * @param level above 0 and below 1, such as 0.9
     * @param ofAll the prediction
     * @param ofEach each network's prediction
     * @return low, high, or both; infinite if there are too few residuals for the level
     * @throws IllegalStateException if there are no residuals, or none for a one-sided bound
     * @throws IllegalArgumentException if the level isn't between 0 and 1
     */
    public double[] at(Bounds bounds, double level, double ofAll, double... ofEach) {
        require(level);
        return bounds(bounds, level, ofAll, ofEach);
    }

    /** Throws unless there are such bounds of this level for these networks' predictions. */
    public void require(Ensemble networks, Bounds bounds, double level) {
        boolean areClasses = networks.target() instanceof Target.Classes;
        if (areClasses || networks.outputs(0) != 1) {
            throw new IllegalStateException(
                    "intervals need a model that predicts a single number, but this one predicts "
                            + (areClasses
                                    ? "classes; their probabilities say how sure it is"
                                    : networks.outputs(0) + " numbers"));
        }
        at(bounds, level, 0, new double[networks.size()]);
    }

    /** The networks' common prediction for each row, with its bounds. */
    public double[][] of(Ensemble networks, double[][] rows, Bounds bounds, double level) {
        double[][] ofEach = new double[rows.length][networks.size()];
        double[][] all = networks.run(rows, (votes, network) -> {
            for (int r = 0; r < votes.length; r++) {
                ofEach[r][network] = networks.target().result(votes[r][0])[0];
            }
        });
        for (int r = 0; r < rows.length; r++) {
            double[] found = at(bounds, level, all[r][0], ofEach[r]);
            all[r] = found.length == 1
                    ? new double[] {all[r][0], found[0]}
                    : new double[] {all[r][0], found[0], found[1]};
        }
        return all;
    }

    private void require(double level) {
        if (isEmpty()) {
            throw new IllegalStateException("intervals need held-out rows, but this fit held out none;"
                    + " fit with patience, or with more than one network");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level must be above 0 and below 1, such as 0.9, but was " + level);
        }
    }
}
