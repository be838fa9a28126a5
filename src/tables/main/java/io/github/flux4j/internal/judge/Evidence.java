package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.evaluate.Unseen.Histogram;
import io.github.flux4j.format.Target;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Thinning;
import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.fit.Held;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes of predictions what pictures show of them. */
public final class Evidence {

    private static final double RARE = 0.2;

    private static final int POINTS = 800; // of all targets, in a model's file, too
    private static final int TARGETS = 8;
    private static final double[] TENTHS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    /** Finer where most probabilities of a rare class are. */
    private static final double[] EDGES = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    private static final int CLASSES = 24;
    private static final int LEAST = 10; // rows of a class, for its calibration

    private final Judge judge;

    /** Which network, or fold, left each row out. */
    private final int[] part;

    public Evidence(Judge judge, int... part) {
        this.judge = judge;
        this.part = part;
    }

    /** Of the first target, or the classes. */
    public Map<String, List<Double>> parts(double[] actual, double[]... predicted) {
        int parts = Arrays.stream(part).max().orElse(Held.ALL) + 1;
        if (parts < 2) {
            return Map.of();
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (Metric metric : judge.usual()) {
            values.put(
                    metric.name(),
                    IntStream.range(0, parts)
                            .mapToObj(k -> ofPart(metric, k, actual, predicted))
                            .toList());
        }
        return values;
    }

    /** NaN for a part without rows. */
    private double ofPart(Metric metric, int k, double[] actual, double[]... predicted) {
        int[] rows = IntStream.range(0, part.length).filter(i -> part[i] == k).toArray();
        return rows.length == 0 ? Double.NaN : judge.score(metric, rows, actual, predicted);
    }

    /** One of several targets; none of those after the eighth. */
    public static List<Unseen.Numbers> numbers(List<String> targets, double[][] actual, double[]... predicted) {
        int shown = Math.min(TARGETS, targets.size());
        return IntStream.range(0, shown)
                .mapToObj(k -> numbers(targets.get(k), POINTS / shown, column(actual, k), column(predicted, k)))
                .toList();
    }

    private static double[] column(double[][] rows, int k) {
        return Arrays.stream(rows).mapToDouble(row -> row[k]).toArray();
    }

    private static Unseen.Numbers numbers(String target, int most, double[] actual, double... predicted) {
        int[] shown = Thinning.ofDots(most, shares(actual), shares(predicted));
        double[] residuals = IntStream.range(0, actual.length)
                .mapToDouble(i -> actual[i] - predicted[i])
                .toArray();
        return new Unseen.Numbers(
                target,
                actual.length,
                IntStream.of(shown).mapToObj(i -> actual[i]).toList(),
                IntStream.of(shown).mapToObj(i -> predicted[i]).toList(),
                Histogram.of(residuals),
                List.of(),
                List.of());
    }

    private static double[] shares(double... values) {
        AxisScale scale = AxisScale.linear(Arrays.stream(values));
        return Arrays.stream(values).map(scale::share).toArray();
    }

    /** Of classes, given by their places, and the probability of each. */
    public static Unseen.Labels labels(List<String> classes, int[] actual, double[]... probabilities) {
        return labels(new Target.Classes("", classes, true), actual, probabilities);
    }

    /** The same, where the target says which class is taken. */
    public static Unseen.Labels labels(Target.Classes target, int[] actual, double[]... probabilities) {
        List<String> classes = target.classes();
        int[] taken = Arrays.stream(probabilities).mapToInt(target::most).toArray();
        int[] place = places(classes.size(), actual);
        List<String> names = names(classes, place);
        int[][] counts = new int[names.size()][names.size()];
        for (int i = 0; i < actual.length; i++) {
            counts[place[actual[i]]][place[taken[i]]]++;
        }
        int rarest = rarest(classes.size(), actual);
        return new Unseen.Labels(
                names,
                Arrays.stream(counts)
                        .map(row -> IntStream.of(row).boxed().toList())
                        .toList(),
                calibration(actual, taken, probabilities),
                classes.size() <= CLASSES
                        ? null
                        : (int) IntStream.range(0, actual.length)
                                .filter(i -> taken[i] == actual[i] && place[actual[i]] == names.size() - 1)
                                .count(),
                rarest < 0 ? null : classes.get(rarest),
                rarest < 0 ? List.of() : ofRarest(rarest, actual, probabilities),
                isUnbalanced(target, actual) ? classes.get(positive(target, actual)) : null,
                isUnbalanced(target, actual)
                        ? new PrecisionRecall(positive(target, actual), actual, probabilities).curve()
                        : List.of());
    }

    /** The class of two that is looked for: the threshold's, or the rarer one. */
    public static int positive(Target.Classes target, int... actual) {
        long second = Arrays.stream(actual).filter(k -> k == 1).count();
        return Double.isNaN(target.threshold()) ? second * 2 <= actual.length ? 1 : 0 : target.positive();
    }

    /** Whether accuracy says little: of two classes, both there, one has less than a fifth of the rows, or there is a threshold. */
    public static boolean isUnbalanced(Target.Classes target, int... actual) {
        long second = Arrays.stream(actual).filter(k -> k == 1).count();
        long fewer = Math.min(second, actual.length - second);
        return target.classes().size() == 2
                && fewer > 0
                && (fewer < RARE * actual.length || !Double.isNaN(target.threshold()));
    }

    /** How many rows each class has. */
    static int[] counts(int classes, int... actual) {
        int[] rows = new int[classes];
        Arrays.stream(actual).forEach(k -> rows[k]++);
        return rows;
    }

    /** The class with the fewest rows, but enough to tell; −1 if there is none. */
    private static int rarest(int classes, int... actual) {
        int[] rows = counts(classes, actual);
        return IntStream.range(0, classes)
                .filter(k -> rows[k] >= LEAST)
                .boxed()
                .min((one, other) -> Integer.compare(rows[one], rows[other]))
                .orElse(-1);
    }

    private static List<Unseen.Bin> ofRarest(int rarest, int[] actual, double[]... probabilities) {
        double[] sure =
                Arrays.stream(probabilities).mapToDouble(row -> row[rarest]).toArray();
        boolean[] right = new boolean[sure.length];
        IntStream.range(0, sure.length).forEach(i -> right[i] = actual[i] == rarest);
        return bins(EDGES, sure, right);
    }

    /** Where each class stands in the confusion matrix: the frequent ones in their order, then all others at one place. */
    private static int[] places(int classes, int... actual) {
        int[] rows = counts(classes, actual);
        int[] kept = IntStream.of(Order.by(classes, k -> -rows[k]))
                .limit(classes > CLASSES ? CLASSES - 1 : CLASSES)
                .sorted()
                .toArray();
        int[] place = new int[classes];
        Arrays.fill(place, kept.length);
        IntStream.range(0, kept.length).forEach(i -> place[kept[i]] = i);
        return place;
    }

    private static List<String> names(List<String> classes, int... place) {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < place.length; k++) {
            if (place[k] == names.size() && names.size() < CLASSES - 1 || classes.size() <= CLASSES) {
                names.add(classes.get(k));
            }
        }
        if (classes.size() > CLASSES) {
            names.add((classes.size() - names.size()) + " others");
        }
        return names;
    }

