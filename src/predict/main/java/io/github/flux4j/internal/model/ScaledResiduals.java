package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.format.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Residuals of held-out rows in units of each row's difficulty, and that difficulty: normalised conformal prediction (Papadopoulos, Gammerman and Vovk 2008;
 * Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018).
 *
 * <p>The difficulty of a row with prediction μ is s = √(w(μ)² + v). w is linear between knots and constant beyond them; v is the networks' variance (n − 1 in
 * the denominator), if it counts. With n residuals rᵢ = (yᵢ − μᵢ)/sᵢ, the interval at level 1 − α is μ ± s·q, where q is the ⌈(1 − α)(n + 1)⌉-th smallest |rᵢ|.
 * A one-sided bound takes the same place among the rᵢ themselves. So low ≤ μ ≤ high, and a higher level has no narrower interval.
 */
public final class ScaledResiduals extends HeldOutIntervals {

    static final String WIDTH = "width";
    private static final String PREDICTION = "prediction";
    private static final String VARIANCE = "variance";
    private static final Set<String> NAMES = Set.of(RESIDUAL, PREDICTION, WIDTH, VARIANCE);

    private final double[] signed;
    private final double[] sizes;
    private final Difficulty difficulty;

    private ScaledResiduals(double[] signed, Difficulty difficulty) {
        this.signed = signed;
        this.difficulty = difficulty;
        this.sizes = Arrays.stream(signed).map(Math::abs).sorted().toArray();
        Arrays.sort(signed);
    }

    /**
     * How hard rows are to predict.
     *
     * @param predictions where the width is known, in ascending order
     * @param widths the widths there
     * @param countsVariance whether the networks' variance counts
     */
    public record Difficulty(double[] predictions, double[] widths, boolean countsVariance) {

        /** The difficulty of a row with this prediction and standard deviation of the networks. */
        public double at(double prediction, double deviation) {
            double width = width(prediction);
            return countsVariance ? Math.hypot(width, deviation) : width;
        }

        private double width(double prediction) {
            int found = Arrays.binarySearch(predictions, prediction);
            int next = found >= 0 ? found : -found - 1;
            if (next == 0 || next == predictions.length || found >= 0) {
                return widths[Math.min(next, widths.length - 1)];
            }
            double share = (prediction - predictions[next - 1]) / (predictions[next] - predictions[next - 1]);
            return widths[next - 1] + share * (widths[next] - widths[next - 1]);
        }
    }

    /** Takes these residuals, each divided by its row's difficulty. */
    public static ScaledResiduals of(Difficulty difficulty, double... residuals) {
        return new ScaledResiduals(residuals.clone(), difficulty);
    }

    /** Reads those of a model file. */
    static ScaledResiduals of(Map<String, Tensor> own) throws ModelFileException {
        if (own.isEmpty()) {
            return of(new Difficulty(new double[0], new double[0], false));
        }
        if (!own.keySet().equals(NAMES)) {
            throw ModelFileException.foreign("the held-out rows must have " + NAMES + ", but have "
                    + ModelFileException.shown(own.keySet().toString()));
        }
        double[] predictions = own.get(PREDICTION).doubles();
        double[] widths = own.get(WIDTH).doubles();
        double[] variance = own.get(VARIANCE).doubles();
        boolean fits = widths.length > 0
                && predictions.length == widths.length
                && isAscending(predictions)
                && Arrays.stream(widths).allMatch(width -> width >= 0)
                && variance.length == 1
                && (variance[0] == 0 || variance[0] == 1);
        if (!fits) {
            throw ModelFileException.foreign(
                    "the held-out rows must have ascending predictions, a width for each, and whether variance counts, but"
                            + " have something else");
        }
        return of(
                new Difficulty(predictions, widths, variance[0] == 1),
                own.get(RESIDUAL).doubles());
    }

    private static boolean isAscending(double... values) {
        for (int i = 1; i < values.length; i++) {
            if (!(values[i - 1] < values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int count() {
        return signed.length;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(RESIDUAL, Tensor.of(signed, signed.length));
        tensors.put(PREDICTION, Tensor.of(difficulty.predictions(), difficulty.predictions().length));
        tensors.put(WIDTH, Tensor.of(difficulty.widths(), difficulty.widths().length));
        tensors.put(VARIANCE, Tensor.of(new double[] {difficulty.countsVariance() ? 1 : 0}, 1));
        return tensors;
    }

    /** Half the width of an interval, from the level, the prediction and the networks' standard deviation; infinite if there are too few residuals. */
    public double half(double level, double prediction, double deviation) {
        int below = below(level);
        return below < 1
                ? Double.POSITIVE_INFINITY
                : difficulty.at(prediction, deviation) * sizes[sizes.length - below];
    }

    @Override
    double[] bounds(Bounds bounds, double level, double ofAll, double... ofEach) {
        int below = below(level);
        double deviation = deviation(ofEach);
        return switch (bounds) {
            case BOTH -> {
                double half = half(level, ofAll, deviation);
                yield new double[] {ofAll - half, ofAll + half};
            }
            case AT_LEAST ->
                new double[] {
                    below < 1 ? Double.NEGATIVE_INFINITY : ofAll + difficulty.at(ofAll, deviation) * signed[below - 1]
                };
            case AT_MOST ->
                new double[] {
                    below < 1
                            ? Double.POSITIVE_INFINITY
                            : ofAll + difficulty.at(ofAll, deviation) * signed[signed.length - below]
                };
        };
    }

    /** The standard deviation of the networks' predictions for one row, with n − 1 in the denominator; 0 for one network. Large numbers don't overflow. */
    public static double deviation(double... ofEach) {
        double mean = 0;
        for (double one : ofEach) {
            mean += one / ofEach.length;
        }
        double largest = 0;
        for (double one : ofEach) {
            largest = Math.max(largest, Math.abs(one - mean));
        }
        if (ofEach.length < 2 || largest == 0) {
            return 0;
        }
        double squares = 0;
        for (double one : ofEach) {
            squares += (one - mean) / largest * ((one - mean) / largest);
        }
        return largest * Math.sqrt(squares / (ofEach.length - 1));
    }
}
