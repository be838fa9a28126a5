package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows that stand for those of training: centres by k-means (Lloyd 1982) of prepared rows without cosines. A centre has the mean of its rows' numbers and the
 * most frequent of their texts, and stands for five rows at least, so that it is none of them; rows unlike any others have none. The same each time.
 */
public final class Centres {

    private static final int MOST = 50;
    private static final int MOST_COLUMNS = 500;
    private static final int MOST_VALUES = 10_000; // in a model's file
    private static final int MOST_ROWS = 2000;
    private static final int FEW_ROWS = 50;
    private static final int MOST_NUMBERS = 400_000;
    private static final int FEWEST = 5;
    private static final int ROUNDS = 10;

    private Centres() {}

    /**
     * Of these rows, as {@link Features#over} takes them; none of more than 500 columns.
     *
     * @param keepRows whether a centre gives way to the row that is nearest to it
     */
    public static List<List<Object>> of(Prepared data, boolean keepRows) {
        List<Feature> features = data.preparation().features().list();
        if (features.size() > MOST_COLUMNS) {
            return List.of();
        }
        int[] plain = data.preparation().plain();
        int most = Math.max(FEW_ROWS, Math.min(MOST_ROWS, MOST_NUMBERS / plain.length));
        int[] taken = Examples.spread(
                data.learnt().count(), Math.min(most, data.learnt().count()));
        float[][] points = points(data.learnt(), taken, plain);
        List<int[]> clusters = clusters(points, Math.min(MOST, MOST_VALUES / features.size()));
        int count = clusters.stream().mapToInt(rows -> rows.length).sum();
        List<List<Object>> background = new ArrayList<>();
        for (int[] cluster : clusters) {
            int[] rows = Arrays.stream(cluster).map(i -> taken[i]).toArray();
            if (keepRows) {
                List<float[]> all =
                        Arrays.stream(cluster).mapToObj(i -> points[i]).toList();
                rows = new int[] {rows[nearest(mean(points, cluster), all)]};
            }
            List<Object> values = new ArrayList<>(List.of((double) cluster.length / count));
            for (Feature feature : features) {
                values.add(value(feature, data.intake().table().column(feature.name()), rows));
            }
            background.add(values);
        }
        return background;
    }

    /** The mean of all rows alone, with which a line needs no other to be compared. */
    public static List<List<Object>> mean(Prepared data) {
        List<Feature> features = data.preparation().features().list();
        if (features.size() > MOST_COLUMNS) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(1.0));
        for (Feature feature : features) {
            values.add(value(
                    feature,
                    data.intake().table().column(feature.name()),
                    data.learnt().rows()));
        }
        return List.of(values);
    }

    private static float[][] points(Examples examples, int[] rows, int... columns) {
        float[][] points = new float[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                points[i][j] = examples.features()[rows[i] * examples.inputs() + columns[j]];
            }
        }
        return points;
    }

    private static List<int[]> clusters(float[][] points, int most) {
        int count = Math.max(1, Math.min(most, points.length / (2 * FEWEST)));
        List<float[]> centres = IntStream.of(Examples.spread(points.length, count))
                .mapToObj(i -> points[i])
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            centres = clusters(points, centres).stream()
                    .map(cluster -> mean(points, cluster))
                    .toList();
        }
        return clusters(points, centres);
    }

    /** The rows of each centre that has enough; all if none has. */
    private static List<int[]> clusters(float[][] points, List<float[]> centres) {
        List<int[]> large = IntStream.range(0, points.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> nearest(points[i], centres), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(rows -> rows.size() >= FEWEST)
                .map(rows -> rows.stream().mapToInt(i -> i).toArray())
                .toList();
        return large.isEmpty() ? List.of(IntStream.range(0, points.length).toArray()) : large;
    }

    /** The first of the nearest. */
    private static int nearest(float[] point, List<float[]> others) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < others.size(); i++) {
            double distance = squares(point, others.get(i));
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static double squares(float[] one, float... other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += (one[j] - other[j]) * (one[j] - other[j]);
        }
        return sum;
    }

    private static float[] mean(float[][] points, int... rows) {
        float[] mean = new float[points[0].length];
        for (int i : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += points[i][j] / rows.length;
            }
        }
        return mean;
    }

    /** The mean, or the most frequent level; an empty text where most are missing. */
    private static Object value(Feature feature, Column column, int... rows) {
        if (feature instanceof TextFeature text) {
            int[] counts = new int[text.levels().size() + 1]; // the first of those without a level
            Arrays.stream(rows).forEach(row -> counts[text.place(column.text(row)) + 1]++);
            int place = IntStream.range(0, counts.length)
                            .reduce((one, other) -> counts[other] > counts[one] ? other : one)
                            .orElseThrow()
                    - 1;
            return place >= 0 ? text.levels().get(place) : text.missing() == null ? "" : text.typical();
        }
        double[] known = IntStream.of(rows)
                .filter(row -> !column.isMissing(row))
                .mapToDouble(((Numbers) column)::value)
                .toArray();
        return 2 * known.length < rows.length
                ? ""
                : (Object)
                        Arrays.stream(known).map(value -> value / known.length).sum();
    }
}