    private static List<Unseen.Bin> calibration(int[] actual, int[] taken, double[]... probabilities) {
        double[] sure = IntStream.range(0, actual.length)
                .mapToDouble(i -> probabilities[i][taken[i]])
                .toArray();
        boolean[] right = new boolean[sure.length];
        IntStream.range(0, sure.length).forEach(i -> right[i] = taken[i] == actual[i]);
        return bins(TENTHS, sure, right);
    }

    /** Between edges, the upper excluded but for 1. */
    private static List<Unseen.Bin> bins(double[] edges, double[] sure, boolean... right) {
        int[] bin = Arrays.stream(sure)
                .mapToInt(p -> {
                    int found = Arrays.binarySearch(edges, p);
                    return Math.min(edges.length - 2, found >= 0 ? found : -found - 2);
                })
                .toArray();
        List<Unseen.Bin> bins = new ArrayList<>();
        for (int k = 0; k < edges.length - 1; k++) {
            int at = k;
            int[] rows =
                    IntStream.range(0, sure.length).filter(i -> bin[i] == at).toArray();
            if (rows.length > 0) {
                bins.add(new Unseen.Bin(
                        IntStream.of(rows).mapToDouble(i -> sure[i]).average().orElseThrow(),
                        IntStream.of(rows).filter(i -> right[i]).count() / (double) rows.length,
                        rows.length));
            }
        }
        return bins;
    }

    /** The standard deviation of the values that are numbers; NaN if there are no two. */
    public static double deviation(List<Double> values) {
        double[] finite = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        return finite.length < 2 ? Double.NaN : Spread.std(finite);
    }
}
