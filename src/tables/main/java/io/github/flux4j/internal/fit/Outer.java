package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.model.Beyond;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a model with a line predicts beyond the ranges of training: whether it goes on along the line, or stays within the range of the target. Outer rows decide,
 * the lowest and highest twentieth of each of the three strongest columns of numbers, and where rows have an order, the later ones: each predicted by a model of
 * the rows that are further in, or before. Where both lose about the same, the line goes on.
 *
 * @param goesOn whether predictions go on along the line
 * @param beyond the bounds there
 * @param words for people; empty if there is nothing to say
 */
public record Outer(boolean goesOn, Beyond beyond, String words) {

    private static final int STRONGEST = 3;
    private static final double SHARE = 0.05;
    private static final int FEWEST_INNER = 3;
    private static final double EQUAL = 0.1; // of squared errors, since what stays loses more the further out a row is
    private static final Outer STAYS = new Outer(false, Beyond.UNKNOWN, "");

    /** Of a model of numbers. */
    public static Outer of(Trained fit) {
        Targets goal = (Targets) fit.data().goal();
        String told = fit.settings().get(EstimatorSetting.BEYOND);
        boolean hasLine = fit.straight() != null && fit.straight().isIn(fit);
        boolean isLog = goal.all().stream().anyMatch(target -> target.isLog());
        if (!hasLine
                || isLog
                || goal.outputs() > 1
                || !Double.isFinite(goal.all().get(0).low())) {
            return STAYS;
        }
        List<Part> parts = new Trial(fit).parts();
        double along = parts.stream().mapToDouble(Part::along).sum();
        double staying = parts.stream().mapToDouble(Part::staying).sum();
        int rows = parts.stream().mapToInt(part -> part.residuals().length).sum();
        boolean goesOn = told.equals("line") || told.equals("automatic") && rows > 0 && along <= (1 + EQUAL) * staying;
        String tried = rows == 0
                ? ""
                : "; tried on " + rows + " outer rows by " + names(parts) + ": rms "
                        + Figures.short3(Math.sqrt(along / rows)) + " along the line, "
                        + Figures.short3(Math.sqrt(staying / rows)) + " staying";
        String asked = told.equals("automatic") ? "" : ", as told";
        return new Outer(
                goesOn,
                goesOn
                        ? beyond(fit.straight().slopeErrors(), Math.sqrt(along / Math.max(1, rows)), parts)
                        : Beyond.UNKNOWN,
                "beyond the ranges of training, predictions "
                        + (goesOn ? "go on along the line" : "stay within the range of the target") + asked + tried);
    }

    /** A column's error per unit is that of the slope, or what its outer rows lose if that is more. */
    private static Beyond beyond(Map<String, Double> slopes, double deviation, List<Part> parts) {
        Map<String, Double> errors = new LinkedHashMap<>(slopes);
        parts.forEach(part -> errors.computeIfPresent(part.column(), (any, error) -> Math.max(error, part.loss())));
        double[] scaled = parts.stream()
                .flatMapToDouble(part -> IntStream.range(0, part.residuals().length)
                        .mapToDouble(i -> part.residuals()[i]
                                / Math.hypot(deviation, part.excess()[i] * errors.getOrDefault(part.column(), 0.0))))
                .map(residual -> Double.isNaN(residual) ? 0 : residual) // of none by none
                .toArray();
        return Beyond.of(deviation, errors, scaled);
    }

    private static String names(List<Part> parts) {
        return parts.stream().map(part -> Names.shown(part.column())).distinct().collect(Collectors.joining(", "));
    }

    /** Outer rows, in the target's units: the sums of squared errors, and what the line leaves. */
    private record Part(String column, double along, double staying, double[] excess, double[] residuals) {

        /** For each unit beyond. */
        double loss() {
            double squares = DoubleStream.of(excess).map(x -> x * x).sum();
            return squares == 0 ? 0 : Math.sqrt(along / squares);
        }
    }

    /** Columns, one after another. */
    private record Trial(Trained fit, Straight straight, Prepared data, Targets goal) {

        Trial(Trained fit) {
            this(fit, fit.straight(), fit.straight().data(), (Targets)
                    fit.data().goal());
        }

        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            for (String column : strongest()) {
                int[] outer = outer(column);
                int[] inner = others(outer);
                if (outer.length > 0 && inner.length >= FEWEST_INNER) {
                    double[] outputs = straight.outer(fit, inner, outer);
                    if (outputs != null) {
                        parts.add(part(column, inner, outer, outputs));
                    }
                }
            }
            String time = fit.settings().get(EstimatorSetting.TIME);
            List<LeftOut.Kept> kept = fit.outcome().leftOut();
            for (int k = 0; time != null && k < kept.size(); k++) {
                int[] train = fit.division().splits().get(k).train();
                parts.add(part(time, train, kept.get(k).rows(), kept.get(k).outputs()));
            }
            return parts;
        }

        private Part part(String column, int[] inner, int[] outer, double... outputs) {
            double[] actual =
                    ((Numbers) data.intake().table().column(goal.all().get(0).name())).values();
            double low =
                    IntStream.of(inner).mapToDouble(row -> actual[row]).min().orElseThrow();
            double high =
                    IntStream.of(inner).mapToDouble(row -> actual[row]).max().orElseThrow();
            double[] predicted = Arrays.stream(goal.unbounded().rows(outputs))
                    .mapToDouble(row -> row[0])
                    .toArray();
            double[] residuals = IntStream.range(0, outer.length)
                    .mapToDouble(i -> actual[outer[i]] - predicted[i])
                    .toArray();
            double staying = IntStream.range(0, outer.length)
                    .mapToDouble(i -> actual[outer[i]] - Math.min(high, Math.max(low, predicted[i])))
                    .map(off -> off * off)
                    .sum();
            return new Part(
                    column,
                    DoubleStream.of(residuals).map(r -> r * r).sum(),
                    staying,
                    excess(column, inner, outer),
                    residuals);
        }

        /** How far rows are beyond the range of the inner ones. */
        private double[] excess(String column, int[] inner, int... outer) {
            double[] values = ((Numbers) data.intake().table().column(column)).values();
            DoubleSummaryStatistics range = IntStream.of(inner)
                    .mapToDouble(row -> values[row])
                    .filter(Double::isFinite)
                    .summaryStatistics();
            return IntStream.of(outer)
                    .mapToDouble(
                            row -> Math.max(0, Math.max(range.getMin() - values[row], values[row] - range.getMax())))
                    .toArray();
        }

        private int[] others(int... outer) {
            return IntStream.range(0, data.learnt().count())
                    .filter(row -> Arrays.binarySearch(outer, row) < 0)
                    .toArray();
        }

        private int[] outer(String column) {
            double[] values = ((Numbers) data.intake().table().column(column)).values();
            double[] sorted =
                    DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
            double low = sorted[(int) Math.ceil(SHARE * (sorted.length - 1))];
            double high = sorted[(int) Math.floor((1 - SHARE) * (sorted.length - 1))];
            return IntStream.range(0, values.length)
                    .filter(row -> values[row] < low || values[row] > high)
                    .toArray();
        }

        /** By how far the line goes for a standard deviation of each. */
        private List<String> strongest() {
            Map<String, Double> strengths = straight.strengths();
            return strengths.keySet().stream()
                    .sorted(Comparator.comparingDouble(name -> -strengths.get(name)))
                    .limit(STRONGEST)
                    .toList();
        }
    }
}
