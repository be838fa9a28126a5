package io.github.flux4j.internal.model;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.format.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds of predictions that go on along a line beyond the ranges of training: from the residuals of outer rows, predicted from the inner ones.
 *
 * <p>The unit of a row is u = √(s² + e²), where s² is the mean of the outer rows' squared residuals, and e the sum over columns of how far the row is beyond
 * the range, times the error per unit: the standard error of the line's slope, or what outer rows lose for each unit if that is more. At level 1 − α, the
 * interval of n residuals rᵢ, each divided by its row's unit, is μ ± q·u, where q is the ⌈(1 − α)(n + 1)⌉-th smallest |rᵢ|. A one-sided bound takes the same
 * place among the rᵢ.
 */
public final class Beyond {

    /** Of a model whose predictions stay within the range, or of an older file. */
    public static final Beyond UNKNOWN = new Beyond(0, Map.of());

    /** The key in a model file. */
    public static final String KEY = "beyond";

    private static final int MOST = 1000;
    private static final double ROUNDING = 1e-9;

    private final double[] residuals;
    private final double[] sizes;
    private final double deviation;
    private final Map<String, Double> errors;

    private Beyond(double deviation, Map<String, Double> errors, double... residuals) {
        this.deviation = deviation;
        this.errors = errors;
        this.residuals = residuals;
        this.sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    }

    /**
     * Of these residuals in units of their rows, of which a thousand are kept at most.
     *
     * @param deviation the root of the mean square of residuals
     * @param errors by each column of numbers, in units of the target per unit of the column
     */
    public static Beyond of(double deviation, Map<String, Double> errors, double... residuals) {
        double[] sorted = Arrays.stream(residuals).sorted().toArray();
        int kept = Math.min(MOST, sorted.length);
        double[] few = new double[kept];
        for (int i = 0; i < kept; i++) {
            few[i] = sorted[(int) ((long) i * sorted.length / kept)];
        }
        return new Beyond(deviation, new LinkedHashMap<>(errors), few);
    }

    /** Reads that of a model file. */
    public static Beyond of(ModelFile file) throws ModelFileException {
        if (!file.document().containsKey(KEY)) {
            return UNKNOWN;
        }
        JsonObject json = JsonObject.of("what is beyond", file.document().get(KEY));
        json.requireOnly("deviation", "errors", "residuals");
        double deviation = json.number("deviation", 0);
        JsonObject slopes = JsonObject.of("the errors beyond", json.values().get("errors"));
        Map<String, Double> errors = new LinkedHashMap<>();
        for (String column : slopes.values().keySet()) {
            errors.put(column, slopes.number(column, 0));
        }
        double[] residuals = json.list("residuals", MOST, Double.class).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (!(deviation >= 0
                && deviation < Double.POSITIVE_INFINITY
                && Arrays.stream(residuals).allMatch(Double::isFinite)
                && errors.values().stream().allMatch(error -> error >= 0 && error < Double.POSITIVE_INFINITY))) {
            throw ModelFileException.foreign("the residuals and errors beyond the ranges must be finite numbers");
        }
        return of(deviation, errors, residuals);
    }

    /** What a model file has of it. */
    public Map<String, Object> json() {
        List<Double> all = new ArrayList<>();
        Arrays.stream(residuals).forEach(all::add);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deviation", deviation);
        json.put("errors", errors);
        json.put("residuals", all);
        return json;
    }

    /** Whether there are bounds beyond the ranges. */
    public boolean isKnown() {
        return residuals.length > 0;
    }

    /** The error of the line where a prepared row is beyond the ranges; NaN if it is within them, infinite where the error isn't known. */
    public double error(Features features, double... row) {
        double sum = Double.NaN;
        int at = 0;
        for (Feature feature : features.list()) {
            List<Double> range = features.ranges().get(feature.name());
            if (range != null && feature instanceof NumberFeature number && number.straight()) {
                double beyond = beyond(number, range, row[at + number.curvedWidth()]);
                if (beyond > 0) {
                    Double error = errors.get(number.name());
                    double more = error == null ? Double.POSITIVE_INFINITY : error * beyond;
                    sum = Double.isNaN(sum) ? more : sum + more;
                }
            }
            at += feature.width();
        }
        return sum;
    }

    /** In units of the column; rounding of what was scaled is none. */
    private static double beyond(NumberFeature number, List<Double> range, double scaled) {
        double x = scaled / number.scale() + number.center();
        double most = Math.max(range.get(0) - x, x - range.get(1));
        double unit = Math.max(Math.abs(range.get(0)), Math.abs(range.get(1))) + 1 / number.scale();
        return most > ROUNDING * unit ? most : 0;
    }

    /** Bounds of a prediction with this error of the line. */
    public double[] at(Bounds bounds, double level, double prediction, double error) {
        int below = Math.min(sizes.length, (int) Math.floor((1 - level) * (sizes.length + 1) + ROUNDING));
        if (below < 1 || !Double.isFinite(error)) {
            return bounds.unknown();
        }
        double unit = unit(error);
        return switch (bounds) {
            case BOTH -> {
                double half = sizes[sizes.length - below] * unit;
                yield new double[] {prediction - half, prediction + half};
            }
            case AT_LEAST -> new double[] {prediction + residuals[below - 1] * unit};
            case AT_MOST -> new double[] {prediction + residuals[residuals.length - below] * unit};
        };
    }

    private double unit(double error) {
        return Math.hypot(deviation, error);
    }
}
